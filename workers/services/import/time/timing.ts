import { type ExchangeCode, exchangeOf } from '../../../../src/domain/exchanges/exchanges.ts';
import { guessExchange } from '../../../../src/domain/exchanges/guess.ts';
import { calendarSpan } from '../../../../src/domain/exchanges/sessions.ts';
import type { Stamp } from '../../../../src/domain/reading.ts';
import { isZone, zoneOf } from '../../../../src/domain/time/zones.ts';
import { type TimedRows, barsAt } from './bars.ts';
import { aDay, endsOf } from './hours.ts';
import { lengthOf } from './length.ts';
import { type RowOrder, orderOf } from './order.ts';
import { sessionBars } from './session-bars.ts';
import { type Run, runsOf, slipsIn } from './slips.ts';
import { type FileStamps, local } from './stamps.ts';
import { instantsIn } from './zoned.ts';

/** When the bars of a file are, and why that is so. */
export interface TimedFile extends TimedRows {
  /** Seconds; 86,400 where each is a session. */
  readonly seconds: number;
  readonly stamp: Stamp;
  readonly exchange: ExchangeCode | null;
  /** Where clocks show its local times, or else in which it is told. */
  readonly zone: string;
  /** Whether its times needed a zone. */
  readonly isLocal: boolean;
  /** Why the exchange was guessed; null where it was said, and where there is none. */
  readonly why: string | null;
  /** How the sessions of its symbols lie in the calendar's hours. */
  readonly runs: readonly Run[];
}

/** What keeps the bars from being timed, at a row of a file. */
export interface TimingFault {
  readonly file: number;
  readonly row: number;
  readonly fault: FaultKind;
}
export type FaultKind =
  | { readonly why: 'half' | 'skipped' | 'twice'; readonly zone: string }
  | { readonly why: 'no zone'; readonly stamps: FileStamps }
  | { readonly why: 'unknown zone'; readonly zone: string }
  | { readonly why: 'beyond'; readonly exchange: ExchangeCode }
  | { readonly why: 'other length'; readonly gap: number; readonly seconds: number }
  | {
      readonly why: 'other file';
      readonly seconds: number;
      readonly first: number;
      readonly firstSeconds: number;
      /** The files that are of this length. */
      readonly alike: readonly number[];
    }
  | {
      readonly why: 'other exchange';
      readonly symbol: string;
      readonly exchange: ExchangeCode | null;
      readonly first: number;
      readonly firstExchange: ExchangeCode | null;
    };

/** A file before its zone is known: instants, or what its clocks show as if they were of UTC. */
interface Measured {
  readonly stamps: FileStamps;
  readonly clocks: Float64Array;
  readonly order: RowOrder;
  /** Null where no symbol has two bars. */
  readonly length: number | null;
}

const hasTime = ({ clock }: FileStamps): boolean => clock?.some((one) => one !== 0) ?? false;
const isOnExchange = ({ reading: { exchange } }: FileStamps): boolean =>
  exchange !== undefined && exchange !== 'none';

/** Whether its bars are shorter than a day, or sessions of an exchange. */
const isTimed = ({ stamps, length }: Measured): boolean =>
  isOnExchange(stamps) || (length !== null && length < aDay);

/**
 * When the bars of files are; null where they are dated by days alone, as all are that have at most one bar a day and no
 * exchange. All files are of one length.
 */
export function timingOf(files: readonly FileStamps[]): readonly TimedFile[] | TimingFault | null {
  if (!files.some((one) => hasTime(one) || isOnExchange(one))) return null;
  const measured = files.map(measure);
  const first = measured.findIndex((one) => isTimed(one) && one.length !== null);
  if (first < 0 && !measured.some(isTimed)) return null;
  const seconds = measured[first]?.length ?? aDay;
  const timed: TimedFile[] = [];
  for (const [file, one] of measured.entries()) {
    const isAlike =
      one.length === null
        ? one.stamps.clock !== null || isOnExchange(one.stamps)
        : one.length === seconds;
    if (!isAlike || (seconds >= aDay && !isOnExchange(one.stamps))) {
      const other = { file, seconds: one.length ?? aDay };
      const reference = { file: Math.max(first, 0), seconds };
      // Of two lengths the shorter is told of: its bars may lie inside the others.
      const [told, held] =
        other.seconds > reference.seconds ? [reference, other] : [other, reference];
      const fault = {
        seconds: told.seconds,
        first: held.file,
        firstSeconds: held.seconds,
        alike: [...measured.keys()].filter((i) => measured[i]!.length === told.seconds),
      };
      return { file: told.file, row: 0, fault: { why: 'other file', ...fault } };
    }
    const found = timedFile(one, seconds);
    if ('fault' in found) return { ...found, file };
    timed.push(found);
  }
  return twoExchanges(measured, timed) ?? timed;
}

