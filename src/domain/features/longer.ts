import type { MadeLength } from '../study/bar-length.ts';
import { type Feature, bars, feature } from './graph.ts';

/** A column `value` of a query's own, one row per row of `bars`; features stand in its placeholders. */
export const expression = (text: string, inputs: Feature['inputs']): Feature =>
  feature('expression', { text, inputs });

/**
 * A feature of longer bars beside the study's own: at each, its `value` at the newest longer bar that was over. `age`
 * counts the study's bars from 0 since more than `warmUp` longer ones were over, and is null before.
 */
export const longer = (every: MadeLength, series: Feature, warmUp: number): Feature =>
  feature('longer', {
    inputs: { longer_bars: { ...bars, every }, series: over(every, series) },
    values: { warm_up: warmUp },
  });

/** The same computed over bars of that length, with all that it reads. */
const over = (every: MadeLength, of: Feature): Feature => ({
  ...of,
  every,
  inputs: Object.fromEntries(
    Object.entries(of.inputs).map(([slot, input]) => [slot, over(every, input)]),
  ),
});
