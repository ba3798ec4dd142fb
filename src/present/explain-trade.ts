import type { StopPaths } from '../domain/execution/stop-path.ts';
import { type DatedTrades, exitReasons, tradeCosts } from '../domain/run.ts';
import type { ChartPart } from '../domain/strategies/strategy.ts';
import type { Study } from '../domain/study/study.ts';
import { counted, date, decimal, money, percent, price, quantity, ratio } from './format.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Day, Instant } from '../domain/units.ts';
import { instantWord, toldZone } from './times.ts';
import { exitWords } from './words.ts';

/** The run that a trade is of. */
export interface ExplainedRun {
  readonly study: Study;
  readonly symbols: readonly string[];
  readonly trades: DatedTrades;
  readonly clock?: BarClock;
}

/** What the strategy saw of the trade's symbol, by its bars, and where its stops stood. */
export interface ExplainedSeries {
  readonly firstRow: number;
  readonly label: string;
  readonly threshold: number | null;
  readonly value: Float64Array;
  readonly parts: readonly (Pick<ChartPart, 'label' | 'unit' | 'weight' | 'least'> & {
    readonly value: Float64Array;
  })[];
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

/** The date of a bar, or that it is the one that opens at a time. */
function barWord({ clock }: ExplainedRun, day: Day | undefined, at: Instant | undefined): string {
  const zone = toldZone(clock);
  return zone === null || at === undefined ? date(day) : `the bar of ${instantWord(at, zone)}`;
}

/** The same of what came to pass then: 'on 2024-03-08', 'in the bar of 2024-03-08 09:30'. */
function duringWord(run: ExplainedRun, day: Day | undefined, at: Instant | undefined): string {
  const bar = barWord(run, day, at);
  return bar.startsWith('the') ? `in ${bar}` : `on ${bar}`;
}

/** What the strategy saw at the close of the signal's bar. */
function signalWords(run: ExplainedRun, series: ExplainedSeries, i: number): string {
  const { study, trades } = run;
  const { delay } = study.execution;
  const bar = trades.signalRow[i]! - series.firstRow - delay;
  const value = series.value[bar] ?? NaN;
  const when = `at the close of ${barWord(run, trades.signalDay[i], trades.at?.signal[i])}`;
  const late = delay > 0 ? `, ${counted(delay, 'bar')} after the signal,` : '';
  if (Number.isNaN(value)) return `${when}${late} the strategy said so`;
  const parts = series.parts.flatMap(({ label, unit, weight, least, value }) => {
    const own = value[bar] ?? NaN;
    if (Number.isNaN(own)) return [];
    const words = `${label} ${unit === 'percent' ? percent(own) : ratio(own)}`;
    if (weight !== undefined) return [`${words} × ${decimal(weight)}`];
    return [least === undefined ? words : `${words}, at least ${decimal(least)} wanted`];
  });
  const made = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return `${when}${late} ${series.label} was ${ratio(value)}${against(value, series.threshold)}${made}`;
}

function against(value: number, threshold: number | null): string {
  if (threshold === null) return '';
  const place = value > threshold ? 'above' : value < threshold ? 'below' : 'at';
  return `, ${place} the threshold of ${decimal(threshold)}`;
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
  const { entryPrice, stop, target } = trades.asTraded ?? trades;
  const how = order === 'market' ? fillWords[fill] : `${orderWords[order]} filled`;
  const levels = [
    ...(Number.isFinite(stop[i]) ? [`the stop at ${price(stop[i])}`] : []),
    ...(Number.isFinite(target[i]) ? [`the target at ${price(target[i])}`] : []),
  ];
  const beside = levels.length === 0 ? 'without stop or target' : `with ${levels.join(' and ')}`;
  return `${how} ${duringWord(run, trades.entryDay[i], trades.at?.entry[i])} at ${price(entryPrice[i])}, ${beside}`;
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
  const { study, trades } = run;
  const { exitPrice } = trades.asTraded ?? trades;
  const reason = exitReasons[trades.reason[i]!];
  const at = price(exitPrice[i]);
  if (reason === undefined) return `it is open, marked at ${at}`;
  const both =
    trades.ambiguous[i] === 1
      ? ` (the bar may have touched stop and target: the ${study.execution.bothTouched} was taken)`
      : '';
  return `out ${duringWord(run, trades.exitDay[i], trades.at?.exit[i])} at ${at} by ${exitWords[reason].toLowerCase()}${both}`;
}

function resultWords(trades: DatedTrades, i: number): string {
  const costs = tradeCosts.reduce((sum, cost) => sum + trades[cost][i]!, 0);
  const change = trades.side[i]! * (trades.exitPrice[i]! / trades.entryPrice[i]! - 1);
  return `after ${counted(trades.bars[i]!, 'bar')}: ${percent(change)} of the price, net ${money(trades.net[i])} after costs of ${money(costs)}`;
}
