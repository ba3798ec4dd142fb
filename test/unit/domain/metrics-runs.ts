/** Small runs for tests of metrics. */
import { dayFromIso } from '../../../src/domain/calendar.ts';
import type { Convention } from '../../../src/domain/metrics/convention.ts';
import type { MeasuredRun } from '../../../src/domain/metrics/measured.ts';
import { metricsOf } from '../../../src/domain/metrics/metrics.ts';
import type { Equity, Trades } from '../../../src/domain/run.ts';

/** A trade by the sessions of its entry and exit, which are its rows too; −1 is still open. */
export interface TradeSketch {
  readonly side?: 1 | -1;
  readonly quantity: number;
  readonly entry: number;
  readonly exit: number;
  readonly entryPrice: number;
  readonly exitPrice?: number;
  readonly net: number;
  readonly bars?: number;
  readonly commission?: number;
  readonly spread?: number;
  readonly slippage?: number;
  readonly impact?: number;
  readonly borrow?: number;
  readonly mae?: number;
  readonly mfe?: number;
}

export function tradesOf(rows: readonly TradeSketch[]): Trades {
  const ints = (of: (row: TradeSketch) => number) => Int32Array.from(rows, of);
  const floats = (of: (row: TradeSketch) => number) => Float64Array.from(rows, of);
  const none = new Float64Array(rows.length).fill(Number.NaN);
  return {
    length: rows.length,
    symbol: new Int32Array(rows.length),
    side: Int8Array.from(rows, ({ side = 1 }) => side),
    signalRow: ints(({ entry }) => entry - 1),
    entryRow: ints(({ entry }) => entry),
    exitRow: ints(({ exit }) => exit),
    entryStep: ints(({ entry }) => entry),
    exitStep: ints(({ exit }) => exit),
    quantity: floats(({ quantity }) => quantity),
    entryPrice: floats(({ entryPrice }) => entryPrice),
    exitPrice: floats(({ exitPrice = 0 }) => exitPrice),
    reason: Int8Array.from(rows, ({ exit }) => (exit < 0 ? -1 : 0)),
    stop: none,
    target: none,
    score: none,
    gross: none,
    commission: floats(({ commission = 0 }) => commission),
    spread: floats(({ spread = 0 }) => spread),
    slippage: floats(({ slippage = 0 }) => slippage),
    impact: floats(({ impact = 0 }) => impact),
    borrow: floats(({ borrow = 0 }) => borrow),
    net: floats(({ net }) => net),
    bars: ints(({ entry, exit, bars = exit - entry + 1 }) => bars),
    ambiguous: new Uint8Array(rows.length),
    mae: floats(({ mae = 0 }) => mae),
    mfe: floats(({ mfe = 0 }) => mfe),
  };
}

/** 2024-01-01 was a Monday. */
export const monday = dayFromIso('2024-01-01');

type Sketch = Partial<Omit<MeasuredRun, 'equity' | 'trades' | 'benchmark' | 'closes'>> & {
  readonly days?: readonly number[];
  readonly trades?: readonly TradeSketch[];
  readonly equity?: Partial<Equity>;
  readonly benchmark?: readonly number[];
  readonly closes?: readonly number[];
};

/** A run of 100 in cash, one session a day from Monday on where no days (from that Monday) are given. */
export function runOf(
  values: readonly number[],
  { days = values.map((_, i) => i), trades = [], benchmark, closes, equity, ...rest }: Sketch = {},
): MeasuredRun {
  const day = Int32Array.from(days, (one) => monday + one);
  return {
    equity: {
      day,
      equity: Float64Array.from(values),
      cash: Float64Array.from(values),
      gross: new Float64Array(values.length),
      net: new Float64Array(values.length),
      positions: new Int32Array(values.length),
      ...equity,
    },
    trades: tradesOf(trades),
    timeOf: (row) => day[row]!,
    benchmark: Float64Array.from(benchmark ?? values),
    closes: Float64Array.from(closes ?? values),
    warmup: 0,
    initialCash: 100,
    riskFreeRate: 0,
    interest: 0,
    ...rest,
  };
}

/** One metric: its value, or its reason. */
export function metricOf(
  id: string,
  run: MeasuredRun,
  convention: Convention = 'outsample',
): number | string {
  const metric = metricsOf(run, convention).find((one) => one.id === id);
  if (metric === undefined) throw new Error(`There is no metric ${id}.`);
  return metric.value ?? metric.reason;
}

/** All metrics by id: their values, or their reasons. */
export const valuesOf = (
  run: MeasuredRun,
  convention: Convention = 'outsample',
): Record<string, number | string> =>
  Object.fromEntries(
    metricsOf(run, convention).map((metric) => [metric.id, metric.value ?? metric.reason]),
  );
