import { type ExchangeCode, exchangeOf } from '../../../../src/domain/exchanges/exchanges.ts';
import {
  type SessionColumns,
  calendarSpan,
  sessionColumns,
} from '../../../../src/domain/exchanges/sessions.ts';
import { type Zone, zoneOf } from '../../../../src/domain/time/zones.ts';
import type { Day } from '../../../../src/domain/units.ts';

export const aDay = 86_400;

/** The sessions of an exchange from a day to a day and some more; what lies beyond its calendar is left out. */
export function sessionsAround(
  exchange: ExchangeCode,
  from: Day,
  to: Day,
  more: number,
): SessionColumns {
  const span = calendarSpan(exchange);
  const within = (day: Day): Day => Math.min(Math.max(day, span.from), span.until);
  return sessionColumns(exchange, within(from - more), within(to + more));
}

export function endsOf(values: Float64Array | Int32Array): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  return [least, most];
}

/**
 * Where bars stand in the sessions of an exchange: `place` one after another, in rising order, and read what it is then. One
 * object serves millions of bars.
 */
export class Hours {
  /** Of the bar that was placed: when it begins and ends, and its session. */
  open = 0;
  close = 0;
  day = 0;
  /** There is no session on its day, or it lies in a break. */
  isClosed = false;
  /** Its stamp is that of an opening; of the end of trading, after which a bar is one of the hours beyond. */
  isOpening = false;
  isEnding = false;
  readonly #columns: SessionColumns;
  readonly #zone: Zone;
  #row = -1;

  constructor(exchange: ExchangeCode, at: Float64Array) {
    const [first, last] = endsOf(at);
    this.#columns = sessionsAround(exchange, Math.floor(first / aDay), Math.floor(last / aDay), 10);
    this.#zone = zoneOf(exchangeOf(exchange).zone);
  }

  /** Before the bars of another symbol. */
  rewind(): void {
    this.#row = -1;
  }

  /** A bar of a length, in seconds, that begins at an instant; or ends there, where `isEnd` says so. */
  place(instant: number, length: number, isEnd: boolean): void {
    const { open, close } = this.#columns;
    const begins = isEnd ? instant - length : instant;
    const inside = isEnd ? instant - 1 : instant;
    while (open[this.#row + 1]! <= inside) this.#row += 1;
    const row = this.#row;
    const ends = begins + length;
    this.isOpening = row >= 0 && instant === open[row];
    this.isEnding = !isEnd && row >= 0 && instant === close[row];
    if (row < 0 || Math.min(inside, Math.max(begins, open[row]!)) >= close[row]!)
      this.#placeOutside(inside, begins, ends);
    else this.#placeInside(row, begins, ends);
  }

  #placeInside(row: number, begins: number, ends: number): void {
    const { open, close, breakStart, breakEnd } = this.#columns;
    this.day = this.#columns.day[row]!;
    this.open = Math.max(begins, open[row]!);
    this.close = Math.min(ends, close[row]!);
    // Comparisons with NaN, where there is no break, are false.
    this.isClosed = begins >= breakStart[row]! && ends <= breakEnd[row]!;
    if (this.isClosed) return;
    if (this.close > breakStart[row]! && this.close <= breakEnd[row]!)
      this.close = breakStart[row]!;
    if (this.open >= breakStart[row]! && this.open < breakEnd[row]!) this.open = breakEnd[row]!;
  }

  /** Before and after the hours of the exchange a bar belongs to its date there. */
  #placeOutside(inside: number, begins: number, ends: number): void {
    const { day } = this.#columns;
    this.open = begins;
    this.close = ends;
    this.day = Math.floor((inside + this.#zone.offsetAt(inside)) / aDay);
    this.isClosed = day[this.#row] !== this.day && day[this.#row + 1] !== this.day;
  }

  /** Whether trading begins or ends at an instant near the bar that was placed: bars beside it may be shorter. */
  isEdge(instant: number): boolean {
    const { open, close, breakStart, breakEnd } = this.#columns;
    for (let row = Math.max(this.#row - 1, 0); row <= this.#row + 1; row++)
      for (const edges of [open, close, breakStart, breakEnd])
        if (edges[row] === instant) return true;
    return false;
  }
}
