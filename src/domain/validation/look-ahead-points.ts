import { randomStream } from '../random.ts';
import type { Clock, Market } from '../market.ts';
import { firstFrom } from '../rising.ts';
import type { Days, Row } from '../units.ts';

/** How large a study is, as far as a replay's time goes. */
export interface Size {
  readonly bars: number;
  readonly symbols: number;
  readonly features: number;
  readonly sessions: number;
  /** Macro series are joined session by session. */
  readonly hasMacro: boolean;
}

/** Milliseconds that one audit may take in Node on two cores, about. */
const budget = 22_000;

/** Milliseconds of one replayed world, about; from runs of the bundled datasets. Only the number of points hangs on it. */
export function costOf({ bars, symbols, features, sessions, hasMacro }: Size): number {
  const rows = bars + 128 * symbols;
  return 25 + 3 * features + 0.0004 * rows * features + (hasMacro ? 0.06 * sessions : 0);
}

/** How many points are tried, of three replays each: never fewer than four, however large the data. */
export const pointsFor = (size: Size): number => Math.max(4, Math.floor(budget / 3 / costOf(size)));

/**
 * Which of so many points to try, in order. All where `most` allows; else the first (a single bar of history), the last
 * but one, up to half from `acting` (where signals, entries and exits were, for there knowledge acts), a quarter from
 * `edges`, and the rest from anywhere.
 */
export function choosePoints(
  count: number,
  acting: readonly number[],
  most: number,
  seed: number,
  edges: readonly number[] = [],
): Int32Array {
  const all = Array.from({ length: count }, (_, point) => point);
  if (count <= most) return Int32Array.from(all);
  const stream = randomStream(seed, 'look-ahead points');
  const chosen = new Set([0, count - 2]);
  const draw = (from: readonly number[], until: number): void => {
    const items = [...from];
    stream.shuffle(items);
    for (const point of items) {
      if (chosen.size >= until) return;
      chosen.add(point);
    }
  };
  const free = Math.max(most, 2) - 2;
  const found = new Set(acting);
  draw(
    all.filter((point) => found.has(point)),
    2 + Math.ceil(free / 2),
  );
  if (edges.length > 0) draw(edges, chosen.size + Math.ceil(free / 4));
  draw(all, Math.max(most, 2));
  return Int32Array.from(chosen).sort();
}

/** Where a study can be replayed: its sessions, or the steps of the given bars where these have times. */
export interface Points {
  /** By point, the session. */
  readonly day: Days;
  /** By point, when the step's bars open and are known; not given of sessions. */
  readonly clock?: Pick<Clock, 'opens' | 'known'>;
  /** Where something begins or ends: the first and last steps of sessions, and those inside which others are. */
  readonly edges: readonly number[];
}

export const pointsOfDays = (day: Days): Points => ({ day, edges: [] });

export function pointsOfSteps(day: Days, clock: Pick<Clock, 'opens' | 'known'>): Points {
  const { opens, known } = clock;
  const edges: number[] = [];
  let over = -Infinity;
  for (let step = 0; step < day.length; step++) {
    const isEdge = day[step] !== day[step - 1] || day[step] !== day[step + 1];
    if (isEdge || opens[step]! < over) edges.push(step);
    over = Math.max(over, known[step]!);
  }
  return { day, clock, edges };
}

/** The points of a market's bars: of days their dates, of instants the last step that is known by then, and that which opens then. */
export function pointsAt(rows: Iterable<Row>, market: Market, points: Points): number[] {
  const found: number[] = [];
  const { clock } = points;
  if (clock === undefined) {
    for (const row of rows) found.push(firstFrom(points.day, market.day[row]!));
    return found;
  }
  const opening = new Map(Array.from(clock.opens, (instant, step) => [instant, step]));
  for (const row of rows) {
    const { opens, known } = market.clock!;
    found.push(firstFrom(clock.known, known[row]! + 1) - 1);
    const opened = opening.get(opens[row]!);
    if (opened !== undefined) found.push(opened);
  }
  return found;
}
