import type { Market } from '../../../src/domain/market.ts';
import type { DateFormat, Delimiter } from '../../../src/domain/reading.ts';
import type { Day } from '../../../src/domain/units.ts';
import type { DateOrder } from '../../../src/wire/lab.ts';
import type { Engine } from '../../engines/engine.ts';
import { isUtf8 } from './encoding.ts';
import {
  type DateForm,
  countFormats,
  dateForms,
  firstYear,
  monthStarts,
  years,
} from './plain-dates.ts';
import { PlainTimes, pair } from './plain-times.ts';
import type { Timing } from './time/timing.ts';

const [TAB, LF, CR, SPACE, QUOTE, HASH] = [9, 10, 13, 32, 34, 35];
const [COMMA, POINT, ZERO] = [44, 46, 48];
const T = 84;

/** What a column of plain text holds. */
export type PlainKind = 'name' | 'date' | 'time' | 'price' | 'volume' | 'nothing';

export interface PlainShape {
  readonly delimiter: Delimiter;
  /** The kind of each column. */
  readonly kinds: readonly PlainKind[];
  /** Lines end with CRLF, not with LF. */
  readonly hasReturns: boolean;
  /** About so many rows; more take a copy of what there is. */
  readonly about: number;
}

/** Decimal fractions of up to so many digits are integers ÷ a power of ten, rounded once. */
const exactDigits = 15;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, k) => Number(`1e${k}`));

/** Bytes of a line beyond which the careful path refuses it. */
export const longestLine = 2_000_000;

/** Rows of plain text are numbered from here, those of import_cells from 0. */
export const firstPlainRow = 1 << 30;

/** What a file of plain bars says of itself: its rows stand in no table of cells. */
export interface PlainFile {
  /** The number of its first row. */
  readonly firstRow: number;
  readonly rows: number;
  readonly from: Day;
  readonly to: Day;
  readonly dateFormat: DateFormat;
  readonly decimal: '.' | ',';
  /** The names of its symbols. */
  readonly names: readonly string[];
  readonly lineOf: (record: number) => number;
  /** A record's cells, as the file has them. */
  readonly cellsOf: (record: number) => Promise<readonly string[]>;
  readonly dayOf: (record: number) => Day;
}

/** Bars that stand in no table of cells. */
export interface PlainRows {
  /** The symbols, whose places are their numbers. */
  readonly symbols: readonly string[];
  /** The row of a symbol's bar. */
  readonly rowOf: (sym: number, day: Day) => number;
  /** The bars as they are before prices are scaled to an adjusted close. */
  readonly market: Market;
  /** When they are; null where they are dated by days alone. */
  readonly timing: Timing | null;
  /** Writes next_bars, in (symbol, time) order. */
  readonly put: (engine: Engine) => Promise<void>;
  /** Writes next_quality, as quality.sql defines it. */
  readonly screen: (engine: Engine) => void;
}

/**
 * Reads rows of text that leave nothing to ask into typed columns, in one pass over the bytes: every cell a plain number, a
 * whole date or a name, each row as wide as the header. `false` from `take` says that a row is not of that kind; the text is
 * then for the careful path, which has an answer to all.
 */
export class PlainText {
  rows = 0;
  /** By number, in order of appearance. */
  readonly names: string[] = [];
  name: Int32Array<ArrayBuffer>;
  /** Of each column of prices or volumes; NaN where a volume is missing. */
  readonly values: (Float64Array<ArrayBuffer> | null)[];
  /** Numbers were written with a decimal point, or with a decimal comma, and one of the commas can be nothing else. */
  hasPoint = false;
  hasComma = false;
  isClearlyComma = false;
  /** Bytes from the first row to every `stride`th one. */
  readonly starts: number[] = [];
  #taken = 0;
  #most: number;
  #form: DateForm | null = null;
  #counts: (typeof countFormats)[number] | null = null;
  /** For each format that the form may be, the days so far; null once a date is none in it. */
  #days: (Int32Array<ArrayBuffer> | null)[] = [];
  readonly #numberOf = new Map<number, number[]>();
  readonly #nameBytes: Uint8Array[] = [];
  #last = -1;
  readonly #comma: number;
  readonly #times: PlainTimes;
  /** Times stand in a column of their own. */
  readonly #hasTimes: boolean;

  constructor(private readonly shape: PlainShape) {
    const { kinds, about, delimiter } = shape;
    this.#most = about;
    this.#times = new PlainTimes(about);
    this.#hasTimes = kinds.includes('time');
    this.name = new Int32Array(kinds.includes('name') ? about : 0);
    this.values = kinds.map((kind) =>
      kind === 'price' || kind === 'volume' ? new Float64Array(about) : null,
    );
    this.#comma = delimiter === ',' ? -1 : COMMA;
  }

