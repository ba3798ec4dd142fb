import type { RandomStream } from '../../random.ts';
import type { ReturnsMatrix } from '../search.ts';
import { drawStationary } from './stationary-bootstrap.ts';

/** Samples whose weights are held at once: more would leave the processor’s cache. */
const together = 32;
/** Rows that are multiplied side by side. */
const rows = 4;
/** Multiplications between two yields: about 10 ms. */
const turn = 6_000_000;

/** Takes one resampled sum of a trial’s returns; every sample and trial comes at least once, some trials twice. */
export type TakeSum = (sample: number, trial: number, sum: number) => void;

export interface MeansOptions {
  readonly samples: number;
  readonly blockLength: number;
  readonly stream: Pick<RandomStream, 'uniform' | 'below'>;
}

/**
 * Sums of every trial’s returns over `samples` stationary-bootstrap samples of the sessions, the same ones for all
 * trials. A session counts as often as it was drawn, so that each sum is a dot product with the counts. `onSample`
 * gets these counts first. Yields the ratio done.
 */
export function* bootstrapSums(
  { sessions, trials, values }: ReturnsMatrix,
  { samples, blockLength, stream }: MeansOptions,
  take: TakeSum,
  onSample: (sample: number, counts: Float64Array) => void = () => undefined,
): Generator<number, void> {
  const indices = new Int32Array(sessions);
  const weights = new Float64Array(together * sessions);
  let spent = 0;
  for (let first = 0; first < samples; first += together) {
    const count = Math.min(together, samples - first);
    weights.fill(0);
    for (let i = 0; i < count; i++) {
      const counts = weights.subarray(i * sessions, (i + 1) * sessions);
      drawStationary(stream, blockLength, indices);
      for (let at = 0; at < sessions; at++) counts[indices[at]!]!++;
      onSample(first + i, counts);
    }
    for (let trial = 0; trial < trials; trial += rows) {
      fourRows(values, sessions, Math.min(trial, Math.max(0, trials - rows)), trials, {
        weights,
        first,
        count,
        take,
      });
      spent += rows * count * sessions;
      if (spent < turn) continue;
      spent = 0;
      yield (first + (count * Math.min(trial + rows, trials)) / trials) / samples;
    }
  }
}

interface Chunk {
  readonly weights: Float64Array;
  readonly first: number;
  readonly count: number;
  readonly take: TakeSum;
}

/** Four trials from `trial` on (the last one again where there are fewer) with each sample’s weights. */
function fourRows(
  values: Float64Array,
  sessions: number,
  trial: number,
  trials: number,
  { weights, first, count, take }: Chunk,
): void {
  const last = trials - 1;
  const trialB = Math.min(trial + 1, last);
  const trialC = Math.min(trial + 2, last);
  const trialD = Math.min(trial + 3, last);
  const a = values.subarray(trial * sessions, (trial + 1) * sessions);
  const b = values.subarray(trialB * sessions, (trialB + 1) * sessions);
  const c = values.subarray(trialC * sessions, (trialC + 1) * sessions);
  const d = values.subarray(trialD * sessions, (trialD + 1) * sessions);
  for (let i = 0; i < count; i++) {
    const weight = weights.subarray(i * sessions, (i + 1) * sessions);
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let at = 0; at < sessions; at++) {
      const times = weight[at]!;
      sumA += times * a[at]!;
      sumB += times * b[at]!;
      sumC += times * c[at]!;
      sumD += times * d[at]!;
    }
    take(first + i, trial, sumA);
    take(first + i, trialB, sumB);
    take(first + i, trialC, sumC);
    take(first + i, trialD, sumD);
  }
}
