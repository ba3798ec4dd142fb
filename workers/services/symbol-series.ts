import { stopPaths } from '../../src/domain/execution/stop-path.ts';
import { rowsOf, symbolNumber } from '../../src/domain/market.ts';
import type { SymbolSeries } from '../../src/wire/lab.ts';
import type { Dataset } from './dataset.ts';
import { featureColumns, signalSeries } from './feature-columns.ts';
import type { Run } from './run.ts';
import { type SignalContext, computeFeatures } from './signals.ts';

/** What the charts of one symbol draw: bars, the signal and its parts, and where the stops of its trades stood. */
export async function symbolSeries(
  symbol: string,
  { result, plan, signals, sessions }: Run,
  dataset: Dataset,
  context: SignalContext,
): Promise<SymbolSeries> {
  const { study, trades } = result;
  const { market } = dataset;
  const drawn = await signalSeries(symbol, study, plan, dataset, context);
  const s = symbolNumber(market, symbol);
  const [first, end] = rowsOf(market, s);
  const parts = plan.chart.parts ?? [];
  const names = parts.map(({ column }) => column);
  await computeFeatures(
    study,
    plan,
    names.flatMap((name) => plan.columns[name]?.feature ?? []),
    context,
  );
  const { engine, tables, signal } = context;
  const values =
    names.length === 0
      ? []
      : await featureColumns(plan, names, engine, tables, `bars.sym = ${s}`, signal);
  const until = sessions.day.at(-1) ?? 0;
  let last = end - 1;
  while (last > first && market.day[last]! > until) last--;
  return {
    ...drawn,
    firstRow: first,
    open: market.open.slice(first, end),
    high: market.high.slice(first, end),
    low: market.low.slice(first, end),
    parts: parts.map(({ column: _, ...part }, i) => ({ ...part, value: values[i]! })),
    stops: stopPaths(s, last, trades, market, signals, study),
  };
}
