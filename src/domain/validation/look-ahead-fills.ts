import { type Market, rowsOf } from '../market.ts';
import {
  type Equity,
  type ExitReason,
  type Simulation,
  type Trades,
  exitReasons,
  fillNumbers,
} from '../run.ts';
import type { ExecutionSettings } from '../study/schema.ts';
import type { Moment } from './look-ahead-replays.ts';
import type { Day, Row, Step } from '../units.ts';

/** One first or last fill of a trade, or any of one that is resized, with all that was known about it then, and without row numbers. */
export interface Fill {
  readonly day: Day;
  readonly symbol: number;
  readonly kind: 'entry' | 'exit' | 'bought' | 'sold';
  /** When its bar, or the step that books it, is known: the day, or an instant where bars have them. */
  readonly at: number;
  /**
   * When the trade's signal was known: a symbol has at most one trade of each. Where trades are resized, when the fill
   * is, and which of its symbol's fills of that time it is.
   */
  readonly signalAt: number;
  readonly nth?: number;
  readonly values: Readonly<Record<string, number | string>>;
}

/** Exits that were ordered at a close before. */
const ordered: ReadonlySet<ExitReason | undefined> = new Set<ExitReason>([
  'time',
  'signal',
  'opposite',
  'kill-switch',
  'drawdown-stop',
  'margin-call',
  'delisting',
  'rebalance',
  'split',
]);

/**
 * The fills that a run had booked by `closed`, and those at opens that `opened` has seen, in order of time, symbol and
 * signal; −Infinity where no bar's open is known without its close. Where entries come in parts, what an entry became is known later than it and left out; where fills are dated
 * back (the prior close), one counts from its symbol's next bar on.
 */
export function fillsUntil(
  past: Pick<Moment, 'closed' | 'opened'>,
  market: Market,
  simulation: Pick<Simulation, 'trades' | 'equity' | 'fills' | 'following'>,
  execution: ExecutionSettings,
): Fill[] {
  if (simulation.following !== undefined)
    return resizingsUntil(past, market, simulation, execution);
  const { trades, equity } = simulation;
  const fills: Fill[] = [];
  const isKnown = ({ known, opens }: Booked, wasAtOpen: boolean): boolean =>
    known <= past.closed || (wasAtOpen && opens <= past.opened);
  const bookedAt = (row: Row): Booked => ({
    known: market.clock?.known[row] ?? market.day[row]!,
    opens: market.clock?.opens[row] ?? market.day[row]!,
  });
  const nextOf = (row: Row, symbol: number): Booked =>
    row + 1 < rowsOf(market, symbol)[1] ? bookedAt(row + 1) : never;
  // Fills at the prior close are booked on the symbol's next bar; priced entries are not among them.
  const exits = execution.fill === 'prior-close';
  const dated = { exits, entries: exits && execution.order === 'market' };
  for (let i = 0; i < trades.length; i++) {
    const symbol = trades.symbol[i]!;
    const signalAt = bookedAt(trades.signalRow[i]!).known;
    const entryRow = trades.entryRow[i]!;
    const entryAtOpen = entersAtOpen(i, trades, market, execution);
    const entryBooked = dated.entries ? nextOf(entryRow, symbol) : bookedAt(entryRow);
    if (isKnown(entryBooked, entryAtOpen))
      fills.push({
        day: market.day[entryRow]!,
        at: bookedAt(entryRow).known,
        symbol,
        kind: 'entry',
        signalAt,
        values: entryOf(i, trades, execution),
      });
    const exitRow = trades.exitRow[i]!;
    if (exitRow < 0) continue;
    const reason = exitReasons[trades.reason[i]!];
    const exitStep = trades.exitStep[i]!;
    const datedBack = dated.exits && reason !== 'delisting';
    const exitBooked = stepTime(equity, exitStep);
    const booked = datedBack ? nextOf(exitRow, symbol) : exitBooked;
    const inEntryBar = exitRow === entryRow;
    const exitAtOpen =
      ordered.has(reason) ||
      (trades.exitPrice[i] === market.open[exitRow] && (!inEntryBar || entryAtOpen));
    if (isKnown(booked, exitAtOpen))
      fills.push({
        day: equity.day[exitStep]!,
        at: exitBooked.known,
        symbol,
        kind: 'exit',
        signalAt,
        values: exitOf(i, trades),
      });
  }
  return fills.sort(
    (a, b) =>
      a.at - b.at ||
      a.symbol - b.symbol ||
      a.signalAt - b.signalAt ||
      (a.kind === b.kind ? 0 : a.kind === 'entry' ? -1 : 1),
  );
}

