import { randomStream } from '../random.ts';
import type { Day, Days } from '../units.ts';

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

/** How many sessions are tried, of three replays each: never fewer than four, however large the data. */
export const pointsFor = (size: Size): number => Math.max(4, Math.floor(budget / 3 / costOf(size)));

/**
 * Which sessions to try, in order. All where `most` allows; else the first (a single bar of history), the last but one,
 * up to half from `acting` (where entries and exits were, for there knowledge acts), and the rest from anywhere.
 */
export function choosePoints(days: Days, acting: readonly Day[], most: number, seed: number): Days {
  if (days.length <= most) return days.slice();
  const stream = randomStream(seed, 'look-ahead points');
  const chosen = new Set<Day>([days[0]!, days.at(-2)!]);
  const draw = (from: readonly Day[], until: number): void => {
    const items = [...from];
    stream.shuffle(items);
    for (const day of items) {
      if (chosen.size >= until) return;
      chosen.add(day);
    }
  };
  const within = new Set(days);
  draw(
    [...new Set(acting)].filter((day) => within.has(day)).sort((a, b) => a - b),
    2 + Math.ceil((most - 2) / 2),
  );
  draw([...days], Math.max(most, 2));
  return Int32Array.from(chosen).sort();
}
