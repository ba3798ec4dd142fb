import type { Vector } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { nextTurn } from '../drive.ts';
import type { CellSource } from './cells.ts';
import { type PlainFile, type PlainKind, PlainText } from './plain-text.ts';
import { daysOf, namesOf, numbersOf } from './plain-vectors.ts';
import type { RawFile } from './raw-file.ts';
import { cellsOf } from './records.ts';

/** What the columns of a plain file hold. */
export interface PlainColumns extends Pick<
  PlainFile,
  'rows' | 'dateFormat' | 'decimal' | 'lineOf' | 'cellsOf'
> {
  readonly name: Int32Array;
  readonly names: readonly string[];
  readonly days: Int32Array;
  /** Of each column of prices or volumes; NaN where a volume is missing. */
  readonly values: (Float64Array<ArrayBuffer> | null)[];
}

/** The columns of a file by their kinds; null where it is not plain. */
export const readPlainColumns = (
  source: CellSource,
  kinds: readonly PlainKind[],
  signal: AbortSignal | undefined,
): Promise<PlainColumns | null> =>
  source.raw.lines === undefined ? readVectors(source, kinds) : readLines(source, kinds, signal);

/** Bytes that are read before messages are served. */
const atOnce = 8_000_000;

async function readLines(
  { input, raw }: CellSource,
  kinds: readonly PlainKind[],
  signal: AbortSignal | undefined,
): Promise<PlainColumns | null> {
  const { data, first, delimiter } = raw.lines!;
  const text = new PlainText({ delimiter, kinds, most: linesIn(data) });
  for (let at = 0; at < data.length;) {
    if (signal !== undefined) await nextTurn(signal);
    const end = data.lastIndexOf(10, Math.min(at + atOnce, data.length) - 1) + 1;
    if (end <= at) {
      // The last line may have no line feed; a longer one is not plain.
      if (data.length - at >= atOnce) return null;
      const last = new Uint8Array(data.length - at + 1);
      last.set(data.subarray(at));
      last[last.length - 1] = 10;
      if (!text.take(last)) return null;
      break;
    }
    if (!text.take(data.subarray(at, end))) return null;
    at = end;
  }
  const { rows, hasPoint, hasComma, starts, name, names, values } = text;
  const said = input.decimal;
  if (hasPoint && (hasComma || said === ',')) return null;
  if (hasComma && said !== ',' && (said === '.' || !text.isClearlyComma)) return null;
  const dates = text.dates(input.dateFormat, input.dateOrder);
  if (dates === null) return null;
  return {
    rows,
    name,
    names,
    values: [...values],
    days: dates.days,
    dateFormat: dates.format,
    decimal: said ?? (hasComma ? ',' : '.'),
    lineOf: (record) => first + record - 1,
    cellsOf: (record) => cellsAt(data, starts, record, delimiter),
  };
}

async function readVectors(
  { input, raw }: CellSource,
  kinds: readonly PlainKind[],
): Promise<PlainColumns | null> {
  if (input.decimal === ',' || (input.dateFormat ?? 'YYYY-MM-DD') !== 'YYYY-MM-DD') return null;
  const texts: ((row: number) => string)[] = kinds.map(() => () => '');
  const values: PlainColumns['values'] = kinds.map(() => null);
  let days: Int32Array | null = null;
  let named: ReturnType<typeof namesOf> = null;
  for (const [i, kind] of kinds.entries()) {
    if (kind === 'nothing') continue;
    const vector = await vectorIfWhole(raw, i);
    if (vector === null) return null;
    if (kind === 'name') named = namesOf(vector);
    const found = kind === 'name' ? named : kind === 'date' ? daysOf(vector) : numbersOf(vector);
    if (found === null) return null;
    if (kind === 'date') days = found.values as Int32Array;
    else if (kind !== 'name') values[i] = found.values as Float64Array<ArrayBuffer>;
    texts[i] = found.textOf;
  }
  return {
    rows: days!.length,
    name: named?.values ?? new Int32Array(0),
    names: named?.names ?? [],
    values,
    days: days!,
    dateFormat: 'YYYY-MM-DD',
    decimal: '.',
    lineOf: (record) => record,
    cellsOf: (record) => texts.map((textOf) => textOf(record - 1)),
  };
}

/** Null where it cannot be read: the careful path says why. */
async function vectorIfWhole({ vectorAt }: RawFile, column: number): Promise<Vector | null> {
  try {
    return await vectorAt!(column);
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

function linesIn(data: Uint8Array): number {
  let lines = 1;
  for (let at = 0; at < data.length; at++) if (data[at] === 10) lines++;
  return lines;
}

function cellsAt(
  data: Uint8Array,
  starts: readonly number[],
  record: number,
  delimiter: string,
): string[] {
  let at = starts[Math.floor((record - 1) / PlainText.stride)]!;
  for (let skip = (record - 1) % PlainText.stride; skip > 0; skip--) at = data.indexOf(10, at) + 1;
  const end = data.indexOf(10, at);
  return cellsOf(data, { start: at, end: end < 0 ? data.length : end }, delimiter);
}