/** Every fill of a portfolio: what a trade became is known with its last one only. */
function resizingsUntil(
  { closed, opened }: Pick<Moment, 'closed' | 'opened'>,
  market: Market,
  { trades, equity, fills }: Pick<Simulation, 'trades' | 'equity' | 'fills'>,
  { fill }: ExecutionSettings,
): Fill[] {
  if (fills === undefined) throw new RangeError('A portfolio is compared by its fills.');
  const found: Fill[] = [];
  const last = { step: -1, counts: new Map<number, number>() };
  for (let i = 0; i < fills.length; i++) {
    const step = fills.step[i]!;
    if (step !== last.step) Object.assign(last, { step, counts: new Map() });
    const trade = fills.trade[i]!;
    const symbol = trades.symbol[trade]!;
    const nth = last.counts.get(symbol) ?? 0;
    last.counts.set(symbol, nth + 1);
    const { known, opens } = stepTime(equity, step);
    const ends = fills.held[i] === 0;
    // Nobody sees the close of a bar in a fill at its open; of the others only those are sure that were ordered.
    const wasAtOpen =
      fill === 'next-open' &&
      (fills.price[i] === market.open[fills.row[i]!] ||
        (ends && ordered.has(exitReasons[trades.reason[trade]!])));
    if (known > closed && !(wasAtOpen && opens <= opened)) continue;
    found.push({
      day: equity.day[step]!,
      at: known,
      symbol,
      kind: fills.side[i]! > 0 ? 'bought' : 'sold',
      signalAt: known,
      nth,
      values: Object.fromEntries(fillNumbers.map((name) => [name, fills[name][i]!])),
    });
  }
  return found.sort((a, b) => a.at - b.at || a.symbol - b.symbol || a.nth! - b.nth!);
}

/** When what a bar or a step books is known: days, or instants where bars have them. */
interface Booked {
  readonly known: number;
  readonly opens: number;
}
const never: Booked = { known: Infinity, opens: Infinity };

const stepTime = ({ day, known, opens }: Equity, step: Step): Booked => ({
  known: known?.[step] ?? day[step]!,
  opens: opens?.[step] ?? day[step]!,
});

function entersAtOpen(
  i: number,
  trades: Trades,
  { open }: Market,
  { fill, order }: ExecutionSettings,
): boolean {
  return order === 'market'
    ? fill === 'next-open'
    : trades.entryPrice[i] === open[trades.entryRow[i]!];
}

function entryOf(i: number, trades: Trades, { unfilled }: ExecutionSettings): Fill['values'] {
  const { side, stop, target, score, quantity, entryPrice } = trades;
  return {
    side: side[i]!,
    stop: stop[i]!,
    target: target[i]!,
    score: score[i]!,
    ...(unfilled === 'cancel' && { quantity: quantity[i]!, entryPrice: entryPrice[i]! }),
  };
}

function exitOf(i: number, trades: Trades): Fill['values'] {
  return {
    quantity: trades.quantity[i]!,
    entryPrice: trades.entryPrice[i]!,
    exitPrice: trades.exitPrice[i]!,
    reason: exitReasons[trades.reason[i]!] ?? '',
    bars: trades.bars[i]!,
    ambiguous: trades.ambiguous[i]!,
    gross: trades.gross[i]!,
    net: trades.net[i]!,
    mae: trades.mae[i]!,
    mfe: trades.mfe[i]!,
  };
}