/** A symbol whose bars are of one exchange in one file, and of another in another. */
function twoExchanges(
  measured: readonly Measured[],
  timed: readonly TimedFile[],
): TimingFault | null {
  const known = new Map<string, number>();
  for (const [file, { stamps }] of measured.entries()) {
    const { exchange } = timed[file]!;
    for (const [s, symbol] of stamps.symbols.entries()) {
      const first = known.get(symbol) ?? file;
      known.set(symbol, first);
      const firstExchange = timed[first]!.exchange;
      if (firstExchange === exchange) continue;
      const row = Math.max(0, stamps.symbol.indexOf(s));
      return {
        file,
        row,
        fault: { why: 'other exchange', symbol, exchange, first, firstExchange },
      };
    }
  }
  return null;
}

function measure(stamps: FileStamps): Measured {
  const { day, clock, offset, symbols, symbol } = stamps;
  const clocks = new Float64Array(day.length);
  for (let row = 0; row < day.length; row++) {
    const east = offset === null || offset[row] === local ? 0 : offset[row]!;
    clocks[row] = day[row]! * aDay + (clock === null ? 0 : clock[row]!) - east;
  }
  const order = orderOf(symbols.length, symbol, clocks);
  return { stamps, clocks, order, length: lengthOf(clocks, order) };
}

type Fault = Omit<TimingFault, 'file'>;

function timedFile(one: Measured, seconds: number): TimedFile | Fault {
  const { reading, symbols, offset } = one.stamps;
  const stamp = reading.stamp ?? 'start';
  const isLocal = offset === null;
  const half =
    offset === null ? -1 : offset.findIndex((east) => (east === local) !== (offset[0] === local));
  if (half >= 0) return { row: half, fault: { why: 'half', zone: '' } };
  if (reading.zone !== undefined && !isZone(reading.zone))
    return { row: 0, fault: { why: 'unknown zone', zone: reading.zone } };
  const said = reading.exchange;
  const bySymbols = said === undefined ? guessExchange({ symbols }) : null;
  let exchange = said === 'none' ? null : (said ?? bySymbols?.exchange ?? null);
  let why = bySymbols?.why ?? null;
  const fact = { seconds, stamp, isLocal };
  if (seconds >= aDay) return timedSessions(one, { ...fact, exchange: exchange! });
  const zone =
    reading.zone ?? (one.stamps.isOfUtc ? 'UTC' : zoneOfPlace(exchange, said !== undefined));
  if (isLocal && zone === undefined)
    return { row: 0, fault: { why: 'no zone', stamps: one.stamps } };
  const placed = isLocal ? placedIn(one, zone!) : { at: one.clocks, order: one.order };
  if ('fault' in placed) return placed;
  if (said === undefined && exchange === null) {
    const guess = guessExchange({ symbols: [], opens: longest(placed, stamp, seconds) });
    exchange = guess?.exchange ?? null;
    why = guess?.why ?? null;
  }
  if (
    exchange !== null &&
    !reaches(
      exchange,
      endsOf(placed.at).map((at) => Math.floor(at / aDay)),
    )
  ) {
    if (said !== undefined)
      return { row: firstBeyond(exchange, placed.at), fault: { why: 'beyond', exchange } };
    [exchange, why] = [null, null];
  }
  const shown = exchange === null ? (zone ?? 'UTC') : exchangeOf(exchange).zone;
  const found = barsAt({ ...placed, length: seconds, stamp, exchange, zone: zoneOf(shown) });
  if ('why' in found) return { row: found.row, fault: { ...found, seconds } };
  const { at, order } = placed;
  const begins = (row: number): number => at[row]! - (stamp === 'end' ? seconds : 0);
  const stamped = { begins, day: found.day, order, symbols, length: seconds };
  const runs = exchange === null ? [] : runsOf({ ...stamped, exchange });
  return { ...found, ...fact, exchange, why, runs, zone: isLocal ? zone! : shown };
}

