import { feature } from '../../features.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';

export const futureUniverse: Cheat = {
  id: 'future-universe',
  title: 'Tomorrow’s universe',
  does: 'Trades the symbols that will belong to the universe thirty days later.',
  where:
    'Taking today’s list of an index’s members for its past: who joins has risen, who leaves has fallen.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  plan: () => planOver('future_member', feature('future_member', { values: { ahead: 30 } }), 0.5),
};
