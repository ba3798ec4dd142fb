import {
  type Data,
  DataType,
  RecordBatchReader,
  Table,
  TimeUnit,
  type Timestamp,
  type Vector,
  tableToIPC,
} from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { mostColumns } from '../../../src/domain/limits.ts';
import type { Engine } from '../../engines/engine.ts';
import { checkFile, checkStream } from './arrow-messages.ts';
import { plainArrow } from './arrow-plain.ts';
import { tooWide } from './header.ts';
import type { RawFile } from './raw-file.ts';
import { isUtcZone, zonedTexts } from './zoned-texts.ts';

/** Of the magic word of a file, ARROW1. */
const magicStart = 0x41;
const endOfStream = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

export const damaged = (file: string, error: unknown): LabError =>
  error instanceof LabError && error.data.kind === 'import'
    ? error
    : new LabError({
        kind: 'import',
        problem: 'This Arrow file is damaged, or holds types that cannot be read.',
        remedy:
          'Write it again with dates, numbers and texts, or as Parquet (in pandas: df.to_parquet(…)).',
        place: { file },
        cause: error instanceof Error ? error.message : String(error),
      });

/** Arrow IPC, file or stream; a column is read only after `refuseDamage`. */
export function arrowTable(file: string, bytes: Uint8Array): Table {
  try {
    // A stream may lawfully break off between two batches; a file that does has lost its end.
    const isWhole =
      bytes[0] === magicStart || endOfStream.every((byte, i) => bytes.at(i - 8) === byte);
    if (!isWhole) throw new RangeError('The end-of-stream mark is missing.');
    return tableOf(file, bytes);
  } catch (error) {
    throw damaged(file, error);
  }
}

/** Throws where the buffers of a column hold less than it says. */
export function refuseDamage(file: string, column: string, { data }: Pick<Vector, 'data'>): void {
  if (!data.every(isWhole)) throw damaged(file, `The buffers of column ${column} do not fit.`);
}

/** Opens Arrow IPC. */
export function openArrow(file: string, bytes: Uint8Array): RawFile {
  const table = arrowTable(file, bytes);
  const { fields } = table.schema;
  if (fields.length > mostColumns) throw tooWide(file, fields.length);
  const vectorAt = (i: number): Vector => {
    const { name } = fields[i]!;
    const type = fields[i]!.type as DataType;
    const vector = table.getChildAt(i)!;
    refuseDamage(file, name, vector);
    if (!DataType.isTimestamp(type) || type.timezone == null || isUtcZone(type.timezone))
      return vector;
    return zonedTexts({ file, column: name, zone: type.timezone }, secondsOf(vector, type));
  };
  return {
    columns: fields.map(({ name }) => name),
    told: [],
    lineOf: (record) => record,
    vectorAt: (i) => Promise.resolve(vectorAt(i)),
    async withRows(engine, wanted, use) {
      const columns = Object.fromEntries(wanted.map((i) => [`c${i}`, vectorAt(i)]));
      await withVectors(engine, columns, use, (error) => damaged(file, error));
    },
  };
}

const perSecond: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

function secondsOf(vector: Vector, { unit }: Timestamp): (number | null)[] {
  const size = perSecond[unit];
  return (vector.data as readonly Data[]).flatMap((data) =>
    Array.from({ length: data.length }, (_, i) =>
      data.getValid(i) ? Math.floor(Number((data.values as BigInt64Array)[i]!) / size) : null,
    ),
  );
}

/** Calls `use` with typed columns as texts; what the engine cannot take becomes `refused`. */
export async function withVectors(
  engine: Engine,
  columns: Readonly<Record<string, Vector>>,
  use: (from: string) => Promise<void>,
  refused: (error: unknown) => LabError,
): Promise<void> {
  engine.run('DROP TABLE IF EXISTS import_arrow');
  try {
    engine.insertArrow('import_arrow', tableToIPC(new Table(columns), 'stream'));
    const texts = Object.entries(columns).map(
      ([name, { type }]) => `${asText(name, type as DataType)} AS ${name}`,
    );
    await use(
      `(SELECT (row_number() OVER ())::INTEGER AS record, ${texts.join(', ')} FROM import_arrow)`,
    );
  } catch (error) {
    throw error instanceof LabError && error.data.kind !== 'engine' ? error : refused(error);
  } finally {
    engine.run('DROP TABLE IF EXISTS import_arrow');
  }
}

/**
 * All batches of a file or a stream. Arrow's own reader of files goes on for ever where one that the footer names is
 * none.
 */
function tableOf(file: string, bytes: Uint8Array): Table {
  const isFile = bytes[0] === magicStart;
  if (isFile) checkFile(bytes);
  else checkStream(bytes);
  const reader = RecordBatchReader.from(plainArrow(file, bytes, isFile) ?? bytes).open();
  if (!reader.isFile()) return new Table(reader.schema, [...reader]);
  const batches = Array.from({ length: reader.numRecordBatches }, (_, i) => {
    const batch = reader.readRecordBatch(i);
    if (batch === null) throw new RangeError('A batch is missing.');
    return batch;
  });
  return new Table(reader.schema, batches);
}

/**
 * Whether the buffers of a column hold as much as it says. The engine takes their word for it, and one that reads
 * beyond them is broken for good. Lists and structures are no cells.
 */
function isWhole(data: Data): boolean {
  const { type, length, offset, nullCount, nullBitmap, stride, children, dictionary } = data;
  const values = data.values as ArrayLike<number | bigint> | undefined;
  const ends = data.valueOffsets as ArrayLike<number | bigint> | undefined;
  if (nullCount > 0 && nullBitmap.length * 8 < offset + length) return false;
  if (length === 0 || DataType.isNull(type)) return true;
  if (values === undefined || children.length > 0) return false;
  if (isOfBytes(type)) return ends !== undefined && areEnds(ends, length, values.length);
  if (DataType.isBool(type)) return values.length * 8 >= offset + length;
  if (values.length < length * stride) return false;
  if (dictionary === undefined) return true;
  for (let i = 0; i < length; i++) {
    const at = Number(values[i]);
    if (data.getValid(i) && !(at >= 0 && at < dictionary.length)) return false;
  }
  return dictionary.data.every(isWhole);
}

const isOfBytes = (type: DataType): boolean =>
  DataType.isUtf8(type) ||
  DataType.isLargeUtf8(type) ||
  DataType.isBinary(type) ||
  DataType.isLargeBinary(type);

/** Where so many texts end, one after another, within so many bytes. */
function areEnds(ends: ArrayLike<number | bigint>, count: number, bytes: number): boolean {
  if (ends.length <= count) return false;
  let before = 0;
  for (let i = 0; i <= count; i++) {
    const end = Number(ends[i]);
    if (!(end >= before)) return false;
    before = end;
  }
  return before <= bytes;
}

/** Single floats are widened first: they stand for exactly these doubles, not for the decimals they print as. */
const asText = (column: string, type: DataType): string =>
  DataType.isFloat(type) ? `${column}::DOUBLE::VARCHAR` : `${column}::VARCHAR`;
