import {
  type Data,
  DataType,
  Dictionary,
  Float64,
  Int32,
  Int64,
  RecordBatchReader,
  type Timestamp,
  Utf8,
  type Vector,
  makeData,
  makeVector,
} from 'apache-arrow';
import {
  type FileMetaData,
  type ParquetParsers,
  type SchemaElement,
  type SchemaTree,
  parquetMetadata,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile, mostColumns } from '../../../src/domain/limits.ts';
import { withVectors } from './arrow.ts';
import { checkStream } from './arrow-messages.ts';
import { refuseInflation } from './gunzip.ts';
import { tooWide } from './header.ts';
import type { RawFile } from './raw-file.ts';
import { textVector, vectorOf } from './tables.ts';
import { isUtcZone, zonedTexts } from './zoned-texts.ts';

/** Opens Parquet with any of its usual codecs. Numbers stay numbers; everything else becomes the text that it stands for. */
export function openParquet(file: string, bytes: Uint8Array<ArrayBuffer>): RawFile {
  const { metadata, columns } = described(file, bytes);
  const read = new Map<number, Promise<Vector>>();
  const vectorAt = (i: number): Promise<Vector> => {
    const found = read.get(i) ?? vectorOfColumn(file, bytes, metadata, columns[i]!);
    read.set(i, found);
    return found;
  };
  return {
    columns: columns.map(({ element }) => element.name),
    told: [],
    lineOf: (record) => record,
    vectorAt,
    async withRows(engine, wanted, use) {
      const vectors: Record<string, Vector> = {};
      for (const i of wanted) vectors[`c${i}`] = await vectorAt(i);
      read.clear();
      await withVectors(engine, vectors, use, (error) => damaged(file, error));
    },
  };
}

async function vectorOfColumn(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  column: SchemaTree,
): Promise<Vector> {
  refuseNested(file, column);
  const { name, logical_type: logical } = column.element;
  const vector = await columnOf(file, bytes, metadata, column.element);
  const zone = zonedOf(metadata).find((one) => one.name === name)?.type.timezone;
  const isUtc = zone != null || (logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC);
  if (!isUtc || !DataType.isUtf8(typeOfTexts(vector))) return vector;
  const texts = [...vector] as (string | null)[];
  if (zone == null || isUtcZone(zone)) {
    const hasTime = texts.some((text) => text !== null && !text.endsWith(' 00:00:00'));
    return hasTime ? namesVector(texts.map((text) => (text === null ? null : `${text}Z`))) : vector;
  }
  const instants = texts.map((text) =>
    text === null ? null : Math.floor(Date.parse(`${text.replace(' ', 'T')}Z`) / 1000),
  );
  return zonedTexts({ file, column: name, zone }, instants);
}

const typeOfTexts = ({ type }: Vector): DataType =>
  DataType.isDictionary(type) ? (type.dictionary as DataType) : (type as DataType);

/** The file as the reader takes it; a Buffer’s own slice would be a view of all of it. */
export const asyncBufferOf = (bytes: Uint8Array<ArrayBuffer>) => ({
  byteLength: bytes.length,
  slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer,
});

function described(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
): { metadata: FileMetaData; columns: readonly SchemaTree[] } {
  try {
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    const columns = parquetSchema(metadata).children;
    if (columns.length > mostColumns) throw tooWide(file, columns.length);
    const size = metadata.row_groups.reduce((sum, one) => sum + Number(one.total_byte_size), 0);
    refuseInflation(file, { size, packed: bytes.length, limit: largestDataFile });
    return { metadata, columns };
  } catch (error) {
    throw damaged(file, error);
  }
}

/** The columns of instants, where the Arrow schema that writers put beside the data names their zones. */
function zonedOf({ key_value_metadata = [] }: FileMetaData): { name: string; type: Timestamp }[] {
  const schema = key_value_metadata.find(({ key }) => key === 'ARROW:schema')?.value ?? '';
  try {
    const bytes = Uint8Array.from(atob(schema), (char) => char.charCodeAt(0));
    checkStream(bytes);
    const { fields } = RecordBatchReader.from(bytes).open().schema;
    return fields.flatMap(({ name, type }) => (DataType.isTimestamp(type) ? [{ name, type }] : []));
  } catch {
    return []; // Types that are read from the data need no schema.
  }
}

const isDecimal = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';

/** Texts that are made once for each value: dates come again for each symbol. */
function remembered<T>(
  textOf: (value: T) => string,
): (value: T | null | undefined) => string | null {
  const texts = new Map<T, string>();
  return (value) => {
    if (value === null || value === undefined) return null;
    const known = texts.get(value);
    if (known !== undefined) return known;
    if (texts.size === 100_000) texts.clear();
    const text = textOf(value);
    texts.set(value, text);
    return text;
  };
}

