import { feature } from '../../features.ts';
import type { SignalPlan } from '../../strategies/strategy.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';

const fourHours = 14_400;
const plan = (since: 'begins' | 'over') => (): SignalPlan =>
  planOver(
    'four_hours',
    feature('unfinished_bar', { columns: { since }, values: { seconds: fourHours } }),
    0.1,
  );

export const unfinishedBar: Cheat = {
  id: 'unfinished-bar',
  title: 'A bar that is not over',
  does: 'Reads the bar of four hours that is under way, with the close that it will have.',
  where:
    'Resampled bars are labelled by their beginning (resample in pandas), and merge_asof joins them from that label on.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  market: 'hours',
  plan: plan('begins'),
  honest: plan('over'),
};
