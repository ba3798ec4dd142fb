import { rowsOf, symbolNumber } from '../../src/domain/market.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { quoteIdentifier } from '../../src/sql/sql.ts';
import type { SignalSeries } from '../../src/wire/lab.ts';
import type { Engine } from '../engines/engine.ts';
import { float64 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';

/** The signal that a strategy draws, for one symbol. */
export async function signalSeries(
  symbol: string,
  plan: SignalPlan,
  { market }: Dataset,
  engine: Engine,
  tables: FeatureTables,
): Promise<SignalSeries> {
  const s = symbolNumber(market, symbol);
  const { column, label, threshold } = plan.chart;
  const [first, end] = rowsOf(market, s);
  const values = await featureColumns(plan, [column], engine, tables, `bars.sym = ${s}`);
  return {
    symbol,
    label,
    threshold,
    day: market.day.slice(first, end),
    close: market.close.slice(first, end),
    value: values[0] ?? new Float64Array(0),
  };
}

/** Feature columns beside the market's rows, NaN where null. */
export async function featureColumns(
  plan: SignalPlan,
  names: readonly string[],
  engine: Engine,
  tables: FeatureTables,
  where: string,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const wanted = names.flatMap((name) => {
    const source = plan.columns[name];
    return source === undefined
      ? []
      : [{ table: tables.tableOf(source.feature), column: source.column }];
  });
  const selects = wanted.map(
    ({ column }, i) => `coalesce(t${i}.${quoteIdentifier(column)}::DOUBLE, 'NaN'::DOUBLE) AS v${i}`,
  );
  const joins = wanted.map(({ table }, i) => ` POSITIONAL JOIN ${quoteIdentifier(table)} AS t${i}`);
  const table = await engine.query(
    `SELECT ${selects.join(', ')} FROM bars${joins.join('')} WHERE bars.bar >= 0 AND ${where}`,
    signal,
  );
  return wanted.map((_, i) => float64(table, `v${i}`));
}
