/** What the SQL tests share: one booted engine, bars put in directly, and feature columns read back. */
import { readFileSync } from 'node:fs';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { dayFromIso } from '../../src/domain/calendar.ts';
import { type Feature, bars } from '../../src/domain/features.ts';
import type { DatasetFacts, SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { auditSql } from '../../src/sql/audit.ts';
import { signalsSql } from '../../src/sql/catalogue.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { rows } from './rows.ts';
import { FeatureTables, type Scales } from '../../workers/services/features.ts';

export const scales: Scales = { price_scale: 1e10, volume_scale: 1e4, attention_scale: 1e6 };

export interface BarRow {
  sym: number;
  day: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
}

export function loadBars(engine: Engine, rows: readonly BarRow[]): FeatureTables {
  engine.run('DROP TABLE IF EXISTS imported_bars');
  const column = (key: keyof BarRow) => Float64Array.from(rows, (row) => row[key] ?? Number.NaN);
  const table = tableFromArrays({
    sym: Int32Array.from(rows, (row) => row.sym),
    day: Int32Array.from(rows, (row) => row.day),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  });
  engine.insertArrow('raw_bars', tableToIPC(table, 'stream'));
  engine.run(`CREATE TABLE imported_bars AS
    SELECT * REPLACE (CASE WHEN isnan(volume) THEN NULL ELSE volume END AS volume) FROM raw_bars ORDER BY sym, day;
    DROP TABLE raw_bars`);
  engine.run(auditSql.noLargest);
  return new FeatureTables(engine);
}

export interface AttentionRow {
  sym: number;
  day: number;
  known_day: number;
  value: number;
}

/** Attention as the importer would leave it; `known_day` is when a value may first be used. */
export function loadAttention(engine: Engine, rows: readonly AttentionRow[]): void {
  const values = rows.map(
    ({ sym, day, known_day, value }) => `(${sym}, ${day}, ${known_day}, ${value}::DOUBLE)`,
  );
  engine.run(
    `CREATE OR REPLACE TABLE attention (sym INTEGER, day INTEGER, known_day INTEGER, value DOUBLE)`,
  );
  if (values.length > 0)
    engine.run(
      `INSERT INTO attention SELECT * FROM (VALUES ${values.join(', ')}) AS t(a, b, c, d) ORDER BY a, b`,
    );
}

/** A feature's column over all bars, null as null. */
export async function column(
  engine: Engine,
  tables: FeatureTables,
  feature: Feature,
  name = 'value',
): Promise<(number | boolean | null)[]> {
  await tables.compute([feature], scales);
  const source =
    feature === bars ? 'bars' : `bars POSITIONAL JOIN "${tables.tableOf(feature)}" AS f`;
  const result = await engine.query(`SELECT f."${name}" AS x FROM ${source}`);
  const vector = result.getChild('x');
  return Array.from({ length: result.numRows }, (_, i) => {
    const value = vector?.get(i) as number | bigint | boolean | null;
    return typeof value === 'bigint' ? Number(value) : value;
  });
}

export function readCsv(path: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** Bars of one symbol from a file of the bundled datasets. */
export const readBars = (path: string, symbol?: string): BarRow[] =>
  readCsv(path)
    .filter((row) => symbol === undefined || row['symbol'] === symbol)
    .map((row) => ({
      sym: 0,
      day: dayFromIso(row['date'] ?? ''),
      open: Number(row['open']),
      high: Number(row['high']),
      low: Number(row['low']),
      close: Number(row['close']),
      volume: Number(row['volume']),
    }));

export const sp500 = (): BarRow[] => readBars('datasets/sp500-2000-2020/SP500.csv');

/** A dataset of these symbols that has everything, so that a strategy asks for all it knows. */
export const factsOf = (symbols: readonly string[]): DatasetFacts => ({
  hasVolume: true,
  attention: 'daily',
  macro: ['INDEX', 'OIL', 'VIX'],
  hasUniverse: true,
  symbols,
  currency: null,
});

/** What a strategy's query yields at each bar. */
export interface SignalRow {
  side: number;
  exit: number;
  score: number;
  atr: number;
  size_factor: number;
  /** Of a strategy that gives weights. */
  weight?: number;
}

/** A plan's signals at every bar, by the shipped SQL. */
export async function signalRows(
  engine: Engine,
  tables: FeatureTables,
  plan: SignalPlan,
): Promise<SignalRow[]> {
  await tables.compute(Object.values(plan.inputs), scales);
  engine.run(setVariables(plan.values));
  const sql = signalsSql(plan.sql, { halfSpread: false, weights: plan.weights });
  return rows<SignalRow>(await engine.query(tables.bind(sql, plan.inputs)));
}
