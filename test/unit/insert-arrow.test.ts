import { expect, it } from 'vitest';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { putTable } from '../../workers/services/import/tables.ts';

const engine = await startNodeEngine();
const rows = async () =>
  (await engine.query('SELECT * FROM numbers')).toArray().map((row) => String(row));

it('columns that are views of the same bytes are refused, and not lost without a word', async () => {
  const bytes = Float64Array.of(1, 2, 3, 4);
  for (const [a, b] of [
    [bytes, bytes],
    [bytes.subarray(0, 3), bytes.subarray(1)],
    [bytes.subarray(0, 1), bytes.subarray(0, 1)],
  ] as const)
    expect(() => putTable(engine, 'numbers', { a, b })).toThrow('DuckDB refused a query');
  putTable(engine, 'numbers', { a: bytes, b: bytes.slice(), c: ['x', null, 'y', 'z'] });
  expect((await rows())[1]).toBe('{"a": 2, "b": 2, "c": null}');
});

it('neighbours in one buffer stay', async () => {
  const bytes = Float64Array.of(1, 2, 3, 4);
  putTable(engine, 'numbers', { a: bytes.subarray(0, 2), b: bytes.subarray(2) });
  expect(await rows()).toEqual(['{"a": 1, "b": 3}', '{"a": 2, "b": 4}']);
});
