import { type Candles } from '../../domain/thin.ts';
import { filled, stroked } from './layers.ts';
import type { Pen } from './pane.ts';
import type { PlacedTrade } from './symbol-trades.ts';

/** Candles: hollow where the close is above the open, filled where it is below. */
export function candles(pen: Pen, made: Candles): void {
  const [up, upBody, down] = [new Path2D(), new Path2D(), new Path2D()];
  const room = Math.abs(pen.x(made.each) - pen.x(0));
  const half = Math.max(Math.floor(room * 0.35), 0);
  for (let i = 0; i < made.open.length; i++) {
    const x = Math.round((pen.x(made.from[i]!) + pen.x(made.to[i]!)) / 2);
    const [open, close] = [pen.y(made.open[i]!), pen.y(made.close[i]!)];
    const [top, bottom] = [Math.min(open, close), Math.max(open, close)];
    const rises = made.close[i]! >= made.open[i]!;
    const path = rises ? up : down;
    path.moveTo(x, pen.y(made.high[i]!));
    path.lineTo(x, top);
    path.moveTo(x, bottom);
    path.lineTo(x, pen.y(made.low[i]!));
    const body = rises ? upBody : down;
    body.rect(x - half, top, Math.max(2 * half, 1), Math.max(bottom - top, 1));
  }
  const width = room > 5 * pen.scale ? 1.25 : 1;
  filled(pen, upBody, 'surface');
  stroked(pen, up, { colour: 'chart-up', width });
  stroked(pen, upBody, { colour: 'chart-up', width });
  filled(pen, down, 'chart-down');
  stroked(pen, down, { colour: 'chart-down', width });
}

/** Trades from entry to exit: solid where they won, dashed where they lost; ▲ long, ▽ short, ✕ out. */
export function trades(pen: Pen, placed: readonly PlacedTrade[], chosen: number | null): void {
  for (const trade of placed) {
    const isChosen = trade.trade === chosen;
    const path = new Path2D();
    path.moveTo(pen.x(trade.entry), pen.y(trade.entryPrice));
    path.lineTo(pen.x(trade.exit), pen.y(trade.exitPrice));
    stroked(pen, path, {
      colour: trade.net >= 0 ? 'chart-up' : 'chart-down',
      width: isChosen ? 2.5 : 1.75,
      ...(trade.net < 0 && { dash: [4, 3] }),
    });
    entryMark(pen, trade.entry, trade.entryPrice, trade.side, isChosen ? 7 : 5);
    if (!trade.isOpen) exitMark(pen, trade.exit, trade.exitPrice, isChosen ? 5 : 3.5);
  }
}

/** ▲ filled below a price for a long, ▽ hollow above it for a short. */
export function entryMark(
  pen: Pen,
  session: number,
  price: number,
  side: 1 | -1,
  size: number,
): void {
  const [x, y] = [pen.x(session), pen.y(price)];
  const r = size * pen.scale;
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x - r, y + side * 1.8 * r);
  path.lineTo(x + r, y + side * 1.8 * r);
  path.closePath();
  filled(pen, path, side > 0 ? 'chart-up' : 'surface');
  stroked(pen, path, { colour: side > 0 ? 'chart-up' : 'chart-down', width: 1.5 });
}

function exitMark(pen: Pen, session: number, price: number, size: number): void {
  const [x, y] = [pen.x(session), pen.y(price)];
  const r = size * pen.scale;
  const path = new Path2D();
  path.moveTo(x - r, y - r);
  path.lineTo(x + r, y + r);
  path.moveTo(x - r, y + r);
  path.lineTo(x + r, y - r);
  stroked(pen, path, { colour: 'text', width: 1.75 });
}

/** The stop as it moved, in steps, and the target. */
export function levels(pen: Pen, { path, pathFrom, entry, exit, target }: PlacedTrade): void {
  const stop = new Path2D();
  const half = 0.5;
  for (const [i, level] of path.entries()) {
    if (!Number.isFinite(level)) continue;
    const y = pen.y(level);
    const isFirst = i === 0 || !Number.isFinite(path[i - 1]!);
    if (isFirst) stop.moveTo(pen.x(pathFrom + i - half), y);
    else stop.lineTo(pen.x(pathFrom + i - half), y);
    stop.lineTo(pen.x(pathFrom + i + half), y);
  }
  stroked(pen, stop, { colour: 'chart-down', width: 1.5, dash: [6, 3] });
  if (!Number.isFinite(target)) return;
  const aim = new Path2D();
  aim.moveTo(pen.x(entry - half), pen.y(target));
  aim.lineTo(pen.x(exit + half), pen.y(target));
  stroked(pen, aim, { colour: 'chart-up', width: 1.5, dash: [2, 3] });
}
