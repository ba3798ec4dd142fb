import type { HalvingSettings } from './adaptive.ts';
import { type Standing, leadOf } from './standing.ts';

/**
 * Successive halving (Jamieson & Talwalkar 2016): all sets on a small part of the data, the best 1/η of them on η times
 * as much, until those that are left have all of it.
 */
export interface Rung {
  /** Sets that are simulated. */
  readonly sets: number;
  /** On so many sessions or symbols. */
  readonly budget: number;
}

/** How many sets each rung has, of so many drawn: 1/η of those before, rounded down, and no rung without one. */
export function setsByRung(drawn: number, { rungs, factor }: HalvingSettings): number[] {
  const sets = [drawn];
  while (sets.length < rungs && sets.at(-1)! >= factor)
    sets.push(Math.floor(sets.at(-1)! / factor));
  return sets;
}

/** The rungs for so many drawn sets, where all data are `whole` sessions or symbols: no two have equally much, the last has all. */
export function rungsOf(drawn: number, whole: number, settings: HalvingSettings): Rung[] {
  const most = setsByRung(drawn, settings).length;
  const rungs = new Set(partsOf(whole, most, settings.factor)).size;
  const parts = partsOf(whole, rungs, settings.factor);
  return setsByRung(drawn, { ...settings, rungs }).map((sets, i) => ({ sets, budget: parts[i]! }));
}

/** Rising parts of a whole, each a factor smaller than the next, rounded up; the last is the whole. */
function partsOf(whole: number, count: number, factor: number): number[] {
  const parts: number[] = [];
  let part = whole;
  for (let i = 0; i < count; i++) {
    parts.unshift(Math.ceil(part));
    part /= factor;
  }
  return parts;
}

/** Places of the best so many, rising. Of those that stand alike the first ones stay. */
export const bestPlaces = (standings: readonly Standing[], count: number): number[] =>
  standings
    .map((_, place) => place)
    .sort((a, b) => leadOf(standings[b]!, standings[a]!) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
