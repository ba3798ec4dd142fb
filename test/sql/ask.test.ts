import { beforeAll, describe, expect, it } from 'vitest';
import { importSql } from '../../src/sql/import/catalogue.ts';
import { reading } from '../../src/sql/query.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { ask, keep } from '../../workers/services/ask.ts';

describe('rows of DuckDB', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });

  it('come as their query declares them', async () => {
    const query = reading(
      `SELECT 'a' AS name, 1::INTEGER AS day, 0.5::DOUBLE AS value, 2::BIGINT AS row, NULL::INTEGER AS gap`,
      { name: 'text', day: 'integer', value: 'number', row: 'bigint', gap: 'integer or null' },
    );
    expect(await ask(engine, query, {})).toEqual([
      { name: 'a', day: 1, value: 0.5, row: 2n, gap: null },
    ]);
  });

  it.each([
    ['of another type', 'SELECT 1::BIGINT AS day', 'Int64'],
    ['text', `SELECT '1' AS day`, 'Utf8'],
    ['null in one row', 'SELECT unnest([1, NULL])::INTEGER AS day', 'sometimes null'],
    ['missing', 'SELECT 1::INTEGER AS other', 'missing'],
    ['of another type, without rows', 'SELECT 1.5::DOUBLE AS day LIMIT 0', 'Float64'],
  ])('are refused where a column is %s', async (_, text, found) => {
    await expect(ask(engine, reading(text, { day: 'integer' }), {})).rejects.toMatchObject({
      data: {
        kind: 'engine',
        sql: text,
        problem: `DuckDB answered a query otherwise than declared: its column day is ${found}, not integer.`,
      },
    });
  });

  it('take values as variables, and are kept as tables', async () => {
    const query = {
      ...reading(`SELECT getvariable('sym')::INTEGER AS sym`, { sym: 'integer' }),
      takes: { sym: 'integer' },
    } as const;
    expect(await ask(engine, query, { sym: 7 })).toEqual([{ sym: 7 }]);
    await keep(engine, 'kept', query, { sym: 8 });
    const kept = reading('SELECT * FROM kept', { sym: 'integer' });
    expect(await ask(engine, kept, {})).toEqual([{ sym: 8 }]);
  });

  it('of nothing are none', async () => {
    engine.run('CREATE TABLE next_bars (sym INTEGER, day INTEGER, volume DOUBLE)');
    expect(await ask(engine, importSql.volumeless, {})).toEqual([]);
  });
});
