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
  const points = scaled(candidates);
  const dimensions = candidates[0]?.length ?? 0;
  const wanted = Math.max(1, 2 * dimensions);
  return points.map((point, i) => {
    const nearest = nearestOf(points, point, i, wanted);
    const known = nearest.flatMap((j) => objective[j] ?? []);
    return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
  });
}

/** The `wanted` nearest points, and those as near as the farthest of them, by index. */
function nearestOf(
  points: readonly Float64Array[],
  from: Float64Array,
  own: number,
  wanted: number,
): number[] {
  const distances = new Float64Array(points.length);
  const nearest = new Float64Array(wanted).fill(Infinity);
  for (let j = 0; j < points.length; j++) {
    const point = points[j]!;
    let sum = 0;
    for (let k = 0; k < from.length; k++) sum += (point[k]! - from[k]!) * (point[k]! - from[k]!);
    distances[j] = j === own ? Infinity : sum;
    if (distances[j]! < nearest[wanted - 1]!) {
      nearest[wanted - 1] = distances[j]!;
      nearest.sort();
    }
  }
  const limit = nearest[Math.min(wanted, points.length - 1) - 1] ?? -1;
  const found: number[] = [];
  for (let j = 0; j < points.length; j++) if (distances[j]! <= limit * (1 + 1e-9)) found.push(j);
  return found;
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
