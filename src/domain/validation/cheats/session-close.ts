import { feature } from '../../features.ts';
import type { SignalPlan } from '../../strategies/strategy.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';
import { hourlyClose } from './timed-market.ts';

const plan = (since: 'begins' | 'over') => (): SignalPlan =>
  planOver(
    'session_close',
    feature('session_close', { columns: { since }, values: { closes: hourlyClose } }),
    0.2,
  );

export const sessionClose: Cheat = {
  id: 'session-close',
  title: 'The day’s close before it',
  does: 'Compares every hour with the close of its own day, from the first hour on.',
  where:
    'Joining daily values to hourly bars by their date: the row of the 5th is known when the 5th is over, not at its midnight.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  market: 'hours',
  plan: plan('begins'),
  honest: plan('over'),
};
