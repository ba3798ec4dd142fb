import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import type { TrialReturns } from '../../../src/domain/validation/trial-returns.ts';
import { engineVersion } from '../../../src/domain/version.ts';
import { dateColumn } from '../../../src/present/tables/returns.ts';

/** Values of one group of rows, about: so many are encoded at once. */
const groupValues = 4_000_000;
const fewestRows = 100;

/** A Parquet file, uncompressed: the bits of returns hardly repeat. A piece is a group of rows. */
export function* parquetPieces({ names, day, matrix }: TrialReturns): Generator<Blob> {
  const bytes = new ByteWriter();
  const taken = (): Blob => {
    const piece = new Blob([bytes.getBytes()]);
    bytes.index = 0; // Its offset in the file goes on.
    return piece;
  };
  const required = { repetition_type: 'REQUIRED' } as const;
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: names.length + 1 },
      { name: dateColumn, type: 'INT32', converted_type: 'DATE', ...required },
      ...names.map((name) => ({ name, type: 'DOUBLE' as const, ...required })),
    ],
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: `Outsample ${engineVersion}`,
  });
  const rows = Math.max(fewestRows, Math.floor(groupValues / (names.length + 1)));
  for (let from = 0; from < day.length; from += rows) {
    const to = Math.min(day.length, from + rows);
    const columnData = [
      { name: dateColumn, data: day.subarray(from, to) },
      ...names.map((name, trial) => ({ name, data: trialOf(matrix, trial).subarray(from, to) })),
    ].map((column) => ({ ...column, encoding: 'PLAIN' as const, offsetIndex: false }));
    void writer.write({ columnData, rowGroupSize: to - from });
    yield taken();
  }
  void writer.finish();
  yield taken();
}
