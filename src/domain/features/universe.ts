import { type Feature, feature } from './graph.ts';
import { zScore } from './prices.ts';

export const member = (): Feature => feature('member', {});

/** 1 for the strongest `momentum` of its date among the members, ties by symbol; null outside. */
export const momentumRank = (momentum: Feature, membership: Feature): Feature =>
  feature('momentum_rank', { inputs: { momentum, member: membership } });

/**
 * z-score of close A ÷ close B over their common dates, beside the bars of both: positive where the bar's symbol is the
 * dear one. `a` and `b` are symbol numbers.
 */
export function pairScore(a: number, b: number, window: number): Feature {
  const values = { sym_a: a, sym_b: b };
  const ratio = feature('pair_ratio', { values });
  return feature('pair_score', {
    inputs: { pair_ratio: ratio, z: zScore(ratio, 'ticks', window, window, ratio) },
    values,
  });
}
