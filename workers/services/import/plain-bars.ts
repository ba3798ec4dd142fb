import { Float64, Null, type Vector, makeData, makeVector } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { clockOf } from '../../../src/domain/market.ts';
import type { Day } from '../../../src/domain/units.ts';
import type { TableRole } from '../../../src/wire/lab.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import { nextMessage } from '../../engines/next-message.ts';
import { type CellSource, columnOf, isAdjusting, ownNameOf } from './cells.ts';
import { hasUnseen } from './checks.ts';
import type { FileField } from './fields.ts';
import { type Layout, layoutOf } from './layout.ts';
import {
  type PlainFile,
  type PlainKind,
  type PlainRows,
  firstPlainRow,
  spanOfDays,
} from './plain-text.ts';
import { type PlainSource, readPlainColumns } from './plain-columns.ts';
import { putQuality } from './plain-quality.ts';
import type { Opened } from './sources.ts';
import { int64s, putAfter, putTable } from './tables.ts';
import { isOfUtc } from './time/careful.ts';
import { orderOf } from './time/order.ts';
import type { FileStamps } from './time/stamps.ts';
import { type TimedFile, timingFrom, timingOf } from './time/timing.ts';

/** Bars of files that leave nothing to ask. */
export interface PlainBars extends PlainRows {
  /** The files, by their number. */
  readonly sources: readonly CellSource[];
}

const prices = ['open', 'high', 'low', 'close'] as const;
type Price = (typeof prices)[number] | 'adjusted';

interface Read {
  /** The number of each row's name among those of the file; empty where all rows have one. */
  readonly name: Int32Array;
  readonly days: Int32Array<ArrayBuffer>;
  readonly stamps: FileStamps;
  readonly file: PlainFile;
  readonly column: (field: Price | 'volume') => Float64Array<ArrayBuffer> | undefined;
  /** Gives the columns back. */
  readonly release: () => void;
}

/** Beside these bars can be plain. */
const besideRoles: ReadonlySet<TableRole> = new Set(['bars', 'attention', 'macro', 'universe']);

/**
 * Reads files of bars in one pass over their bytes, all or none: null where anything in one of them, or what stands beside
 * them, asks for the careful path. What it gives is what that path would, to the bit.
 */
export async function readPlainBars(
  opened: readonly (Opened & { readonly role: TableRole })[],
  onFile: (name: string, index: number) => void,
  signal: AbortSignal | undefined,
  rowsAtOnce = crossing,
): Promise<PlainBars | null> {
  const bars = opened.filter(({ role }) => role === 'bars');
  if (bars.length === 0 || !opened.every(({ role }) => besideRoles.has(role))) return null;
  const read: Read[] = [];
  const sources: CellSource[] = [];
  let firstRow = firstPlainRow;
  for (const one of bars) {
    const { input, given, raw, lines } = one;
    onFile(input.name, read.length);
    if (lines === undefined && raw.vectorAt === undefined) return null;
    const layout = layoutIfClear(one);
    if (layout === null) return null;
    const source: CellSource = { input, given, role: 'bars', raw, layout };
    const found = await readFile({ ...source, lines }, firstRow, signal);
    if (found === null) return null;
    read.push(found);
    sources.push({ ...source, plain: found.file });
    firstRow += found.file.rows;
  }
  const timed = timingOf(read.map(({ stamps }) => stamps));
  if (timed !== null && 'fault' in timed) return null;
  // Dates of instants may be those of another zone, which the careful path looks into.
  if (timed === null && read.some(({ stamps }) => isElsewhere(stamps))) return null;
  const order = inOrder(read, timed);
  if (order === null) return null;
  const timing =
    timed === null
      ? null
      : timingFrom(
          read.map(({ stamps, file }, number) => ({
            ...{ number, stamps, timed: timed[number]! },
            rowOf: (row) => file.firstRow + row,
          })),
        );
  const columns = gathered(read, order.rows, order.syms.length);
  const { open, high, low, close, volume } = columns;
  return {
    sources,
    symbols: order.symbols,
    rowOf: order.rowOf,
    timing,
    market: {
      symbols: order.symbols,
      firstRow: order.starts,
      day: order.days,
      open,
      high,
      low,
      close,
      volume,
      ...(order.instants !== null && {
        clock: clockOf(order.instants.opens, order.instants.known),
      }),
    },
    put: (engine) => put(engine, columns, order, rowsAtOnce, signal),
    screen: (engine) => putQuality(engine, { ...order, ...columns }),
  };
}