  static readonly stride = 1024;

  /** See FileStamps. */
  get times(): Pick<PlainTimes, 'clock' | 'offset'> {
    return this.#times;
  }

  /** The days of all rows and their format, the one that is said or else fits alone, or in the order said; null where there is none. */
  dates(
    format: DateFormat | undefined,
    order: DateOrder | undefined,
  ): { days: Int32Array<ArrayBuffer>; format: DateFormat } | null {
    if (this.#counts !== null) {
      const [counted] = this.#counts;
      const days = this.#days[0]!;
      return format === undefined || format === counted ? { days, format: counted } : null;
    }
    const fitting = (this.#form?.formats ?? []).flatMap(([format], i) => {
      const days = this.#days[i];
      return days == null ? [] : [{ days, format }];
    });
    if (format !== undefined) return fitting.find((one) => one.format === format) ?? null;
    const [only, another] = fitting;
    if (another === undefined) return only ?? null;
    const first = order === 'day-first' ? 'D' : 'M';
    return order === undefined ? null : fitting.find((one) => one.format.startsWith(first))!;
  }

  /** Takes whole lines, each with its end. */
  take(bytes: Uint8Array): boolean {
    const { kinds, hasReturns } = this.shape;
    const delimiter = this.shape.delimiter.charCodeAt(0);
    const last = kinds.length - 1;
    const { values } = this;
    let at = 0;
    let { rows } = this;
    let isAscii = true;
    for (; at < bytes.length; rows++) {
      if (bytes[at] === HASH) return false;
      if (rows === this.#most) this.#grow();
      const line = at;
      if (rows % PlainText.stride === 0) this.starts.push(this.#taken + at);
      for (let column = 0; column <= last; column++) {
        const stop = column < last ? delimiter : hasReturns ? CR : LF;
        const isQuoted = bytes[at] === QUOTE;
        if (isQuoted) at += 1;
        const start = at;
        const end = isQuoted ? QUOTE : stop;
        const kind = kinds[column]!;
        switch (kind) {
          case 'price':
          case 'volume': {
            at = this.#number(bytes, at, end, values[column]!, rows);
            if (at === start ? kind === 'price' : at < 0) return false;
            break;
          }
          case 'date':
            at = this.#date(bytes, at, end, rows);
            if (at < 0) return false;
            break;
          case 'time':
            at = this.#times.read(bytes, at, rows);
            if (bytes[at] !== end) return false;
            break;
          default: {
            const before = this.#nameBytes[this.#last];
            // Most rows have the name of the row before.
            if (kind === 'name' && before !== undefined && isSame(before, bytes, at, end)) {
              at += before.length;
              this.name[rows] = this.#last;
              break;
            }
            for (let byte = bytes[at]!; byte !== end; byte = bytes[++at]!) {
              if (byte > 0x7e) isAscii = false;
              else if (byte < SPACE ? byte !== TAB || TAB === delimiter : byte === QUOTE)
                return false;
              else if (byte === delimiter && !isQuoted) return false;
            }
            if (kind === 'name') this.name[rows] = this.#named(bytes.subarray(start, at));
          }
        }
        if (isQuoted && bytes[++at] !== stop) return false;
        at += 1;
      }
      if (hasReturns && bytes[at++] !== LF) return false;
      if (at - line > longestLine) return false;
    }
    this.rows = rows;
    this.#taken += bytes.length;
    return isAscii || isUtf8(bytes);
  }

  #grow(): void {
    const most = Math.ceil(1.25 * this.#most) + 1024;
    const grown = <T extends Int32Array | Float64Array>(column: T, into: T): T => {
      into.set(column);
      return into;
    };
    if (this.name.length > 0) this.name = grown(this.name, new Int32Array(most));
    for (const [i, column] of this.values.entries())
      if (column !== null) this.values[i] = grown(column, new Float64Array(most));
    this.#days = this.#days.map((days) =>
      days === null ? null : grown(days, new Int32Array(most)),
    );
    this.#times.grow(most);
    this.#most = most;
  }

  /** Reads a number; where it ends, or −1 where it is none. An empty cell is NaN. */
  #number(bytes: Uint8Array, from: number, end: number, out: Float64Array, row: number): number {
    let at = from;
    let integer = 0;
    let mark = -1;
    for (; ; at++) {
      const byte = bytes[at]!;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) integer = integer * 10 + digit;
      else if (mark < 0 && (byte === POINT || byte === this.#comma)) mark = at;
      else break;
    }
    if (bytes[at] !== end) return -1;
    if (at === from) {
      out[row] = NaN;
      return at;
    }
    const decimals = mark < 0 ? 0 : at - mark - 1;
    if (mark >= 0) {
      if (mark === from || decimals === 0) return -1;
      if (bytes[mark] === POINT) this.hasPoint = true;
      else {
        this.hasComma = true;
        const whole = mark - from;
        if (decimals !== 3 || whole > 3 || (whole === 1 && bytes[from] === ZERO))
          this.isClearlyComma = true;
      }
    }
    const digits = at - from - (mark < 0 ? 0 : 1);
    const value =
      digits <= exactDigits
        ? integer / powersOfTen[decimals]!
        : Number(String.fromCharCode(...bytes.subarray(from, at)).replace(',', '.'));
    if (!Number.isFinite(value)) return -1;
    out[row] = value;
    return at;
  }

  /** Reads a date in every format that fits so far; where it ends, or −1 where none is left. */
  #date(bytes: Uint8Array, from: number, end: number, row: number): number {
    if (row === 0) this.#form = this.#formOf(bytes, from, end);
    if (this.#counts !== null) return this.#count(bytes, from, end, row);
    const form = this.#form;
    if (form === null) return -1;
    let at = from + form.length;
    if (bytes[at] !== end) {
      if ((bytes[at] !== SPACE && bytes[at] !== T) || this.#hasTimes) return -1;
      at = this.#times.read(bytes, at + 1, row);
      if (bytes[at] !== end) return -1;
    } else if (this.#times.clock !== null && !this.#hasTimes) return -1;
    for (const [place, byte] of form.marks) if (bytes[from + place] !== byte) return -1;
    let fits = false;
    for (let i = 0; i < form.formats.length; i++) {
      const days = this.#days[i];
      if (days == null) continue;
      const [, yearAt, monthAt, dayAt] = form.formats[i]!;
      const year = 100 * pair(bytes, from + yearAt) + pair(bytes, from + yearAt + 2) - firstYear;
      const month = pair(bytes, from + monthAt) - 1;
      const day = pair(bytes, from + dayAt) - 1;
      // What is no digit makes NaN, and comparisons with it are false.
      if (year >= 0 && year < years && month >= 0 && month < 12 && day >= 0) {
        const start = monthStarts[12 * year + month]!;
        days[row] = start + day;
        if (start + day < monthStarts[12 * year + month + 1]!) {
          fits = true;
          continue;
        }
      }
      this.#days[i] = null;
    }
    return fits ? at : -1;
  }

  /** Reads a count since 1970, whole seconds; where it ends, or −1 where it is none. */
  #count(bytes: Uint8Array, from: number, end: number, row: number): number {
    const [, digits, perSecond] = this.#counts!;
    let at = from;
    let count = 0;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
      count = count * 10 + digit;
    const seconds = count / perSecond;
    if (bytes[at] !== end || !digits.includes(at - from) || !Number.isInteger(seconds)) return -1;
    const day = Math.floor(seconds / 86_400);
    this.#days[0]![row] = day;
    this.#times.set(row, seconds - day * 86_400, 0);
    return at;
  }

  #formOf(bytes: Uint8Array, from: number, end: number): DateForm | null {
    const form = dateForms.find(({ marks, length }) => {
      const after = bytes[from + length]!;
      const isEnd = after === end || after === SPACE || after === T;
      return isEnd && marks.every(([at, byte]) => bytes[from + at] === byte);
    });
    if (form === undefined) {
      const digits = digitsAt(bytes, from);
      this.#counts =
        bytes[from + digits] === end
          ? (countFormats.find(([, lengths]) => lengths.includes(digits)) ?? null)
          : null;
      this.#days = [new Int32Array(this.#most)];
      return null;
    }
    this.#days = form.formats.map(() => new Int32Array(this.#most));
    return form;
  }

  /** The number of a name. */
  #named(bytes: Uint8Array): number {
    let hash = 0;
    for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
    const alike = this.#numberOf.get(hash);
    for (const number of alike ?? [])
      if (isSame(this.#nameBytes[number]!, bytes, 0)) return (this.#last = number);
    const number = this.names.length;
    if (alike === undefined) this.#numberOf.set(hash, [number]);
    else alike.push(number);
    const own = bytes.slice();
    this.#nameBytes.push(own);
    this.names.push(new TextDecoder().decode(own));
    return (this.#last = number);
  }
}

function digitsAt(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) at += 1;
  return at - from;
}

/** Whether a name stands at a place, and after it the end, or nothing more. */
function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end?: number): boolean {
  if (bytes[start + name.length] !== end) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}

/** First and last of some days. */
export function spanOfDays(days: Int32Array, rows: number): { from: Day; to: Day } {
  let [from, to] = [days[0]!, days[0]!];
  for (let row = 1; row < rows; row++) {
    if (days[row]! < from) from = days[row]!;
    if (days[row]! > to) to = days[row]!;
  }
  return { from: from, to: to };
}
