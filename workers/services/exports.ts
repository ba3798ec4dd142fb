import { columnsCsv } from '../../src/present/csv.ts';
import { equityCsv } from '../../src/present/tables/equity.ts';
import { tradesCsv } from '../../src/present/tables/trades.ts';
import { rowsOf, symbolNumber } from '../../src/domain/market.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import type { ExportFile, SignalSeries } from '../../src/wire/lab.ts';
import { macroByBarSql } from '../../src/sql/catalogue.ts';
import { quoteIdentifier } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { float64 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';
import type { Run } from './run.ts';

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

/** trades.csv, equity.csv, features.csv and study.json. */
export async function exportRun(
  { result, plan }: Run,
  { market }: Dataset,
  engine: Engine,
  tables: FeatureTables,
): Promise<ExportFile[]> {
  const names = Object.keys(plan.columns);
  const features = await featureColumns(plan, names, engine, tables, 'true');
  const macro = await macroColumns(plan, engine, tables);
  const symbol = market.symbols.flatMap((name, s) => {
    const [first, end] = rowsOf(market, s);
    return Array.from({ length: end - first }, () => name);
  });
  const bars = {
    symbol,
    date: { days: market.day },
    open: market.open,
    high: market.high,
    low: market.low,
    close: market.close,
    volume: market.volume,
  };
  return [
    csv('trades.csv', tradesCsv(result.trades, result.symbols)),
    csv('equity.csv', equityCsv(result.equity, result.benchmark)),
    csv(
      'features.csv',
      columnsCsv(
        [...Object.keys(bars), ...names, ...Object.keys(macro)],
        [...Object.values(bars), ...features, ...Object.values(macro)],
      ),
    ),
    {
      name: 'study.json',
      type: 'application/json',
      content: `${JSON.stringify(result.study, null, 2)}\n`,
    },
  ];
}

const csv = (name: string, content: string): ExportFile => ({ name, type: 'text/csv', content });

/** The G-Score and its inputs beside the market's rows, where the strategy has them. */
async function macroColumns(
  plan: SignalPlan,
  engine: Engine,
  tables: FeatureTables,
): Promise<Readonly<Record<string, Float64Array>>> {
  if (plan.sessions === null) return {};
  const table = await engine.query(tables.bind(macroByBarSql, { g_score: plan.sessions }));
  const names = ['vix', 'index_return', 'oil_return', 'g_score'];
  return Object.fromEntries(names.map((name) => [name, float64(table, name)]));
}

/** Feature columns beside the market's rows, NaN where null. */
export async function featureColumns(
  plan: SignalPlan,
  names: readonly string[],
  engine: Engine,
  tables: FeatureTables,
  where: string,
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
  );
  return wanted.map((_, i) => float64(table, `v${i}`));
}
