import type { ExchangeCode } from '../../../../src/domain/exchanges/exchanges.ts';
import type { Stamp } from '../../../../src/domain/reading.ts';
import type { Zone } from '../../../../src/domain/time/zones.ts';
import { Hours, aDay } from './hours.ts';
import { longerFrom } from './length.ts';
import type { RowOrder } from './order.ts';

/** When bars are, by rows of their file. */
export interface TimedRows {
  readonly opens: Float64Array<ArrayBuffer>;
  readonly known: Float64Array<ArrayBuffer>;
  /** The session that each belongs to. */
  readonly day: Int32Array<ArrayBuffer>;
  /** Bars on days without a session, or in a break: their rows. */
  readonly closed: readonly number[];
  /** Sessions with a stamp at their close, and those of them with none at their open: stamps are ends, it seems. */
  readonly ended: number;
  readonly unopened: number;
}

/** A bar of another length. */
export interface LengthFault {
  readonly row: number;
  readonly why: 'other length';
  /** Seconds from the bar before. */
  readonly gap: number;
}

export interface Stamped {
  /** The instants that stamp the bars. */
  readonly at: Float64Array;
  readonly order: RowOrder;
  /** Seconds. */
  readonly length: number;
  readonly stamp: Stamp;
  /** Null where a session is a UTC day. */
  readonly exchange: ExchangeCode | null;
  /** On whose clocks bars may be as far apart as they are long. */
  readonly zone: Zone;
}

/** Bars shorter than a day by their stamps: a bar ends before the next one begins, and with its session. */
export function barsAt(stamped: Stamped): TimedRows | LengthFault {
  const { at, order, length, stamp, exchange, zone } = stamped;
  const isEnd = stamp === 'end';
  const opens = new Float64Array(at.length);
  const known = new Float64Array(at.length);
  const day = new Int32Array(at.length);
  const closed: number[] = [];
  const hours = exchange === null ? null : new Hours(exchange, at);
  const fits = (gap: number, from: number, to: number): boolean => {
    if (gap % length === 0) return true;
    const clocks = gap + zone.offsetAt(to) - zone.offsetAt(from);
    if (clocks > 0 && clocks % length === 0) return true;
    return hours !== null && (hours.isEdge(to) || hours.isEdge(from));
  };
  let [ended, unopened] = [0, 0];
  for (let s = 0; s + 1 < order.starts.length; s++) {
    const [from, to] = [order.starts[s]!, order.starts[s + 1]!];
    hours?.rewind();
    let before = -1;
    let hasOpening = false;
    for (let i = from; i < to; i++) {
      const row = order.rows === null ? i : order.rows[i]!;
      const instant = at[row]!;
      opens[row] = isEnd ? instant - length : instant;
      known[row] = opens[row] + length;
      if (hours === null) day[row] = Math.floor((isEnd ? instant - 1 : instant) / aDay);
      else {
        hours.place(instant, length, isEnd);
        opens[row] = hours.open;
        known[row] = hours.close;
        day[row] = hours.day;
        if (hours.isClosed) closed.push(row);
        const isSame = before >= 0 && day[before] === hours.day;
        hasOpening = (isSame && hasOpening) || hours.isOpening;
        if (hours.isEnding) ended += 1;
        if (hours.isEnding && isSame && !hasOpening) unopened += 1;
      }
      const gap = before < 0 ? 0 : instant - at[before]!;
      if (gap > 0) {
        const isNext = gap > length && day[row] !== day[before];
        if (!isNext && !fits(gap, at[before]!, instant)) return { row, why: 'other length', gap };
        if (isEnd) opens[row] = Math.max(opens[row], at[before]!);
        // What the next bar follows upon at once lasted so long, whatever the hours say.
        if (gap === length) known[before] = isEnd ? at[before]! : instant;
        if (known[before]! > opens[row]) known[before] = opens[row]!;
      }
      before = row;
    }
    const longer = longerFrom(length, instantsOf(at, order, from, to));
    if (longer >= 0) {
      const rowAt = (i: number): number => (order.rows === null ? i : order.rows[i]!);
      const row = rowAt(from + longer);
      return { row, why: 'other length', gap: at[row]! - at[rowAt(from + longer - 1)]! };
    }
  }
  return { opens, known, day, closed, ended, unopened };
}

const instantsOf = (
  at: Float64Array,
  { rows }: RowOrder,
  from: number,
  to: number,
): Float64Array =>
  rows === null
    ? at.subarray(from, to)
    : Float64Array.from(rows.subarray(from, to), (row) => at[row]!);
