import { Sample } from '../metrics/sample.ts';
import { randomStream } from '../random.ts';
import type { Step } from '../units.ts';
import { automaticBlockLength } from '../validation/statistics/block-length.ts';
import { because, type Found } from '../validation/statistics/found.ts';
import { momentsOf } from '../validation/statistics/moments.ts';
import { Wealth } from '../validation/statistics/monte-carlo.ts';
import { returnsOf } from '../validation/statistics/returns.ts';
import { drawStationary } from '../validation/statistics/stationary-bootstrap.ts';

/** Below each band lies this share of the resampled curves, at every step by itself. */
const fanShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How equity could go on from a step, if it went on as it had gone until then. */
export interface OutcomeFan {
  /** The step from whose close it goes on. */
  readonly from: Step;
  /** By share of `fanShares`, equity in currency at `from` and the steps after it, as far as it reaches. */
  readonly bands: readonly Float64Array[];
  readonly samples: number;
  /** Returns, one a step, that were drawn from, and the mean length of the blocks that they were drawn in. */
  readonly returns: number;
  readonly blockLength: number;
  readonly seed: number;
}

/** Fewer returns say next to nothing of what can come. */
const fewest = 20;
const samples = 1000;
/** The fan reaches no further; it is wide by then. */
const furthest = 5000;

/**
 * Quantiles of equity resampled by the stationary bootstrap (Politis & Romano 1994) from its simple returns by step up to
 * a step, which know nothing of what came later; each of 1,000 resamples is compounded from the equity at that close.
 */
export function outcomeFan(
  equity: Float64Array,
  initialCash: number,
  from: Step,
  seed: number,
): Found<OutcomeFan> {
  const returns = returnsOf(equity.subarray(0, from + 1), initialCash);
  if (returns === null) return { reason: because.ruined };
  if (returns.length < fewest)
    return {
      reason: `There are only ${returns.length} returns up to its start; ${fewest} are wanted.`,
    };
  if (momentsOf(returns) === null)
    return {
      reason: 'Equity had not moved up to its start, so that there is nothing to draw from.',
    };
  const reach = Math.min(equity.length - from, furthest + 1);
  const blockLength = automaticBlockLength(returns);
  const stream = randomStream(seed, 'outcome-fan');
  const indices = new Int32Array(reach - 1);
  // By step, then sample, so that each step's values stand together.
  const wealth = new Float64Array(reach * samples).fill(1, 0, samples);
  for (let sample = 0; sample < samples; sample++) {
    drawStationary(stream, blockLength, indices, returns.length);
    const one = new Wealth();
    for (let step = 1; step < reach; step++) {
      one.grow(returns[indices[step - 1]!]!);
      wealth[step * samples + sample] = one.value;
    }
  }
  const start = equity[from]!;
  const bands = fanShares.map(() => new Float64Array(reach));
  for (let step = 0; step < reach; step++) {
    const values = new Sample(wealth.subarray(step * samples, (step + 1) * samples));
    fanShares.forEach((share, band) => (bands[band]![step] = start * values.quantile(share)));
  }
  return { from, bands, samples, returns: returns.length, blockLength, seed };
}
