import type { DatedTrades, Equity } from '../run.ts';
import type { Ratio, Step } from '../units.ts';
import { told } from './annualised.ts';
import { withOwnDays } from './by-side.ts';
import { because } from './finding.ts';
import type { Metric } from './metric.ts';
import { headline, metricsOf } from './metrics.ts';

interface SpannedRun {
  readonly equity: Equity;
  readonly benchmark: Float64Array;
  readonly trades: DatedTrades;
  readonly initialCash: number;
  /** A year, simple. */
  readonly riskFreeRate: Ratio;
}

/** Whether a trade was over in these sessions; one that is open at the end counts with the last session of all. */
export const exitedWithin = (
  { reason, exitStep }: Pick<DatedTrades, 'reason' | 'exitStep'>,
  trade: number,
  [from, to]: readonly [Step, Step],
  last: Step,
): boolean =>
  reason[trade]! < 0 ? to >= last : exitStep[trade]! >= from && exitStep[trade]! <= to;

/**
 * The key figures of some sessions of a run, first and last, in Outsample's convention: of the curve from the close
 * before the first of them (the initial cash at the start), and of the trades that were over in them. All sessions
 * give what the run has.
 */
export function headlineOfSpan(run: SpannedRun, span: readonly [Step, Step]): Metric[] {
  const [from, to] = span;
  const { equity, initialCash, benchmark, riskFreeRate } = run;
  const base = from > 0 ? equity.equity[from - 1]! : initialCash;
  const market = from > 0 ? benchmark[from - 1]! : initialCash;
  const of = <Column extends Float64Array | Int32Array>(column: Column): Column =>
    column.subarray(from, to + 1) as Column;
  const scaled = of(benchmark).map((value) => (from > 0 ? (value / market) * base : value));
  const metrics = metricsOf(
    {
      ...withOwnDays(tradesWithin(run.trades, span, equity.day.length - 1)),
      equity: {
        day: of(equity.day),
        ...(equity.opens && { opens: of(equity.opens) }),
        equity: of(equity.equity),
        cash: of(equity.cash),
        gross: of(equity.gross),
        net: of(equity.net),
        positions: of(equity.positions),
      },
      benchmark: scaled,
      closes: scaled,
      warmup: 0,
      initialCash: base,
      riskFreeRate,
      interest: 0,
    },
    'outsample',
  );
  const shown = new Map(told(metrics, 'outsample').map((metric) => [metric.id, metric]));
  return headline.outsample.flatMap((id) => {
    const metric = shown.get(id);
    if (metric === undefined) return [];
    return [base > 0 ? metric : { ...metric, value: null, reason: because.ruined }];
  });
}

function tradesWithin(trades: DatedTrades, span: readonly [Step, Step], last: Step): DatedTrades {
  const kept = (_: unknown, trade: number): boolean => exitedWithin(trades, trade, span, last);
  const columns = Object.entries(trades).map(([name, column]): [string, unknown] => [
    name,
    ArrayBuffer.isView(column) ? (column as Float64Array).filter(kept) : (column as unknown),
  ]);
  const cut = Object.fromEntries(columns) as unknown as DatedTrades;
  return { ...cut, length: cut.net.length };
}