/** Instants count in these units of a second; the texts keep all of their digits. */
const instant = (perSecond: bigint) =>
  remembered((count: bigint) => {
    const fraction = ((count % perSecond) + perSecond) % perSecond;
    const whole = new Date(Number((count - fraction) / perSecond) * 1000);
    if (Number.isNaN(whole.getTime())) return String(count);
    const text = whole.toISOString().slice(0, -5).replace('T', ' ');
    const digits = String(perSecond).length - 1;
    return fraction === 0n ? text : `${text}.${String(fraction).padStart(digits, '0')}`;
  });

const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: instant(1_000n),
  timestampFromMicroseconds: instant(1_000_000n),
  timestampFromNanoseconds: instant(1_000_000_000n),
  dateFromDays: remembered((day: number) => {
    const date = new Date(day * 86_400_000);
    return Number.isNaN(date.getTime()) ? String(day) : date.toISOString().slice(0, -14);
  }),
};

async function columnOf(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  element: SchemaElement,
): Promise<Vector> {
  const rows = Number(metadata.num_rows);
  const cells = new Array<unknown>(rows).fill(null);
  let read = 0;
  try {
    await parquetRead({
      file: asyncBufferOf(bytes),
      metadata: isDecimal(element) ? withUnscaled(metadata, element) : metadata,
      columns: [element.name],
      compressors,
      parsers,
      geoparquet: false,
      utf8: false,
      onChunk: ({ columnData, rowStart }) => {
        for (let i = 0; i < columnData.length; i++) cells[rowStart + i] = columnData[i];
        read += columnData.length;
      },
    });
    if (read !== rows) throw new RangeError('Rows are missing.');
  } catch (error) {
    throw damaged(file, error);
  }
  return asVector(cells, isDecimal(element) ? (element.scale ?? 0) : null);
}

/** The reader multiplies decimals by a power of ten, which rounds; without the mark it gives their digits. */
const withUnscaled = (metadata: FileMetaData, { name }: SchemaElement): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map(({ converted_type, logical_type, ...one }) =>
    one.name === name
      ? one
      : {
          ...one,
          ...(converted_type && { converted_type }),
          ...(logical_type && { logical_type }),
        },
  ),
});

/** `scale` is that of decimals, null where there are none. */
function asVector(cells: readonly unknown[], scale: number | null): Vector {
  const first = cells.find((cell) => cell !== null && cell !== undefined);
  const plain = cells as (number | bigint | null)[];
  if (scale === null && typeof first === 'number') return vectorOf(new Float64(), plain);
  if (scale === null && typeof first === 'bigint') return vectorOf(new Int64(), plain);
  return namesVector(cells.map((cell) => textOf(cell, scale)));
}

/** Texts of which most come again are written once each. */
function namesVector(texts: readonly (string | null)[]): Vector {
  const numbers = new Map<string, number>();
  for (const text of texts)
    if (text !== null && !numbers.has(text)) numbers.set(text, numbers.size);
  if (numbers.size * 2 > texts.length) return textVector(texts);
  const dictionary = textVector([...numbers.keys()]) as Vector<Utf8>;
  const indices = vectorOf(
    new Int32(),
    texts.map((text) => (text === null ? null : numbers.get(text)!)),
  );
  const [{ values, nullBitmap, nullCount, length }] = indices.data as [Data<Int32>];
  return makeVector(
    makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      length,
      nullCount,
      nullBitmap,
      data: values,
      dictionary,
    }),
  );
}

const decoder = new TextDecoder();

function textOf(cell: unknown, scale: number | null): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  if (cell instanceof Uint8Array)
    return scale === null ? decoder.decode(cell) : scaled(signed(cell), scale);
  if (scale !== null && (typeof cell === 'number' || typeof cell === 'bigint'))
    return scaled(BigInt(cell), scale);
  return JSON.stringify(cell, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
}

/** Big-endian, in two's complement. */
function signed(bytes: Uint8Array): bigint {
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return BigInt.asIntN(bytes.length * 8, value);
}

function scaled(digits: bigint, scale: number): string {
  if (scale === 0) return String(digits);
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function refuseNested(file: string, { element, children }: SchemaTree): void {
  if (children.length === 0 && element.repetition_type !== 'REPEATED') return;
  throw new LabError({
    kind: 'import',
    problem: 'This column holds lists or structures.',
    remedy: 'Write one value per cell, each in a column of its own.',
    place: { file, column: element.name },
  });
}

const damaged = (file: string, error: unknown): LabError =>
  error instanceof LabError && error.data.kind !== 'engine'
    ? error
    : new LabError({
        kind: 'import',
        problem: 'This Parquet file is damaged, or holds types that cannot be read.',
        remedy: 'Write it again with dates, numbers and texts (in pandas: df.to_parquet(…)).',
        place: { file },
        cause: error instanceof Error ? error.message : String(error),
      });
