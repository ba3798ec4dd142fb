import ln from '@stdlib/math-base-special-ln';
import { Sample, regression } from '../../metrics/sample.ts';
import type { ReturnsMatrix } from '../search.ts';
import type { Found } from './found.ts';
import { varyingTrials } from './returns.ts';
import {
  type BlockSet,
  allBlocks,
  blocks,
  rankValues,
  sharpeOfRankValue,
  splitSums,
} from './split-sums.ts';
import type { Ratio } from '../../units.ts';

/** Sessions below which a block would hold fewer than four. */
const fewestSessions = 4 * blocks;
/** Trials ranked between two yields: about 10 ms. */
const turn = 150_000;

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: Bailey, Borwein, López de Prado &
 * Zhu 2015, “The probability of backtest overfitting”, section 2. One entry per split in `logits`, `inSample` and
 * `outOfSample`: every choice of 8 of 16 blocks to choose the best trial in, the other 8 being out of sample.
 */
export interface Pbo {
  /** Trials whose returns vary; the others are left out. */
  readonly trials: number;
  readonly splits: number;
  /** Sessions of one block, and those left out at the start. */
  readonly blockSessions: number;
  readonly dropped: number;
  /** Share of splits with ω ≤ ½. */
  readonly probability: Ratio;
  /** λ = ln(ω ÷ (1 − ω)), ω = rank ÷ (trials + 1) of the chosen trial out of sample. */
  readonly logits: Float64Array;
  /** Sharpe ratios per session of the chosen trial; NaN where returns don’t vary. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Least squares of out of sample on in sample; null where in-sample ratios don’t vary. */
  readonly degradation: { readonly slope: number; readonly intercept: number } | null;
  /** Share of splits whose chosen trial loses out of sample. */
  readonly probabilityOfLoss: Ratio;
}

/** Yields the ratio done. */
export function* pbo(all: ReturnsMatrix): Generator<number, Found<Pbo>> {
  const returns = varyingTrials(all);
  const { trials, sessions } = returns;
  if (all.trials < 2) return { reason: 'With one trial there was nothing to choose from.' };
  if (trials < 2) return { reason: 'Fewer than two trials have returns that vary.' };
  if (sessions < fewestSessions)
    return {
      reason: `There are ${sessions} sessions; the splits need at least ${fewestSessions}.`,
    };
  const sums = splitSums(returns);
  const halves = halvesWithoutLast();
  const splits = 2 * halves.length;
  const logits = new Float64Array(splits);
  const inSample = new Float64Array(splits);
  const outOfSample = new Float64Array(splits);
  const here = new Float64Array(trials);
  const there = new Float64Array(trials);
  let overfit = 0;
  let losses = 0;
  const judge = (split: number, training: Float64Array, test: Float64Array): void => {
    const chosen = largest(training);
    const own = test[chosen]!;
    const share = rankOf(own, test) / (trials + 1);
    if (share <= 0.5) overfit++;
    if (own < 0 && own > -Infinity) losses++;
    logits[split] = ln(share / (1 - share));
    inSample[split] = sharpeOfRankValue(sums, training[chosen]!);
    outOfSample[split] = sharpeOfRankValue(sums, own);
  };
  const perTurn = Math.max(1, Math.floor(turn / trials));
  for (const [i, half] of halves.entries()) {
    rankValues(sums, half, here);
    rankValues(sums, allBlocks - half, there);
    judge(2 * i, here, there);
    judge(2 * i + 1, there, here);
    if (i % perTurn === perTurn - 1) yield i / halves.length;
  }
  return {
    trials,
    splits,
    blockSessions: sums.length,
    dropped: sessions - sums.length * blocks,
    probability: overfit / splits,
    logits,
    inSample,
    outOfSample,
    degradation: lineThrough(inSample, outOfSample),
    probabilityOfLoss: losses / splits,
  };
}

/** Every set of half the blocks without the last one; with their complements these are all splits. */
function halvesWithoutLast(): BlockSet[] {
  const found: BlockSet[] = [];
  for (let set = 0; set < 1 << (blocks - 1); set++) {
    let size = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) size++;
    if (size === blocks / 2) found.push(set);
  }
  return found;
}

/** Place of the largest value, the first of equals. */
function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** From 1 for the lowest; equal values share the mean of their ranks. */
function rankOf(value: number, values: Float64Array): number {
  let below = 0;
  let equal = 0;
  for (let i = 0; i < values.length; i++) {
    const other = values[i]!;
    if (other < value) below++;
    else if (other === value) equal++;
  }
  return below + (equal + 1) / 2;
}

function lineThrough(x: Float64Array, y: Float64Array): Pbo['degradation'] {
  const known = (_: number, i: number): boolean => !Number.isNaN(x[i]) && !Number.isNaN(y[i]);
  const across = x.filter(known);
  if (across.length < 2) return null;
  const from = new Sample(across);
  const to = new Sample(y.filter(known));
  if (!(from.deviation > 0)) return null;
  const slope = regression(to, from).beta;
  return { slope, intercept: to.mean - slope * from.mean };
}
