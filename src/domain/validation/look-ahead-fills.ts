import { type Market, rowsOf } from '../market.ts';
import { type ExitReason, type Simulation, type Trades, exitReasons, fillNumbers } from '../run.ts';
import type { ExecutionSettings } from '../study/schema.ts';
import type { Day, Row } from '../units.ts';

/** One first or last fill of a trade, or any of one that is resized, with all that was known about it then, and without row numbers. */
export interface Fill {
  readonly day: Day;
  readonly symbol: number;
  readonly kind: 'entry' | 'exit' | 'bought' | 'sold';
  /**
   * The trade's signal: a symbol has at most one trade of each. Where trades are resized, the fill's own day, and which of
   * its symbol's fills of that day it is.
   */
  readonly signalDay: Day;
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
 * The fills that a run had booked by the close of `day`, or by its open where `atOpen`, in order of date, symbol and
 * signal. Where entries come in parts, what an entry became is known later than it and left out; where fills are dated
 * back (the prior close), one counts from its symbol's next bar on.
 */
export function fillsUntil(
  day: Day,
  atOpen: boolean,
  market: Market,
  simulation: Pick<Simulation, 'trades' | 'equity' | 'fills' | 'following'>,
  execution: ExecutionSettings,
): Fill[] {
  if (simulation.following !== undefined)
    return resizingsUntil(day, atOpen, market, simulation, execution);
  const { trades, equity } = simulation;
  const fills: Fill[] = [];
  const known = (booked: Day, wasAtOpen: boolean): boolean =>
    booked < day || (booked === day && (!atOpen || wasAtOpen));
  // Fills at the prior close are booked on the symbol's next bar; priced entries are not among them.
  const exits = execution.fill === 'prior-close';
  const dated = { exits, entries: exits && execution.order === 'market' };
  for (let i = 0; i < trades.length; i++) {
    const symbol = trades.symbol[i]!;
    const signalDay = market.day[trades.signalRow[i]!]!;
    const entryDay = market.day[trades.entryRow[i]!]!;
    const entryAtOpen = entersAtOpen(i, trades, market, execution);
    const entryBooked = dated.entries ? nextDay(trades.entryRow[i]!, symbol, market) : entryDay;
    if (known(entryBooked, entryAtOpen))
      fills.push({
        day: entryDay,
        symbol,
        kind: 'entry',
        signalDay,
        values: entryOf(i, trades, execution),
      });
    const exitRow = trades.exitRow[i]!;
    if (exitRow < 0) continue;
    const reason = exitReasons[trades.reason[i]!];
    const exitDay = equity.day[trades.exitStep[i]!]!;
    const datedBack = dated.exits && reason !== 'delisting';
    const booked = datedBack ? nextDay(exitRow, symbol, market) : exitDay;
    const inEntryBar = exitRow === trades.entryRow[i];
    const exitAtOpen =
      ordered.has(reason) ||
      (trades.exitPrice[i] === market.open[exitRow] && (!inEntryBar || entryAtOpen));
    if (known(booked, exitAtOpen))
      fills.push({ day: exitDay, symbol, kind: 'exit', signalDay, values: exitOf(i, trades) });
  }
  return fills.sort(
    (a, b) =>
      a.day - b.day ||
      a.symbol - b.symbol ||
      a.signalDay - b.signalDay ||
      (a.kind === b.kind ? 0 : a.kind === 'entry' ? -1 : 1),
  );
}

/** Every fill of a portfolio: what a trade became is known with its last one only. */
function resizingsUntil(
  day: Day,
  atOpen: boolean,
  market: Market,
  { trades, equity, fills }: Pick<Simulation, 'trades' | 'equity' | 'fills'>,
  { fill }: ExecutionSettings,
): Fill[] {
  if (fills === undefined) throw new RangeError('A portfolio is compared by its fills.');
  const found: Fill[] = [];
  const last = { session: -1, counts: new Map<number, number>() };
  for (let i = 0; i < fills.length; i++) {
    const session = fills.step[i]!;
    if (session !== last.session) Object.assign(last, { session, counts: new Map() });
    const trade = fills.trade[i]!;
    const symbol = trades.symbol[trade]!;
    const nth = last.counts.get(symbol) ?? 0;
    last.counts.set(symbol, nth + 1);
    const booked = equity.day[session]!;
    const ends = fills.held[i] === 0;
    // Nobody sees the close of a bar in a fill at its open; of the others only those are sure that were ordered.
    const wasAtOpen =
      fill === 'next-open' &&
      (fills.price[i] === market.open[fills.row[i]!] ||
        (ends && ordered.has(exitReasons[trades.reason[trade]!])));
    if (booked > day || (booked === day && atOpen && !wasAtOpen)) continue;
    found.push({
      day: booked,
      symbol,
      kind: fills.side[i]! > 0 ? 'bought' : 'sold',
      signalDay: booked,
      nth,
      values: Object.fromEntries(fillNumbers.map((name) => [name, fills[name][i]!])),
    });
  }
  return found.sort((a, b) => a.day - b.day || a.symbol - b.symbol || a.nth! - b.nth!);
}

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

/** The day of the symbol's next bar; Infinity without one. */
const nextDay = (row: Row, symbol: number, market: Market): Day =>
  row + 1 < rowsOf(market, symbol)[1] ? market.day[row + 1]! : Infinity;

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