/** Currencies have no clock of their own: who guessed them knows no zone. */
const zoneOfPlace = (exchange: ExchangeCode | null, isSaid: boolean): string | undefined =>
  exchange === null || (exchange === 'FOREX' && !isSaid) ? undefined : exchangeOf(exchange).zone;

function placedIn(
  { clocks, order, stamps: { symbols, symbol } }: Measured,
  name: string,
): { at: Float64Array; order: RowOrder } | Fault {
  const at = instantsIn(zoneOf(name), clocks, symbol, order);
  if ('why' in at) return { row: at.row, fault: { why: at.why, zone: name } };
  return { at, order: orderOf(symbols.length, symbol, at) };
}

/** When the bars of the symbol that has most of them open. */
function longest(
  { at, order: { starts, rows } }: { at: Float64Array; order: RowOrder },
  stamp: Stamp,
  seconds: number,
): Float64Array {
  let most = 0;
  for (let s = 0; s + 1 < starts.length; s++)
    if (starts[s + 1]! - starts[s]! > starts[most + 1]! - starts[most]!) most = s;
  const [from, to] = [starts[most]!, starts[most + 1]!];
  const shift = stamp === 'start' ? 0 : seconds;
  return Float64Array.from(
    { length: to - from },
    (_, i) => at[rows === null ? from + i : rows[from + i]!]! - shift,
  );
}

const reaches = (exchange: ExchangeCode, days: readonly number[]): boolean => {
  const { from, until } = calendarSpan(exchange);
  return days.every((day) => day > from && day < until);
};

const firstBeyond = (exchange: ExchangeCode, at: Float64Array): number =>
  at.findIndex((instant) => !reaches(exchange, [Math.floor(instant / aDay)]));

/** Bars of sessions, by their dates; an instant in UTC that is no midnight has its date where the exchange is. */
function timedSessions(
  { stamps, clocks }: Measured,
  fact: { seconds: number; stamp: Stamp; isLocal: boolean; exchange: ExchangeCode },
): TimedFile | Fault {
  const { day, offset, symbols, symbol } = stamps;
  const { exchange, seconds, stamp } = fact;
  const zone = zoneOf(exchangeOf(exchange).zone);
  const dates =
    offset === null
      ? day
      : day.map((date, row) => {
          const at = clocks[row]!;
          return offset[row] !== 0 || at % aDay === 0
            ? date
            : Math.floor((at + zone.offsetAt(at)) / aDay);
        });
  const beyond = dates.findIndex((date) => !reaches(exchange, [date]));
  if (beyond >= 0) return { row: beyond, fault: { why: 'beyond', exchange } };
  const found = sessionBars(
    exchange,
    dates,
    orderOf(symbols.length, symbol, dates),
    seconds,
    stamp,
  );
  return { ...found, ...fact, zone: zone.name, why: null, runs: [] };
}

/** When the bars of a dataset are, by its files of bars. */
export interface Timing {
  /** By number of a file; files without bars have none. */
  readonly files: ReadonlyMap<number, TimedFile>;
  readonly symbols: ReadonlyMap<number, readonly string[]>;
  /** Bars while their exchange is closed, by their rows. */
  readonly closed: readonly { readonly symbol: string; readonly row: number }[];
  /** Sessions that lie an hour off, by the rows of their first bars. */
  readonly slips: readonly Run[];
}

/** The timing of files, from what is known of each. */
export function timingFrom(
  files: readonly {
    readonly number: number;
    readonly stamps: FileStamps;
    readonly timed: TimedFile;
    readonly rowOf: (row: number) => number;
  }[],
): Timing {
  return {
    files: new Map(files.map(({ number, timed }) => [number, timed])),
    symbols: new Map(files.map(({ number, stamps }) => [number, stamps.symbols])),
    closed: files.flatMap(({ stamps: { symbols, symbol }, timed, rowOf }) =>
      timed.closed.map((row) => ({
        symbol: symbols[symbol.length === 0 ? 0 : symbol[row]!]!,
        row: rowOf(row),
      })),
    ),
    slips: slipsIn(
      files.flatMap(({ timed, rowOf }) =>
        timed.runs.map((run) => ({ ...run, row: rowOf(run.row) })),
      ),
    ),
  };
}
