import type { Candidate } from './candidates.ts';

/**
 * How good each trial's neighbours are: the mean objective of its 2·d nearest other trials (d dimensions), where the
 * distance is Euclidean over each dimension's values by rank, scaled to [0, 1]. In a grid these are the cells beside
 * it. Null where a trial has no neighbour with an objective.
 */
export function plateauScores(
  candidates: readonly Candidate[],
  objective: ArrayLike<number | null>,
): (number | null)[] {
  const points = pointsOf(candidates);
  const wanted = Math.max(1, 2 * points.dimensions);
  const scores: (number | null)[] = Array.from(candidates, () => null);
  for (let place = 0; place < candidates.length; place++) {
    const nearest = nearestOf(points, place, wanted);
    const known = nearest.flatMap((trial) => objective[trial] ?? []);
    if (known.length > 0)
      scores[points.trial[place]!] = known.reduce((sum, one) => sum + one, 0) / known.length;
  }
  return scores;
}

/** Points one after another, in order of their first coordinate: the dimension with the most values. */
interface Points {
  readonly dimensions: number;
  readonly coordinates: Float64Array;
  /** The trial at each place. */
  readonly trial: readonly number[];
}

/** The trials of the `wanted` nearest points, and of those as near as the farthest of them, in order. */
function nearestOf(points: Points, own: number, wanted: number): number[] {
  const last = points.trial.length - 1;
  const limit = distanceOf(points, own, Math.min(wanted, last));
  if (limit === null) return [];
  const found: number[] = [];
  inReach(points, own, (place, distance) => {
    if (distance <= limit * (1 + 1e-9)) found.push(points.trial[place]!);
    return limit * (1 + 1e-9);
  });
  return found.sort((a, b) => a - b);
}

/** Squared distance of the n-th nearest point; null where n is 0. */
function distanceOf(points: Points, own: number, n: number): number | null {
  if (n < 1) return null;
  const nearest = new Float64Array(n).fill(Infinity);
  inReach(points, own, (_, distance) => {
    let at = n - 1;
    if (distance >= nearest[at]!) return nearest[n - 1]!;
    for (; at > 0 && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = distance;
    return nearest[n - 1]!;
  });
  return nearest[n - 1]!;
}

/**
 * Goes through the points by their first coordinate, away from `own` to either side, and ends where that coordinate
 * alone is farther (squared) than `visit` last said.
 */
function inReach(
  { dimensions, coordinates, trial }: Points,
  own: number,
  visit: (place: number, distance: number) => number,
): void {
  const from = own * dimensions;
  for (const step of [-1, 1]) {
    let reach = Infinity;
    for (let place = own + step; place >= 0 && place < trial.length; place += step) {
      const at = place * dimensions;
      const first = coordinates[at]! - coordinates[from]!;
      let distance = first * first;
      if (distance > reach) break;
      for (let k = 1; k < dimensions; k++) {
        const difference = coordinates[at + k]! - coordinates[from + k]!;
        distance += difference * difference;
      }
      reach = visit(place, distance);
    }
  }
}

function pointsOf(candidates: readonly Candidate[]): Points {
  const rows = scaled(candidates);
  const dimensions = candidates[0]?.length ?? 0;
  const distinct = Array.from(
    { length: dimensions },
    (_, d) => new Set(rows.map((row) => row[d])).size,
  );
  const order = distinct.map((_, d) => d).sort((a, b) => distinct[b]! - distinct[a]!);
  const first = order[0] ?? 0;
  const trial = rows
    .map((_, i) => i)
    .sort((a, b) => (rows[a]![first] ?? 0) - (rows[b]![first] ?? 0));
  const coordinates = Float64Array.from(trial.flatMap((i) => order.map((d) => rows[i]![d]!)));
  return { dimensions, coordinates, trial };
}

/** Each value by its rank among the dimension's distinct values, from 0 to 1. */
function scaled(candidates: readonly Candidate[]): Float64Array[] {
  const dimensions = candidates[0]?.length ?? 0;
  const ranks = Array.from({ length: dimensions }, (_, d) => {
    const distinct = [...new Set(candidates.map((candidate) => candidate[d] ?? null))];
    const numbers = distinct.filter((value) => typeof value === 'number').sort((a, b) => a - b);
    const others = distinct.filter((value) => typeof value !== 'number');
    const last = Math.max(distinct.length - 1, 1);
    return new Map<unknown, number>(
      [...numbers, ...others].map((value, rank) => [value, rank / last]),
    );
  });
  return candidates.map((candidate) =>
    Float64Array.from(candidate, (value, d) => ranks[d]!.get(value) ?? 0),
  );
}
