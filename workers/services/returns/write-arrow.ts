import {
  type DataType,
  DateDay,
  Field,
  Float64,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  makeData,
} from 'apache-arrow';
import { trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import type { TrialReturns } from '../../../src/domain/validation/trial-returns.ts';
import { dateColumn } from '../../../src/present/tables/returns.ts';

/** Bytes of one piece, about. */
const pieceBytes = 8_000_000;

/** An Arrow IPC file of one batch, uncompressed. What waits to be written are views of the matrix, not copies. */
export async function* arrowPieces({ names, day, matrix }: TrialReturns): AsyncGenerator<Blob> {
  const shape = { length: day.length, nullCount: 0 };
  const children = [
    makeData({ type: new DateDay(), data: day, ...shape }),
    ...names.map((_, trial) =>
      makeData({ type: new Float64(), data: trialOf(matrix, trial), ...shape }),
    ),
  ];
  const fields = [dateColumn, ...names].map(
    (name, i) => new Field<DataType>(name, children[i]!.type, false),
  );
  const type = new Struct(fields);
  const writer = new RecordBatchFileWriter();
  writer.write(new RecordBatch(new Schema(fields), makeData({ type, children, ...shape })));
  writer.finish();
  let piece: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of writer as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    piece.push(chunk);
    size += chunk.length;
    if (size < pieceBytes) continue;
    yield new Blob(piece);
    [piece, size] = [[], 0];
  }
  yield new Blob(piece);
}
