import {
  type Data,
  DataType,
  DateUnit,
  Precision,
  TimeUnit,
  type Timestamp,
  type Vector,
} from 'apache-arrow';
import { dayFromIso, isoFromDay } from '../../../src/domain/calendar.ts';
import { local, timeIn } from './time/stamps.ts';
import { clockOf, isUtcZone } from './zoned-texts.ts';

/** Rows of a column as the fast path wants them, and a row's text as the careful path has it. */
interface Typed<T> {
  readonly values: T;
  readonly textOf: (row: number) => string;
}

/** Numbers that print the same everywhere; others are for the careful path. */
const isOrdinary = (value: number): boolean => value === 0 || (value >= 1e-4 && value < 1e15);

/** A column of numbers; NaN where one is missing. Null where it holds anything else. */
export function numbersOf(vector: Vector): Typed<Float64Array<ArrayBuffer>> | null {
  const type = vector.type as DataType;
  const isFloat = DataType.isFloat(type) && type.precision !== Precision.HALF;
  if (!isFloat && !DataType.isInt(type)) return null;
  const values = new Float64Array(vector.length);
  let at = 0;
  for (const data of vector.data as readonly Data[]) {
    const own = data.values as Float64Array | Int32Array | BigInt64Array;
    if (own instanceof Float64Array) values.set(own.subarray(0, data.length), at);
    else for (let i = 0; i < data.length; i++) values[at + i] = Number(own[i]);
    if (data.nullCount > 0)
      for (let i = 0; i < data.length; i++) if (!data.getValid(i)) values[at + i] = NaN;
    at += data.length;
  }
  for (let i = 0; i < at; i++) if (!Number.isNaN(values[i]) && !isOrdinary(values[i]!)) return null;
  // DuckDB prints the point of a DOUBLE always.
  const textOf = (row: number): string => {
    const value = values[row]!;
    if (Number.isNaN(value)) return '';
    return isFloat && Number.isInteger(value) ? `${value}.0` : String(value);
  };
  return { values, textOf };
}

const perSecond: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1_000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};
const [firstDay, lastDay] = [dayFromIso('1800-01-01'), dayFromIso('2199-12-31')];
const isDay = (day: number): boolean => day >= firstDay && day <= lastDay;

/** Dates of a column, and their times. */
interface Dated extends Typed<Int32Array<ArrayBuffer>> {
  /** See FileStamps. */
  readonly clock: Int32Array<ArrayBuffer> | null;
  readonly offset: Int32Array<ArrayBuffer> | null;
}

/** A column of dates, instants of whole seconds, or their texts. Null where it holds anything else. */
export function daysOf(vector: Vector): Dated | null {
  const type = vector.type as DataType;
  if (vector.nullCount > 0) return null;
  if (isText(type)) return daysOfTexts(vector);
  if (DataType.isTimestamp(type)) return daysOfInstants(vector, type);
  if (!DataType.isDate(type) || type.unit !== DateUnit.DAY) return null;
  const values = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data as readonly Data[]) {
    values.set((data.values as Int32Array).subarray(0, data.length), at);
    at += data.length;
  }
  if (!values.every(isDay)) return null;
  return { values, clock: null, offset: null, textOf: (row) => isoFromDay(values[row]!) };
}

/** Instants with a zone are in UTC, and shown there. */
function daysOfInstants(vector: Vector, { unit, timezone }: Timestamp): Dated | null {
  const size = perSecond[unit];
  const isUtc = timezone != null;
  if (isUtc && !isUtcZone(timezone)) return null;
  const values = new Int32Array(vector.length);
  const clock = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data as readonly Data[]) {
    const own = data.values as BigInt64Array;
    for (let i = 0; i < data.length; i++) {
      const value = own[i]!;
      if (size !== 1n && value % size !== 0n) return null;
      const seconds = Number(size === 1n ? value : value / size);
      const day = Math.floor(seconds / 86_400);
      if (!isDay(day)) return null;
      values[at] = day;
      clock[at] = seconds - day * 86_400;
      at += 1;
    }
  }
  const zone = isUtc ? '+00' : '';
  return {
    values,
    clock,
    offset: isUtc ? new Int32Array(vector.length) : null,
    textOf: (row) => `${isoFromDay(values[row]!)} ${clockOf(clock[row]!)}${zone}`,
  };
}

const dateAndTime = /^(\d{4}-\d{2}-\d{2})([T ].+)?$/;

function daysOfTexts(vector: Vector): Dated | null {
  const found = textsOf(vector);
  const times = found.names.map(timeIn);
  const isTimed = times.some((time) => time !== null);
  if (times.some((time) => time === undefined || (isTimed && time === null))) return null;
  const days = found.names.map((text, i) => {
    const [, iso, time] = dateAndTime.exec(text) ?? [];
    if (iso === undefined || (time !== undefined && times[i] === null)) return NaN;
    try {
      return dayFromIso(iso);
    } catch {
      return NaN; // The 30th of February.
    }
  });
  if (!days.every(isDay)) return null;
  const isZoned = times.some((time) => time != null && time.offset !== local);
  const of = (value: (number: number) => number): Int32Array<ArrayBuffer> =>
    found.values.map(value);
  return {
    values: of((number) => days[number]!),
    clock: isTimed ? of((number) => times[number]!.clock) : null,
    offset: isZoned ? of((number) => times[number]!.offset) : null,
    textOf: (row) => found.names[found.values[row]!]!,
  };
}

const isText = (type: DataType): boolean =>
  DataType.isUtf8(type) ||
  DataType.isLargeUtf8(type) ||
  (DataType.isDictionary(type) && isText(type.dictionary as DataType));

/** A column of texts as numbers of its distinct ones, in order of appearance; null where one is missing. */
export function namesOf(
  vector: Vector,
): (Typed<Int32Array<ArrayBuffer>> & { readonly names: readonly string[] }) | null {
  if (vector.nullCount > 0 || !isText(vector.type as DataType)) return null;
  const { names, values } = textsOf(vector);
  return { names, values, textOf: (row) => names[values[row]!]! };
}

const decoder = new TextDecoder();

function textsOf(vector: Vector): { names: string[]; values: Int32Array<ArrayBuffer> } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, names.length);
    return names.push(text) - 1;
  };
  const values = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data as readonly Data[]) {
    const { dictionary, length } = data;
    if (dictionary === undefined) {
      const bytes = data.values as Uint8Array;
      const ends = data.valueOffsets as Int32Array | BigInt64Array;
      // Most rows have the text of the row before.
      let [before, start, size, number] = [0, Number(ends[0]), -1, 0];
      for (let i = 0; i < length; i++) {
        const end = Number(ends[i + 1]);
        let same = end - start === size;
        for (let k = 0; same && k < size; k++) same = bytes[before + k] === bytes[start + k];
        if (!same) number = numberOf(decoder.decode(bytes.subarray(start, end)));
        values[at++] = number;
        before = start;
        size = end - start;
        start = end;
      }
      continue;
    }
    const places = data.values as Int32Array | BigInt64Array;
    const own = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      const place = Number(places[i]);
      let number = own.get(place);
      if (number === undefined)
        own.set(place, (number = numberOf(dictionary.get(place) as string)));
      values[at++] = number;
    }
  }
  return { names, values };
}
