import { feature } from '../../features.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';

export const revisedMacro: Cheat = {
  id: 'revised-macro',
  title: 'Revised macro data',
  does: 'Reads each macro value in its last revision, whenever that became available.',
  where:
    'Downloading GDP, payrolls or earnings as they stand today: the first figures, which the market saw, are overwritten.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  plan: () =>
    planOver('revised_macro', feature('revised_macro', { values: { series: 'INDEX' } }), 100),
};
