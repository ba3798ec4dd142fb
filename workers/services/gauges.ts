import { known } from '../../src/domain/known.ts';
import { rowsOf } from '../../src/domain/market.ts';
import { type Gauge, gaugesOf } from '../../src/domain/monitoring/gauges.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { startingCash } from '../../src/domain/trial.ts';
import type { Finding } from '../../src/domain/validation/finding.ts';
import type { Engine } from '../engines/engine.ts';
import { float64 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import { featureColumns } from './feature-columns.ts';
import type { FeatureTables } from './features.ts';
import type { Run } from './run.ts';
import { computeTables } from './scales.ts';

/** The name of a plan's column that is the Panic Score. */
const panicColumn = ({ columns }: SignalPlan): string | undefined =>
  Object.keys(columns).find((name) => columns[name]?.feature.name === 'panic_score');

/** A run, its findings and its timings as gauges. */
export async function gauges(
  run: Run,
  dataset: Dataset,
  findings: readonly Finding[],
  engine: Engine,
  tables: FeatureTables,
): Promise<readonly Gauge[]> {
  const { result, sessions, plan } = run;
  const panic = panicColumn(plan);
  const wanted = [panic === undefined ? null : plan.columns[panic]?.feature, plan.sessions];
  // Searches in between may have taken their tables' room.
  const roots = wanted.filter((feature) => feature != null);
  await computeTables(result.study, roots, { engine, tables }, plan.explain);
  return gaugesOf(result, {
    initialCash: startingCash(result.study, dataset.market, sessions),
    panicScores: panic === undefined ? [] : await lastValues(panic, run, dataset, engine, tables),
    gScore: await lastGScore(run, engine, tables),
    findings,
  });
}

/** A column at each symbol's last bar of the run, in symbol order; NaN where it is null. */
async function lastValues(
  column: string,
  { plan, sessions }: Run,
  { market }: Dataset,
  engine: Engine,
  tables: FeatureTables,
): Promise<{ symbol: string; value: number | null }[]> {
  const [from, to] = [sessions.day[0] ?? Infinity, sessions.day.at(-1) ?? -Infinity];
  const last = market.symbols.flatMap((symbol, s) => {
    const [first, end] = rowsOf(market, s);
    let row = end - 1;
    while (row >= first && market.day[row]! > to) row--;
    return row < first || market.day[row]! < from ? [] : [{ symbol, s, bar: row - first }];
  });
  if (last.length === 0) return [];
  const bars = last.map(({ s, bar }) => `(${s}, ${bar})`).join(', ');
  const where = `(bars.sym, bars.bar) IN (${bars})`;
  const [values] = await featureColumns(plan, [column], engine, tables, where);
  return last.map(({ symbol }, i) => ({ symbol, value: known(values?.[i] ?? NaN) }));
}

/** The G-Score of the run's last session; null where the strategy does not look at it. */
async function lastGScore(
  { plan, sessions }: Run,
  engine: Engine,
  tables: FeatureTables,
): Promise<number | null> {
  const day = sessions.day.at(-1);
  if (plan.sessions === null || day === undefined) return null;
  const sql = `SELECT coalesce(value, 0)::DOUBLE AS value FROM {g_score} WHERE day <= ${day} ORDER BY day DESC LIMIT 1`;
  const table = await engine.query(tables.bind(sql, { g_score: plan.sessions }));
  return float64(table, 'value')[0] ?? null;
}
