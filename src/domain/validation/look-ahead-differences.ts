import { type Market, type Signals, rowsOf } from '../market.ts';
import type { Equity, Simulation } from '../run.ts';
import { known } from '../known.ts';
import type { ExecutionSettings } from '../study/schema.ts';
import { type Fill, fillsUntil } from './look-ahead-fills.ts';
import type { Culprit, Difference } from './look-ahead.ts';
import type { Moment } from './look-ahead-replays.ts';

/** A world as it was played: its bars, what the strategy said, and what became of it. */
export interface Played {
  readonly market: Market;
  readonly signals: Signals;
  readonly simulation: Simulation;
}

/** How far the past goes that two worlds share: of bars, days, or instants where bars have them. */
export interface Past extends Pick<Moment, 'closed'> {
  /** Opens of bars that are not over; −Infinity where they are not compared. */
  readonly opened: number;
  /** Whether the curve can be compared. */
  readonly curve: boolean;
}

const signalColumns = [
  'side',
  'exit',
  'score',
  'atr',
  'sizeFactor',
  'halfSpread',
  'weight',
  'rebalance',
] as const;
const curveColumns = ['equity', 'cash', 'gross', 'net', 'positions'] as const;

/** The earliest difference in the past that two worlds share; of one time, signals come before fills, fills before the curve. */
export function firstDifference(
  whole: Played,
  replay: Played,
  past: Past,
  execution: ExecutionSettings,
): Difference | null {
  const { closed, curve } = past;
  const found = [
    signalDifference(whole, replay, closed),
    fillDifference(
      fillsUntil(past, whole.market, whole.simulation, execution),
      fillsUntil(past, replay.market, replay.simulation, execution),
      whole.market,
    ),
    curve ? curveDifference(whole.simulation.equity, replay.simulation.equity, closed) : null,
  ];
  let first: Difference | null = null;
  for (const one of found)
    if (one !== null && (first === null || timeOf(one) < timeOf(first))) first = one;
  return first;
}

/** When something was known: the instant, or the day where bars have none. */
const timeOf = ({ day, at }: Pick<Difference, 'day' | 'at'>): number => at ?? day;

/** Equal numbers: no value equals no value, and −0 is 0, as in digests. */
const same = (a: number | string, b: number | string): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b));

interface ColumnDifference<T> extends Pick<Difference, 'day' | 'at'> {
  readonly name: T;
  readonly symbol: string;
  readonly whole: number;
  readonly replay: number;
}

/** The earliest row that is known by `closed` where one of these columns differs; rows of both stand beside their market's. */
function columnDifference<T extends string>(
  names: readonly T[],
  whole: { readonly market: Market; readonly of: (name: T) => ArrayLike<number> | null },
  replay: { readonly market: Market; readonly of: (name: T) => ArrayLike<number> | null },
  closed: number,
): ColumnDifference<T> | null {
  let first: ColumnDifference<T> | null = null;
  const { clock, day } = whole.market;
  for (let s = 0; s < whole.market.symbols.length; s++) {
    const [from, end] = rowsOf(whole.market, s);
    const shift = rowsOf(replay.market, s)[0] - from;
    for (let row = from; row < end; row++) {
      const time: number = clock?.known[row] ?? day[row]!;
      if (time > closed || (first !== null && time >= timeOf(first))) break;
      for (const name of names) {
        const a = whole.of(name)?.[row] ?? Number.NaN;
        const b = replay.of(name)?.[row + shift] ?? Number.NaN;
        if (same(a, b)) continue;
        first = {
          name,
          day: day[row]!,
          ...(clock && { at: time }),
          symbol: whole.market.symbols[s]!,
          whole: a,
          replay: b,
        };
        break;
      }
    }
  }
  return first;
}

function signalDifference(whole: Played, replay: Played, closed: number): Difference | null {
  const of = ({ market, signals }: Played) => ({
    market,
    of: (name: (typeof signalColumns)[number]) => signals[name] ?? null,
  });
  const found = columnDifference(signalColumns, of(whole), of(replay), closed);
  return (
    found && {
      day: found.day,
      ...(found.at !== undefined && { at: found.at }),
      symbol: found.symbol,
      kind: 'signal',
      column: found.name,
      whole: known(found.whole),
      replay: known(found.replay),
    }
  );
}

/** A strategy's own columns in one world, beside its market's rows; NaN where there is no value. */
export interface OwnColumns {
  readonly market: Market;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** The earliest of a strategy's own columns to change, known by `closed`; of one bar, the one named first. */
export function culpritOf(whole: OwnColumns, replay: OwnColumns, closed: number): Culprit | null {
  const of = ({ market, columns }: OwnColumns) => ({
    market,
    of: (name: string) => columns[name] ?? null,
  });
  const found = columnDifference(Object.keys(whole.columns), of(whole), of(replay), closed);
  return (
    found && {
      column: found.name,
      day: found.day,
      ...(found.at !== undefined && { at: found.at }),
      ...(found.at !== undefined && { at: found.at }),
      symbol: found.symbol,
      whole: known(found.whole),
      replay: known(found.replay),
    }
  );
}

function fillDifference(
  whole: readonly Fill[],
  replay: readonly Fill[],
  { symbols, clock }: Market,
): Difference | null {
  const keyOf = ({ symbol, signalAt, kind, nth = 0 }: Fill): string =>
    `${symbol} ${signalAt} ${kind} ${nth}`;
  const hasInstants = clock !== undefined;
  const others = new Map(replay.map((fill) => [keyOf(fill), fill]));
  let first: Difference | null = null;
  const take = (fill: Fill, rest: Pick<Difference, 'column' | 'whole' | 'replay'>): void => {
    if (first !== null && fill.at >= timeOf(first)) return;
    const { day, at } = fill;
    first = {
      day,
      ...(hasInstants && { at }),
      symbol: symbols[fill.symbol]!,
      kind: 'fill',
      ...rest,
    };
  };
  for (const fill of whole) {
    const other = others.get(keyOf(fill));
    others.delete(keyOf(fill));
    if (other === undefined) {
      take(fill, { column: fill.kind, whole: 'filled', replay: null });
      continue;
    }
    if (other.at !== fill.at)
      take(fill, { column: hasInstants ? 'known' : 'day', whole: fill.at, replay: other.at });
    for (const [column, value] of Object.entries(fill.values)) {
      const now = other.values[column]!;
      if (!same(value, now)) take(fill, { column, whole: known(value), replay: known(now) });
    }
  }
  for (const fill of others.values())
    take(fill, { column: fill.kind, whole: null, replay: 'filled' });
  return first;
}

function curveDifference(whole: Equity, replay: Equity, closed: number): Difference | null {
  const times: ArrayLike<number> = whole.known ?? whole.day;
  for (let i = 0; i < times.length && times[i]! <= closed; i++) {
    for (const column of curveColumns) {
      const a = whole[column][i]!;
      const b = replay[column][i] ?? Number.NaN;
      if (same(a, b)) continue;
      return {
        day: whole.day[i]!,
        ...(whole.known && { at: times[i]! }),
        symbol: null,
        kind: 'equity',
        column,
        whole: known(a),
        replay: known(b),
      };
    }
  }
  return null;
}
