/** Bars with their padding are written part by part, in one pass without a sort: they must be those of a plain query. */
import { beforeAll, expect, it } from 'vitest';
import { barsSql, barsTableSql } from '../../src/sql/catalogue.ts';
import { setVariables, withIdentifiers } from '../../src/sql/sql.ts';
import { atr, sma } from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { FeatureTables } from '../../workers/services/features.ts';

let engine: Engine;
/** Bars of symbols 0 to 4; numbers need not follow one another. */
const lengths = [3, 1, 5000, 7, 2];
const symbols = [0, 1, 2, 5, 9];
const padding = 130;

beforeAll(async () => {
  engine = await startNodeEngine();
  const rows = lengths.map(
    (length, s) => `SELECT ${symbols[s]} AS sym, i FROM range(${length}) AS bars(i)`,
  );
  engine.run(`CREATE TABLE source AS
    SELECT sym::INTEGER AS sym, (14000 + i)::INTEGER AS day, 60 * i AS opens, 60 * i + 60 AS known,
           100 + i / 4 AS open, 101 + i / 4 AS high, 99 + i / 4 AS low, 100.25 + i / 4 AS close,
           CASE WHEN i % 3 > 0 THEN i::DOUBLE END AS volume
    FROM (${rows.join(' UNION ALL ')}) ORDER BY sym, i`);
  engine.run(`CREATE TABLE plain AS
    WITH numbered AS (SELECT *, rowid AS place, min(rowid) OVER (PARTITION BY sym) AS first, dense_rank() OVER (ORDER BY sym) AS nth FROM source),
    all_rows AS (
      SELECT place + nth * ${padding} AS row, sym, place - first AS bar, day, known, open, high, low, close, volume FROM numbered
      UNION ALL BY NAME
      SELECT first + nth * ${padding} - i AS row, sym, -i AS bar FROM (SELECT DISTINCT sym, first, nth FROM numbered), range(1, ${padding + 1}) AS before(i)
    )
    SELECT row::INTEGER AS row, sym, bar::INTEGER AS bar, day, known, open, high, low, close, volume,
           round(high * 100)::BIGINT AS high_ticks, round(low * 100)::BIGINT AS low_ticks,
           round(close * 100)::BIGINT AS close_ticks, round(volume * 10)::BIGINT AS volume_ticks
    FROM all_rows ORDER BY row`);
});

it.each([
  [[0, 5]],
  [
    [0, 1],
    [1, 5],
  ],
  [
    [0, 2],
    [2, 3],
    [3, 4],
    [4, 5],
  ],
])('in parts %j', async (...parts) => {
  const table = barsTableSql(true, { price_scale: 100, volume_scale: 10 });
  engine.run(withIdentifiers(table, { table: 'bars' }));
  for (const [from, end] of parts) {
    const [from_sym, to_sym] = [symbols[from!]!, symbols[end! - 1]!];
    engine.run(setVariables({ from_sym, to_sym, before: from!, padding }));
    await engine.query(`INSERT INTO bars ${withIdentifiers(barsSql(true), { source: 'source' })}`);
  }
  const differing = await engine.query(
    `SELECT count(*)::INTEGER AS n FROM plain FULL JOIN (SELECT *, rowid AS at FROM bars) AS made ON plain.rowid = made.at
       WHERE (plain.row, plain.sym, plain.bar, plain.day, plain.known, plain.open, plain.high, plain.low, plain.close, plain.volume,
              plain.high_ticks, plain.low_ticks, plain.close_ticks, plain.volume_ticks)
         IS DISTINCT FROM (made.row, made.sym, made.bar, made.day, made.known, made.open, made.high, made.low, made.close, made.volume,
              made.high_ticks, made.low_ticks, made.close_ticks, made.volume_ticks)`,
  );
  expect(differing.getChild('n')!.get(0)).toBe(0);
  const rows = await engine.query('SELECT count(*)::INTEGER AS n FROM bars');
  expect(rows.getChild('n')!.get(0)).toBe(5013 + 5 * padding);
});

it('means that are made part by part are those that are made at once', async () => {
  engine.run(
    'CREATE OR REPLACE TABLE imported_bars AS SELECT * EXCLUDE (opens, known) FROM source',
  );
  const scales = { price_scale: 100, volume_scale: 10, attention_scale: 1 };
  const features = [sma(3), atr('sma', 2)];
  const means = async (atOnce: number): Promise<unknown[]> => {
    const tables = new FeatureTables(engine, undefined, false, atOnce);
    await tables.compute(features, scales);
    const made = await engine.query(
      `SELECT bars.row, mean.ticks::VARCHAR AS ticks, mean.value, range.value AS atr
       FROM bars POSITIONAL JOIN ${tables.tableOf(features[0]!)} AS mean POSITIONAL JOIN ${tables.tableOf(features[1]!)} AS range`,
    );
    tables.clear();
    return made.toArray().map(String);
  };
  const once = await means(1 << 20);
  expect(once).toHaveLength(5013 + 5 * 128);
  expect(await means(4)).toEqual(once);
});

it('tables of studies before are kept as far as their rows have room, the latest longest', async () => {
  const scales = { price_scale: 100, volume_scale: 10, attention_scale: 1 };
  const bars = 5013 + 5 * 128;
  const tables = new FeatureTables(engine, 2 * bars);
  const means = [2, 3, 4, 5].map((length) => sma(length));
  for (const mean of means) await tables.compute([mean], scales);
  const there = await engine.query(
    `SELECT table_name AS name FROM duckdb_tables() WHERE table_name LIKE 'feature%' ORDER BY table_oid`,
  );
  expect(there.toArray().map(({ name }) => name as string)).toEqual(
    means.slice(1).map((mean) => tables.tableOf(mean)),
  );
  tables.clear();
});
