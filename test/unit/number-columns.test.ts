import { Table, makeVector, tableToIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import { NumberColumns } from '../../workers/engines/results.ts';

/** A stream's messages without its end: the schema, and the batch. */
function messages(price: number[], side: number[]): [Uint8Array, Uint8Array] {
  const table = new Table({
    price: makeVector(Float64Array.from(price)),
    side: makeVector(Int8Array.from(side)),
  });
  const stream = tableToIPC(table, 'stream');
  const length = 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return [stream.slice(0, length), stream.slice(length)];
}

it.each([0, 2, 3, 100])('columns come in one piece where %i rows were said', (rows) => {
  const [schema, first] = messages([1, 2], [1, 0]);
  const columns = new NumberColumns(schema, rows);
  columns.take(first);
  columns.take(messages([3], [-1])[1]);
  const table = columns.table();
  expect(table.getChild('price')!.toArray()).toEqual(Float64Array.of(1, 2, 3));
  expect(table.getChild('side')!.toArray()).toEqual(Int8Array.of(1, 0, -1));
});

it('no rows have the columns still', () => {
  const [schema] = messages([1], [1]);
  expect(new NumberColumns(schema, 5).table().schema.names).toEqual(['price', 'side']);
});
