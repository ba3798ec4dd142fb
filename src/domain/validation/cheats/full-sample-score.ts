import { feature } from '../../features.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';

export const fullSampleScore: Cheat = {
  id: 'full-sample-score',
  title: 'Full-sample z-score',
  does: 'Measures every close by the mean and the deviation of the whole history, its future included.',
  where:
    'Scaling a whole data set once before splitting it (StandardScaler.fit on everything, (x − x.mean()) / x.std()).',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  plan: () => planOver('full_sample_score', feature('full_sample_score', {}), 0.5),
};
