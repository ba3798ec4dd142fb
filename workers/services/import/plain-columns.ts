import type { Vector } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import type { DateOrder } from '../../../src/wire/lab.ts';
import type { CellSource } from './cells.ts';
import { type PlainFile, type PlainKind, PlainText } from './plain-text.ts';
import { daysOf, namesOf, numbersOf } from './plain-vectors.ts';
import type { RawFile, TextLines } from './raw-file.ts';
import { cellsOf } from './records.ts';
import { piecesOf } from './text-lines.ts';

/** What the columns of a plain file hold. */
export interface PlainColumns extends Pick<
  PlainFile,
  'rows' | 'dateFormat' | 'decimal' | 'lineOf' | 'cellsOf'
> {
  readonly name: Int32Array;
  readonly names: readonly string[];
  readonly days: Int32Array<ArrayBuffer>;
  /** See FileStamps. */
  readonly clock: Int32Array<ArrayBuffer> | null;
  readonly offset: Int32Array<ArrayBuffer> | null;
  /** Of each column of prices or volumes; NaN where a volume is missing. */
  readonly values: (Float64Array<ArrayBuffer> | null)[];
}

/** A source, and its rows where it is text. */
export interface PlainSource extends Pick<CellSource, 'input' | 'raw'> {
  readonly lines: TextLines | undefined;
}

/** The columns of a file by their kinds; null where it is not plain. */
export const readPlainColumns = (
  source: PlainSource,
  kinds: readonly PlainKind[],
  signal: AbortSignal | undefined,
): Promise<PlainColumns | null> =>
  source.lines === undefined
    ? readVectors(source, kinds)
    : readLines(source.input, source.lines, kinds, signal);

async function readLines(
  input: Reading & { readonly dateOrder?: DateOrder },
  lines: TextLines,
  kinds: readonly PlainKind[],
  signal: AbortSignal | undefined,
): Promise<PlainColumns | null> {
  const text = new PlainText({ ...lines, kinds });
  for await (const piece of piecesOf(lines, signal))
    if (piece === null || !text.take(piece)) return null;
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
    values,
    days: dates.days,
    clock: text.times.clock,
    offset: text.times.offset,
    dateFormat: dates.format,
    decimal: said ?? (hasComma ? ',' : '.'),
    lineOf: (record) => lines.first + record - 1,
    cellsOf: (record) => cellsAt(lines, starts, record),
  };
}

async function readVectors(
  { input, raw }: PlainSource,
  kinds: readonly PlainKind[],
): Promise<PlainColumns | null> {
  if (input.decimal === ',' || (input.dateFormat ?? 'YYYY-MM-DD') !== 'YYYY-MM-DD') return null;
  const texts: ((row: number) => string)[] = kinds.map(() => () => '');
  const values: PlainColumns['values'] = kinds.map(() => null);
  let dated: ReturnType<typeof daysOf> = null;
  let named: ReturnType<typeof namesOf> = null;
  for (const [i, kind] of kinds.entries()) {
    if (kind === 'nothing') continue;
    const vector = await vectorIfWhole(raw, i);
    if (vector === null) return null;
    if (kind === 'name') named = namesOf(vector);
    if (kind === 'date') dated = daysOf(vector);
    const found =
      kind === 'name'
        ? named
        : kind === 'date'
          ? dated
          : kind === 'time'
            ? null
            : numbersOf(vector);
    if (found === null) return null;
    if (kind === 'price' || kind === 'volume')
      values[i] = found.values as Float64Array<ArrayBuffer>;
    texts[i] = found.textOf;
  }
  return {
    rows: dated!.values.length,
    name: named?.values ?? new Int32Array(0),
    names: named?.names ?? [],
    values,
    days: dated!.values,
    clock: dated!.clock,
    offset: dated!.offset,
    dateFormat: 'YYYY-MM-DD',
    decimal: '.',
    lineOf: (record) => record,
    cellsOf: (record) => Promise.resolve(texts.map((textOf) => textOf(record - 1))),
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

async function cellsAt(
  { file, start, end, delimiter }: TextLines,
  starts: readonly number[],
  record: number,
): Promise<string[]> {
  const block = Math.floor((record - 1) / PlainText.stride);
  const next = starts[block + 1];
  const bytes = await file.read(
    start + starts[block]!,
    next === undefined ? end : Math.min(start + next, end),
  );
  let at = 0;
  for (let skip = (record - 1) % PlainText.stride; skip > 0; skip--) at = bytes.indexOf(10, at) + 1;
  const lineEnd = bytes.indexOf(10, at);
  return cellsOf(bytes, { start: at, end: lineEnd < 0 ? bytes.length : lineEnd }, delimiter);
}
