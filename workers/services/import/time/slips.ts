import type { ExchangeCode } from '../../../../src/domain/exchanges/exchanges.ts';
import { placeAmong } from '../../../../src/domain/rising.ts';
import type { Day } from '../../../../src/domain/units.ts';
import { endsOf, sessionsAround } from './hours.ts';
import type { RowOrder } from './order.ts';

/**
 * Sessions whose bars lie an hour off, as where a source missed a change of clocks, or made it on another region's date.
 */

const HOUR = 3600;
/** From so many sessions on, right and wrong ones, a slip is told: a single one may have opened late. */
const fewest = 3;
/** Markets that rest for less than this between sessions have no edges to be told by. */
const leastRest = 4 * HOUR;
/** Seconds by which the first bar may miss the open, and the last the close. */
const most = 900;

/** Sessions of a symbol, one after another, that lie alike: −1 an hour early, 0 where they should, 1 an hour late. */
export interface Run {
  readonly symbol: string;
  readonly hours: number;
  readonly from: Day;
  readonly to: Day;
  readonly sessions: number;
  /** Of its file, the first bar. */
  readonly row: number;
}

/** The bars of a file. */
interface Stamped {
  /** When they begin, were their stamps right. */
  readonly begins: (row: number) => number;
  readonly day: Int32Array;
  readonly order: RowOrder;
  readonly symbols: readonly string[];
  /** Seconds. */
  readonly length: number;
  readonly exchange: ExchangeCode;
}

/** Where a session's bars begin and end against the calendar, seconds. */
interface Edges {
  readonly day: Day;
  readonly row: number;
  readonly first: number;
  readonly last: number;
  readonly isHalfDay: boolean;
}

/**
 * How the sessions of each symbol lie, by the calendar's hours; where bars of other hours are among them, by the hours
 * that most of its sessions have. Sessions that begin or end otherwise say nothing. Bars longer than an hour are none.
 */
export function runsOf(stamped: Stamped): Run[] {
  const { day, order, symbols, length, exchange } = stamped;
  if (length > HOUR || day.length === 0) return [];
  const [from, to] = endsOf(day);
  const calendar = sessionsAround(exchange, from, to, 0);
  const rests = calendar.open.subarray(1).map((open, i) => open - calendar.close[i]!);
  if (rests.length === 0 || median(rests) < leastRest) return [];
  return symbols.flatMap((symbol, s) => {
    const edges = edgesOf(stamped, calendar, order.starts[s]!, order.starts[s + 1]!);
    const byCalendar = edges.map((one) => hoursOff(one, [0, 0], length));
    const isRegular = 2 * byCalendar.filter((hours) => hours !== null).length >= edges.length;
    const usual = isRegular ? null : usualEdges(edges);
    if (!isRegular && usual === null) return [];
    const byUsual = (one: Edges): number | null =>
      usual === null || one.isHalfDay ? null : hoursOff(one, usual, length);
    return joined(
      edges.flatMap((one, i) => {
        const hours = isRegular ? byCalendar[i]! : byUsual(one);
        if (hours === null) return [];
        return [{ symbol, hours, from: one.day, to: one.day, sessions: 1, row: one.row }];
      }),
    );
  });
}

function edgesOf(
  { begins, day, order: { rows }, length }: Stamped,
  calendar: ReturnType<typeof sessionsAround>,
  start: number,
  end: number,
): Edges[] {
  const rowAt = (i: number): number => (rows === null ? i : rows[i]!);
  const usualLength = median(calendar.open.map((open, at) => calendar.close[at]! - open));
  const edges: Edges[] = [];
  for (let i = start, next = i; i < end; i = next) {
    const date = day[rowAt(i)]!;
    while (next < end && day[rowAt(next)] === date) next++;
    const at = placeAmong(calendar.day, date);
    if (at < 0) continue;
    const [open, close] = [calendar.open[at]!, calendar.close[at]!];
    edges.push({
      day: date,
      row: rowAt(i),
      first: begins(rowAt(i)) - open,
      last: begins(rowAt(next - 1)) + length - close,
      isHalfDay: close - open < usualLength,
    });
  }
  return edges;
}

/** By how many hours both ends of a session lie off; null where they do not agree. */
function hoursOff(
  { first, last }: Edges,
  [begin, end]: readonly [number, number],
  length: number,
): number | null {
  const outside = Math.max(length - 1, most);
  const inside = Math.min(most, HOUR - length);
  for (const hours of [0, -1, 1]) {
    const early = first - begin - hours * HOUR;
    const late = last - end - hours * HOUR;
    if (early >= -outside && early <= inside && late <= outside && late >= -inside) return hours;
  }
  return null;
}

/** Where most sessions begin and end; null where no place has half of them. */
function usualEdges(edges: readonly Edges[]): readonly [number, number] | null {
  const first = median(edges.map((one) => one.first));
  const last = median(edges.map((one) => one.last));
  const alike = edges.filter((one) => one.first === first && one.last === last);
  return 2 * alike.length >= edges.length ? [first, last] : null;
}

const median = (values: ArrayLike<number>): number =>
  Float64Array.from(values).sort()[values.length >> 1]!;

/** Runs that follow upon each other as one, where they lie alike. */
function joined(runs: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const run of runs) {
    const before = found.at(-1);
    if (before?.symbol === run.symbol && before.hours === run.hours)
      found[found.length - 1] = {
        ...before,
        to: run.to,
        sessions: before.sessions + run.sessions,
      };
    else found.push(run);
  }
  return found;
}

/** The runs of symbols, from all files, that lie an hour off where others of the symbol do not. */
export function slipsIn(runs: readonly Run[]): Run[] {
  const inOrder = [...runs].sort((a, b) =>
    a.symbol === b.symbol ? a.from - b.from : a.symbol < b.symbol ? -1 : 1,
  );
  const all = joined(inOrder);
  const right = new Map<string, number>();
  for (const { symbol, hours, sessions } of all)
    if (hours === 0) right.set(symbol, (right.get(symbol) ?? 0) + sessions);
  return all.filter(
    ({ symbol, hours, sessions }) =>
      hours !== 0 && sessions >= fewest && (right.get(symbol) ?? 0) >= fewest,
  );
}
