import type { StopPaths } from '../domain/execution/stop-path.ts';
import { type DatedTrades, type ExitReason, exitReasons, tradeCosts } from '../domain/run.ts';
import type { Study } from '../domain/study/study.ts';
import { type Seen, type SeenColumns, barWord, seenIn, seenWords } from './explain-signal.ts';
import { counted, money, percent, price, quantity } from './format.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Day, Instant } from '../domain/units.ts';
import { exitWords } from './words.ts';

/** The run that a trade is of. */
export interface ExplainedRun {
  readonly study: Study;
  readonly symbols: readonly string[];
  readonly trades: DatedTrades;
  readonly clock?: BarClock;
}

/** What the strategy saw of the trade's symbol, by its bars, and where its stops stood. */
export interface ExplainedSeries extends SeenColumns {
  readonly firstRow: number;
  readonly stops: StopPaths;
}

/** Why a trade began, how it filled, how its stop moved and why it ended, as one sentence; `i` is its number from 0. */
export function explainTrade(run: ExplainedRun, series: ExplainedSeries, i: number): string {
  const { trades, symbols } = run;
  const side = trades.side[i]! > 0 ? 'Long' : 'Short';
  const units = (trades.asTraded ?? trades).quantity[i]!;
  return (
    [
      `${side} ${quantity(units)} ${symbols[trades.symbol[i]!] ?? ''}: ${signalWords(run, series, i)}`,
      filledWords(run, i),
      ...movedWords(run, series, i),
      `${endWords(run, i)}, ${resultWords(trades, i)}`,
    ].join('; ') + '.'
  );
}

/** A bar in which something came to pass: 'on 2024-03-08', 'in the bar of 2024-03-08 09:30'. */
function duringWord(
  { clock }: ExplainedRun,
  day: Day | undefined,
  at: Instant | undefined,
): string {
  const bar = barWord(clock, day, at);
  return bar.startsWith('the') ? `in ${bar}` : `on ${bar}`;
}

/** What the strategy saw at the close of the signal's bar. */
function signalWords(run: ExplainedRun, series: ExplainedSeries, i: number): string {
  const { delay } = run.study.execution;
  const bar = run.trades.signalRow[i]! - series.firstRow - delay;
  return decidedWords(run, i, seenIn(series, bar));
}

/** When a trade's signal was given, and what was seen then. */
export function decidedWords(
  { study, trades, clock }: ExplainedRun,
  i: number,
  seen: Seen,
): string {
  const { delay } = study.execution;
  const when = `at the close of ${barWord(clock, trades.signalDay[i], trades.at?.signal[i])}`;
  const late = delay > 0 ? `, ${counted(delay, 'bar')} after the signal,` : '';
  return `${when}${late} ${seenWords(seen) ?? 'the strategy said so'}`;
}

const fillWords: Readonly<Record<Study['execution']['fill'], string>> = {
  'next-open': 'it filled at the next bar’s open',
  'next-close': 'it filled at the next bar’s close',
  'same-close': 'it filled at that same close',
  'prior-close': 'it filled on the next bar at that close',
};
const orderWords = {
  limit: 'its limit order',
  stop: 'its stop order',
  'stop-limit': 'its stop-limit order',
};

function filledWords(run: ExplainedRun, i: number): string {
  const { study, trades } = run;
  const { order, fill } = study.execution;
  const { entryPrice } = trades.asTraded ?? trades;
  const how = order === 'market' ? fillWords[fill] : `${orderWords[order]} filled`;
  return `${how} ${duringWord(run, trades.entryDay[i], trades.at?.entry[i])} at ${price(entryPrice[i])}, ${levelWords(trades, i)}`;
}

/** 'with the stop at 48.00 and the target at 54.00', as a trade begins. */
export function levelWords(trades: DatedTrades, i: number): string {
  const { stop, target } = trades.asTraded ?? trades;
  const levels = [
    ...(Number.isFinite(stop[i]) ? [`the stop at ${price(stop[i])}`] : []),
    ...(Number.isFinite(target[i]) ? [`the target at ${price(target[i])}`] : []),
  ];
  return levels.length === 0 ? 'without stop or target' : `with ${levels.join(' and ')}`;
}

/** How often the stop moved, and to where; nothing of one that stood still. */
function movedWords({ trades }: ExplainedRun, { stops }: ExplainedSeries, i: number): string[] {
  const k = stops.trade.indexOf(i);
  if (k < 0) return [];
  const [from, to] = [stops.start[k]!, stops.start[k + 1]!];
  let moves = 0;
  for (let bar = from + 1; bar < to; bar++) if (stops.level[bar] !== stops.level[bar - 1]) moves++;
  if (moves === 0) return [];
  const whose = exitReasons[stops.whose[to - 1]!] === 'break-even' ? 'break-even' : 'trailing';
  // Levels are linked over splits; only where there is none is that the printed price.
  const where = trades.asTraded === undefined ? ` to ${price(stops.level[to - 1])}` : '';
  return [`the ${whose} stop moved ${moves === 1 ? 'once' : counted(moves, 'time')}${where}`];
}

function endWords(run: ExplainedRun, i: number): string {
  const { trades } = run;
  const { exitPrice } = trades.asTraded ?? trades;
  const reason = exitReasons[trades.reason[i]!];
  const at = price(exitPrice[i]);
  if (reason === undefined) return `it is open, marked at ${at}`;
  return `out ${duringWord(run, trades.exitDay[i], trades.at?.exit[i])} at ${at} by ${reasonWords(run, reason, i)}`;
}

/** Why a trade ended; of a bar that touched both its levels, which was taken. */
export function reasonWords(
  { study, trades }: ExplainedRun,
  reason: ExitReason,
  i: number,
): string {
  const both =
    trades.ambiguous[i] === 1
      ? ` (the bar may have touched stop and target: the ${study.execution.bothTouched} was taken)`
      : '';
  return `${exitWords[reason].toLowerCase()}${both}`;
}

/** 'after 3 bars: 2.00 % of the price, net 95.00 after costs of 5.00' */
export function resultWords(trades: DatedTrades, i: number): string {
  const costs = tradeCosts.reduce((sum, cost) => sum + trades[cost][i]!, 0);
  const change = trades.side[i]! * (trades.exitPrice[i]! / trades.entryPrice[i]! - 1);
  return `after ${counted(trades.bars[i]!, 'bar')}: ${percent(change)} of the price, net ${money(trades.net[i])} after costs of ${money(costs)}`;
}