/** Null where the columns are not those of bars: the careful path says why. */
function layoutIfClear({ input, raw }: Opened): Layout | null {
  try {
    return layoutOf('bars', input, raw, new Set());
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

async function readFile(
  source: CellSource & PlainSource,
  firstRow: number,
  signal: AbortSignal | undefined,
): Promise<Read | null> {
  const { input, raw, layout } = source;
  const { fields, blocks } = layout;
  if (blocks.length > 0 || fields.currency !== undefined) return null;
  if (input.from !== undefined || (input.blanks ?? []).length > 0) return null;
  const place = (field: FileField): number | undefined => columnOf(fields, field);
  const kinds = raw.columns.map((): PlainKind => 'nothing');
  const kindsOf = { symbol: 'name', date: 'date', time: 'time', volume: 'volume' } as const;
  for (const field of ['volume', ...prices, 'adjusted', 'date', 'time', 'symbol'] as const) {
    const at = place(field);
    if (at === undefined) continue;
    const kind = field in kindsOf ? kindsOf[field as keyof typeof kindsOf] : 'price';
    if (kinds[at] !== 'nothing' && kinds[at] !== kind) return null;
    kinds[at] = kind;
  }
  if (!kinds.includes('date') || prices.some((field) => place(field) === undefined)) return null;
  const found = await readPlainColumns(source, kinds, signal);
  if (found === null || found.rows === 0) return null;
  const { rows, days, clock, offset, values, ...file } = found;
  const names = place('symbol') === undefined ? [ownNameOf(source)] : file.names;
  if (names.some((name) => name.trim() === '' || name.trim() !== name || hasUnseen(name)))
    return null;
  // Every row with a name of its own: numbers that were taken for symbols.
  if (names.length === rows && rows > 1) return null;
  const column = (field: Price | 'volume'): Float64Array<ArrayBuffer> | undefined => {
    const at = place(field === 'adjusted' && !isAdjusting(source) ? 'close' : field);
    return at === undefined ? undefined : values[at]!;
  };
  const all = [...prices, 'adjusted' as const].map((field) => column(field)!);
  if (!stand(rows, all)) return null;
  const cut = (column: Int32Array<ArrayBuffer> | null) => column?.subarray(0, rows) ?? null;
  const stamps: FileStamps = {
    reading: input,
    symbols: names,
    symbol: file.name.subarray(0, rows),
    day: days.subarray(0, rows),
    clock: cut(clock),
    offset: cut(offset),
    isOfUtc: isOfUtc(raw.columns[place('date')!]!),
  };
  return {
    name: file.name,
    days,
    stamps,
    column,
    release: () => (values.length = 0),
    file: {
      ...file,
      firstRow,
      rows,
      ...spanOfDays(days, rows),
      names,
      dayOf: (record) => days[record - 1]!,
    },
  };
}

/** No price is zero, and no high below its low. */
function stand(rows: number, columns: readonly Float64Array[]): boolean {
  const [, high, low] = columns;
  for (const column of new Set(columns))
    for (let row = 0; row < rows; row++) if (!(column[row]! > 0)) return false;
  for (let row = 0; row < rows; row++) if (high![row]! < low![row]!) return false;
  return true;
}

/** Whether a day of bars begins at another time than midnight in UTC. */
const isElsewhere = ({ clock, offset }: FileStamps): boolean =>
  offset !== null && clock !== null && clock.some((one) => one !== 0);

/** All rows by (symbol, date), or by (symbol, instant). */
interface Order extends Pick<PlainRows, 'symbols' | 'rowOf'> {
  /** Of each symbol the first row in order, and the end. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** The rows of all files one after another, from 0, in their order; null where they stand so. */
  readonly rows: Int32Array<ArrayBuffer> | null;
  /** In order: the number of a row, symbols, days. */
  readonly numberOf: (row: number) => number;
  readonly syms: Int32Array<ArrayBuffer>;
  readonly days: Int32Array<ArrayBuffer>;
  /** Where bars have them. */
  readonly instants: Readonly<Record<'opens' | 'known', Float64Array<ArrayBuffer>>> | null;
}

/** Symbols by their number, in code-unit order, and the order of all rows; null where a symbol has two bars at once. */
function inOrder(read: readonly Read[], timed: readonly TimedFile[] | null): Order | null {
  const symbols = [...new Set(read.flatMap(({ file }) => file.names))].sort();
  const symOf = new Map(symbols.map((symbol, sym) => [symbol, sym]));
  const total = read.reduce((sum, { file }) => sum + file.rows, 0);
  let syms = new Int32Array(total);
  let days = joined(
    timed?.map(({ day }) => day) ?? read.map((one) => one.days.subarray(0, one.file.rows)),
    () => new Int32Array(total),
  );
  const instants = (name: 'opens' | 'known') =>
    timed &&
    joined(
      timed.map((one) => one[name]),
      () => new Float64Array(total),
    );
  let [opens, known] = [instants('opens'), instants('known')];
  for (const { name, file } of read) {
    const at = file.firstRow - firstPlainRow;
    const numbers = file.names.map((name) => symOf.get(name)!);
    if (name.length === 0) syms.fill(numbers[0]!, at, at + file.rows);
    else for (let row = 0; row < file.rows; row++) syms[at + row] = numbers[name[row]!]!;
  }
  const { starts, rows } = orderOf(symbols.length, syms, opens ?? days);
  const numberOf = (i: number): number => firstPlainRow + (rows === null ? i : rows[i]!);
  if (rows !== null) {
    const [symAt, dayAt] = [syms, days];
    syms = rows.map((row) => symAt[row]!);
    days = rows.map((row) => dayAt[row]!);
    opens &&= inOrderOf(rows, opens);
    known &&= inOrderOf(rows, known);
  }
  const at = opens ?? days;
  const isBeside = (i: number): boolean =>
    at[i] === at[i - 1] || (known !== null && at[i]! < known[i - 1]!);
  for (let i = 1; i < total; i++) if (syms[i] === syms[i - 1] && isBeside(i)) return null;
  const rowOf = (sym: number, day: Day): number => {
    let [low, high] = [starts[sym]!, starts[sym + 1]! - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return numberOf(low);
  };
  const both = opens === null || known === null ? null : { opens, known };
  return { symbols, starts, rows, numberOf, syms, days, instants: both, rowOf };
}

/** Columns of files one after another; that of one file is itself. */
function joined<Column extends Int32Array | Float64Array>(
  parts: readonly Column[],
  make: () => Column,
): Column {
  if (parts.length === 1) return parts[0]!;
  const into = make();
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}

function inOrderOf(rows: Int32Array, column: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]!]!;
  return out;
}

const columnNames = [...prices, 'adjusted', 'volume'] as const;
type Columns = Readonly<Record<(typeof columnNames)[number], Float64Array<ArrayBuffer>>>;

/** The columns of all files in the order of the rows; what the files' own held is given back. */
function gathered(read: Read[], rows: Int32Array | null, total: number): Columns {
  const columns: Partial<Record<(typeof columnNames)[number], Float64Array<ArrayBuffer>>> = {};
  const sameAdjusted = read.every(({ column }) => column('adjusted') === column('close'));
  for (const name of columnNames) {
    const own = read.map(({ column }) => column(name) ?? null);
    columns[name] =
      name === 'adjusted' && sameAdjusted
        ? columns.close!
        : read.length === 1 && rows === null && own[0] != null
          ? own[0].subarray(0, total)
          : inPlace(own, read, rows, total);
  }
  for (const { release } of read) release();
  return columns as Columns;
}

/** A file without the column has none of its values: NaN. */
function inPlace(
  own: readonly (Float64Array | null)[],
  read: readonly Read[],
  rows: Int32Array | null,
  total: number,
): Float64Array<ArrayBuffer> {
  const all = new Float64Array(total);
  for (const [i, { file }] of read.entries()) {
    const [from, to] = [file.firstRow - firstPlainRow, file.firstRow - firstPlainRow + file.rows];
    const column = own[i];
    if (column == null) all.fill(NaN, from, to);
    else all.set(column.subarray(0, file.rows), from);
  }
  return rows === null ? all : inOrderOf(rows, all);
}

/** Rows of large datasets that cross to the engine at once: each stands in memory three times on its way. */
const crossing = 1 << 17;

/** Writes next_bars as the careful path does. */
async function put(
  engine: Engine,
  columns: Columns,
  order: Order,
  rowsAtOnce: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const total = order.syms.length;
  const step = total <= 4 * rowsAtOnce ? total : rowsAtOnce;
  for (let from = 0; from < total; from += step) {
    const to = Math.min(from + step, total);
    // Arrow writes a column once that stands for two: the second is a copy.
    const crossed = new Set<ArrayBuffer>();
    const some = (name: (typeof columnNames)[number]) => {
      const part = columns[name].subarray(from, to);
      if (crossed.has(part.buffer)) return part.slice();
      crossed.add(part.buffer);
      return part;
    };
    // Nothing where it is the close.
    const adjusted =
      columns.adjusted === columns.close
        ? makeVector(makeData({ type: new Null(), length: to - from }))
        : some('adjusted');
    stopIfAborted(signal);
    (from === 0 ? putTable : putAfter)(engine, 'next_bars', {
      row: numbersBetween(order, from, to),
      sym: order.syms.subarray(from, to),
      day: order.days.subarray(from, to),
      ...(order.instants !== null && {
        opens: int64s(order.instants.opens.subarray(from, to)),
        known: int64s(order.instants.known.subarray(from, to)),
      }),
      open: some('open'),
      high: some('high'),
      low: some('low'),
      close: some('close'),
      adjusted,
      volume: withNulls(some('volume')),
    });
    if (to < total) await nextMessage();
  }
}

function numbersBetween({ numberOf }: Order, from: number, to: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(to - from);
  for (let i = from; i < to; i++) numbers[i - from] = numberOf(i);
  return numbers;
}

/** NaN is null. */
function withNulls(data: Float64Array<ArrayBuffer>): Vector<Float64> {
  const nullBitmap = new Uint8Array((data.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < data.length; i++)
    if (Number.isNaN(data[i])) nullCount += 1;
    else nullBitmap[i >> 3]! |= 1 << (i & 7);
  return makeVector(
    makeData({ type: new Float64(), length: data.length, nullCount, nullBitmap, data }),
  );
}
