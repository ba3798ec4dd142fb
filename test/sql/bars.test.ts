/** The bars that features read are made as they are read, in one pass without a sort: they must be those of a plain query. */
import { beforeAll, expect, it } from 'vitest';
import { barNumbersSql, barsSql } from '../../src/sql/catalogue.ts';
import { withIdentifiers } from '../../src/sql/sql.ts';
import { sma } from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { FeatureTables } from '../../workers/services/features.ts';

let engine: Engine;
/** Bars of five symbols; numbers need not follow one another. */
const lengths = [3, 1, 5000, 7, 2];
const symbols = [0, 1, 2, 5, 9];
const rows = 5013;

beforeAll(async () => {
  engine = await startNodeEngine();
  const bars = lengths.map(
    (length, s) => `SELECT ${symbols[s]} AS sym, i FROM range(${length}) AS bars(i)`,
  );
  engine.run(`CREATE TABLE source AS
    SELECT sym::INTEGER AS sym, (14000 + i)::INTEGER AS day, 60 * i AS opens, 60 * i + 60 AS known,
           100 + i / 4 AS open, 101 + i / 4 AS high, 99 + i / 4 AS low, 100.25 + i / 4 AS close,
           CASE WHEN i % 3 > 0 THEN i::DOUBLE END AS volume
    FROM (${bars.join(' UNION ALL ')}) ORDER BY sym, i`);
});

it('numbers its rows, and each symbol’s from 0', async () => {
  const identifiers = { database: 'lab', source: 'source', numbers: 'numbers' };
  engine.run(`CREATE TABLE numbers AS ${withIdentifiers(barNumbersSql, identifiers)}`);
  const bars = barsSql(true, { price_scale: 100, volume_scale: 10 });
  engine.run(`CREATE TABLE made AS ${withIdentifiers(bars, identifiers)}`);
  const differing = await engine.query(`
    WITH plain AS (
      SELECT row_number() OVER (ORDER BY sym, opens) - 1 AS row, sym,
             row_number() OVER (PARTITION BY sym ORDER BY opens) - 1 AS bar, day, known, open, high, low, close, volume,
             round(high * 100)::BIGINT AS high_ticks, round(low * 100)::BIGINT AS low_ticks,
             round(close * 100)::BIGINT AS close_ticks, round(volume * 10)::BIGINT AS volume_ticks
      FROM source
    )
    SELECT count(*)::INTEGER AS n
    FROM (FROM plain ORDER BY row) AS plain POSITIONAL JOIN made WHERE plain IS DISTINCT FROM made`);
  expect(differing.getChild('n')!.get(0)).toBe(0);
  const there = await engine.query('SELECT count(*)::INTEGER AS n FROM made');
  expect(there.getChild('n')!.get(0)).toBe(rows);
});

it('tables of studies before are kept as far as their rows have room, the latest longest', async () => {
  engine.run('CREATE TABLE imported_bars AS SELECT * EXCLUDE (opens, known) FROM source');
  const scales = { price_scale: 100, volume_scale: 10, attention_scale: 1 };
  const tables = new FeatureTables(engine, 2 * rows);
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

it('leaves as-of joins sorting, whatever the engine takes a view of bars to hold', async () => {
  engine.run('CREATE TABLE few AS SELECT range AS sym, range AS day FROM range(9)');
  engine.run('CREATE VIEW beside AS SELECT a.* FROM few a POSITIONAL JOIN few b');
  const plan = await engine.query(
    'EXPLAIN SELECT * FROM beside ASOF LEFT JOIN few ON few.sym = beside.sym AND beside.day >= few.day',
  );
  const text = JSON.stringify(plan.toArray());
  expect(text).toContain('ASOF_JOIN');
  expect(text).not.toMatch(/LOOP|PIECEWISE/);
});
