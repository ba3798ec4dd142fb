import type { RandomStream } from '../../random.ts';
import type { ReturnsMatrix } from '../search.ts';
import { automaticBlockLength } from './block-length.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import type { Found } from './found.ts';
import { momentsOf } from './moments.ts';
import { resampledBars } from './monte-carlo-bars.ts';
import { trialOf } from './returns.ts';
import type { Ratio } from '../../units.ts';

/**
 * Whether the edge is the strategy’s or the choice’s: how all trials of the search fared. The middle trial was not
 * chosen for being good, so that its whole history is out of sample. Sharpe ratios per session.
 */
export interface Cells {
  readonly trials: number;
  readonly sharpe: Distribution;
  /** Share of trials with a Sharpe ratio above 0. */
  readonly positive: Ratio;
  /** The trial in the middle (the lower one of two), and the stationary bootstrap’s 5, 50 and 95 % of its ratio. */
  readonly middle: {
    readonly trial: number;
    readonly sharpe: number;
    readonly spread: Distribution;
  };
  /** The study’s own trial, and the share of trials that did worse; null where it was not among them. */
  readonly chosen: { readonly sharpe: number; readonly better: number } | null;
}

/** Yields the ratio done. */
export function* cellsOf(
  returns: ReturnsMatrix,
  chosen: number | null,
  samples: number,
  stream: RandomStream,
): Generator<number, Found<Cells>> {
  const { trials } = returns;
  const ratios = Float64Array.from({ length: trials }, (_, trial) => sharpeOf(returns, trial));
  const known = Array.from(ratios.keys()).filter((trial) => !Number.isNaN(ratios[trial]));
  if (known.length < 2) return { reason: 'Fewer than two trials have returns that vary.' };
  known.sort((a, b) => ratios[a]! - ratios[b]! || a - b);
  const trial = known[(known.length - 1) >> 1]!;
  const series = trialOf(returns, trial);
  const blockLength = automaticBlockLength(series);
  const bars = yield* resampledBars(series, { samples, blockLength, stream, free: 0 });
  if ('reason' in bars) return bars;
  const own = chosen === null ? NaN : ratios[chosen]!;
  const below = (limit: number): number => known.filter((one) => ratios[one]! < limit).length;
  return {
    trials,
    sharpe: distributionOf(Float64Array.from(known, (one) => ratios[one]!)),
    positive: known.filter((one) => ratios[one]! > 0).length / trials,
    middle: { trial, sharpe: ratios[trial]!, spread: bars.sharpe },
    chosen: Number.isNaN(own) ? null : { sharpe: own, better: below(own) / known.length },
  };
}

const sharpeOf = (returns: ReturnsMatrix, trial: number): number =>
  momentsOf(trialOf(returns, trial))?.sharpe ?? NaN;
