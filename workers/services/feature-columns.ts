import { rowsOf, symbolNumber } from '../../src/domain/market.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import type { Study } from '../../src/domain/study/study.ts';
import { quoteIdentifier } from '../../src/sql/sql.ts';
import type { SignalSeries } from '../../src/wire/lab.ts';
import type { Engine } from '../engines/engine.ts';
import { float64, instantsOf } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';
import { type SignalContext, computeFeatures } from './signals.ts';

/** The signal that a study's strategy draws, for one symbol. */
export async function signalSeries(
  symbol: string,
  study: Study,
  plan: SignalPlan,
  { market }: Dataset,
  context: SignalContext,
): Promise<SignalSeries> {
  const s = symbolNumber(market, symbol);
  const { column, label, threshold } = plan.chart;
  const [first, end] = rowsOf(market, s);
  const drawn = plan.columns[column];
  // What ran in between may have taken its table's room.
  await computeFeatures(study, plan, drawn === undefined ? [] : [drawn.feature], context);
  const { engine, tables, signal } = context;
  const values = await featureColumns(plan, [column], engine, tables, `bars.sym = ${s}`, signal);
  return {
    symbol,
    label,
    threshold,
    day: market.day.slice(first, end),
    ...instantsOf(market, first, end),
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
    `SELECT ${selects.join(', ')} FROM bars${joins.join('')} WHERE ${where}`,
    signal,
  );
  return wanted.map((_, i) => float64(table, `v${i}`));
}
