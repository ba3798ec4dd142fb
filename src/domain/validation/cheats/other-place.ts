import { feature } from '../../features.ts';
import type { SignalPlan } from '../../strategies/strategy.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';
import { newYork } from './timed-market.ts';

const plan = (since: 'day' | 'known') => (): SignalPlan =>
  planOver(
    'new_york',
    feature('other_place', { columns: { since }, values: { of: newYork } }),
    0.2,
  );

export const otherPlace: Cheat = {
  id: 'other-place',
  title: 'New York’s close in Tokyo',
  does: 'Trades Tokyo’s session of the 5th on New York’s close of the 5th, fourteen hours later.',
  where:
    'Joining markets of several time zones by their dates, as a table with one row a day and a column per index does.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  market: 'places',
  plan: plan('day'),
  honest: plan('known'),
};
