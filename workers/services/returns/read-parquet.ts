import { type FileMetaData, type SchemaElement, parquetMetadata, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { LabError, type Place } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import { asyncBufferOf } from '../import/parquet.ts';
import { type GivenReturns, notDate, notNumeric, refusal, refuseTooMuch } from './given.ts';
import { dateColumnOf, instantOfCell, textOfCell } from './typed-columns.ts';

/** Reads Parquet with any of its usual codecs. */
export async function readParquet(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<GivenReturns> {
  try {
    const metadata = parquetMetadata(bytes);
    const fields = flat(file, metadata.schema);
    const periods = Number(metadata.num_rows);
    const dates = dateColumnOf(fields.map(isDated));
    refuseTooMuch(file, fields.length - 1, periods);
    refuseInflated(file, metadata);
    return await readColumns(file, bytes, metadata, { fields, periods, dates });
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw refusal(
      { file },
      'This Parquet file is damaged, or holds types that cannot be read.',
      'Write it again with columns of dates and of doubles.',
      { cause: error instanceof Error ? error.message : String(error) },
    );
  }
}

/** Columns that are unpacked before the next ones are. */
const columnsAtOnce = 500;

interface Layout {
  readonly fields: readonly SchemaElement[];
  readonly periods: number;
  readonly dates: number;
}

async function readColumns(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  { fields, periods, dates }: Layout,
): Promise<GivenReturns> {
  const dateName = fields[dates]?.name ?? '';
  const names = fields.flatMap(({ name }, i) => (i === dates ? [] : [name]));
  const place = new Map(names.map((name, trial) => [name, trial]));
  const values = new Float64Array(names.length * periods).fill(NaN);
  const instants = new Float64Array(periods).fill(NaN);
  const faults: LabError[] = [];
  const read = (columns: string[]): Promise<void> =>
    parquetRead({
      file: asyncBufferOf(bytes),
      metadata,
      columns,
      compressors,
      geoparquet: false,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const trial = place.get(columnName);
        const isDate = columnName === dateName;
        const at = (row: number, cell: unknown): Place => {
          return { file, line: row + 1, column: columnName, value: textOfCell(cell) };
        };
        for (let row = rowStart; row < Math.min(rowStart + columnData.length, periods); row++) {
          const cell: unknown = columnData[row - rowStart];
          if (isDate) {
            const instant = instantOfCell(cell, isDated(fields[dates]!));
            if (instant === null) faults.push(notDate(at(row, cell)));
            else instants[row] = instant;
          } else if (typeof cell === 'number' || typeof cell === 'bigint')
            values[trial! * periods + row] = Number(cell);
          else if (cell !== null && cell !== undefined) faults.push(notNumeric(at(row, cell)));
          if (faults.length > 0) return;
        }
      },
    });
  const all = fields.map(({ name }) => name);
  for (let first = 0; first < all.length && faults.length === 0; first += columnsAtOnce)
    await read(all.slice(first, first + columnsAtOnce));
  if (faults[0] !== undefined) throw faults[0];
  return { file, dateName, names, instants, values, lineOf: (period) => period + 1 };
}

const isDated = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === 'DATE' ||
  (converted_type?.startsWith('TIMESTAMP') ?? false) ||
  logical_type?.type === 'DATE' ||
  logical_type?.type === 'TIMESTAMP';

/** The columns; one within another is none. */
function flat(file: string, [, ...fields]: readonly SchemaElement[]): readonly SchemaElement[] {
  const nested = fields.find(({ num_children }) => (num_children ?? 0) > 0);
  if (nested !== undefined)
    throw refusal(
      { file, column: nested.name },
      'This column holds lists or structures.',
      'Every column after the dates must hold simple returns, 0.01 for 1 %.',
    );
  return fields;
}

/** What the pages say that they unpack to, before they are. */
function refuseInflated(file: string, { row_groups }: FileMetaData): void {
  const size = row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  if (size <= largestDataFile) return;
  throw refusal(
    { file },
    `Unpacked, this file has more than ${largestDataFile} bytes.`,
    'Leave trials out, by chance and not by their result.',
  );
}
