import type { Zone } from '../../../../src/domain/time/zones.ts';
import type { RowOrder } from './order.ts';

const aDay = 86_400;

/** A row whose clock time is no instant. */
export interface ClockFault {
  readonly row: number;
  readonly why: 'skipped' | 'twice';
}

/**
 * The instants of clock times in a zone. In the hour that comes twice the order of the file decides, where the bars of its
 * symbol rise or fall throughout: its first pass is the first hour. `order` is that of the clock times.
 */
export function instantsIn(
  zone: Zone,
  clocks: Float64Array,
  symbol: Int32Array,
  { starts }: RowOrder,
): Float64Array<ArrayBuffer> | ClockFault {
  const instants = new Float64Array(clocks.length);
  const offsets = offsetsByDay(zone);
  const unclear: number[] = [];
  for (let row = 0; row < clocks.length; row++) {
    const offset = offsets(clocks[row]!);
    if (!Number.isNaN(offset)) {
      instants[row] = clocks[row]! - offset;
      continue;
    }
    const found = zone.instantsOf(clocks[row]!);
    if (found.length === 0) return { row, why: 'skipped' };
    instants[row] = found[0]!;
    if (found.length > 1) unclear.push(row);
  }
  const fault =
    unclear.length === 0 ? null : settle(zone, clocks, symbol, starts, unclear, instants);
  return fault ?? instants;
}

/** The offset of a clock time whose day has one; NaN on days on which clocks change. */
function offsetsByDay(zone: Zone): (clock: number) => number {
  const known = new Map<number, number>();
  let [from, offset] = [NaN, NaN];
  return (clock) => {
    if (clock >= from && clock < from + aDay) return offset;
    const day = Math.floor(clock / aDay);
    from = day * aDay;
    const found = known.get(day) ?? offsetOn(zone, from);
    known.set(day, found);
    return (offset = found);
  };
}

function offsetOn(zone: Zone, from: number): number {
  const [first, ...twice] = zone.instantsOf(from);
  const [last, ...again] = zone.instantsOf(from + aDay - 1);
  const isPlain = first !== undefined && last !== undefined && last - first === aDay - 1;
  return isPlain && twice.length + again.length === 0 ? from - first : NaN;
}

/** Chooses between two instants by the bar before in the file. */
function settle(
  zone: Zone,
  clocks: Float64Array,
  symbol: Int32Array,
  starts: Int32Array,
  unclear: readonly number[],
  instants: Float64Array,
): ClockFault | null {
  const own = new Map(
    unclear.map((row) => [symbol.length === 0 ? 0 : symbol[row]!, [] as number[]]),
  );
  for (let row = 0; row < clocks.length; row++)
    own.get(symbol.length === 0 ? 0 : symbol[row]!)?.push(row);
  const isUnclear = new Set(unclear);
  for (const [of, rows] of own) {
    const falls = starts[of + 1]! > starts[of]! && clocks[rows[0]!]! > clocks[rows.at(-1)!]!;
    if (falls) rows.reverse();
    let before = -Infinity;
    let isDisordered = false;
    let first = -1;
    for (const row of rows) {
      if (isUnclear.has(row)) {
        if (first < 0) first = row;
        const next = zone.instantsOf(clocks[row]!).find((one) => one > before);
        if (next === undefined) return { row, why: 'twice' };
        instants[row] = next;
      }
      if (instants[row]! < before) isDisordered = true;
      before = instants[row]!;
    }
    if (isDisordered && first >= 0) return { row: first, why: 'twice' };
  }
  return null;
}
