import fc from 'fast-check';
import type { LiveAccount } from '../../src/domain/live/account.ts';
import type { Known } from '../../src/domain/live/decision.ts';
import { liveSettings } from '../../src/domain/live/gate.ts';
import { stepTimes } from '../../src/domain/market.ts';
import { firstDay } from '../unit/domain/execution/market-builder.ts';
import {
  cutAfter,
  fixed,
  holding,
  plan,
  planWithTerms,
  settings,
  weighted,
  type World,
  worldOf,
} from './execution-worlds.ts';

/** Random worlds that a market could trade, entries and target weights, and what is known of them bar by bar. */
/** Settings that live trading has. */
const alive = {
  execution: { endOfData: 'mark' },
  risk: { accounts: 'shared' },
} as const;
const fill = fc.constantFrom('next-open' as const, 'next-close' as const);
const plans = fc.oneof(plan, planWithTerms);
export const liveWorlds: fc.Arbitrary<World> = fc.oneof(
  fc
    .tuple(plans, settings, fill)
    .map(([plan, random, fill]) =>
      worldOf(plan, fixed(fixed(random, alive), { execution: { fill } })),
    ),
  fc
    .tuple(plans, weighted, fill)
    .map(([plan, random, fill]) =>
      holding(plan, fixed(fixed(random, alive), { execution: { fill } })),
    ),
);

export const account: LiveAccount = {
  id: 'test',
  study: '{}',
  studyDigest: '',
  signalsDigest: '',
  engine: '',
  broker: 'paper',
  number: 'paper',
  isReal: false,
  startedAt: 0,
  equity: 0,
  unproven: null,
};

const knownOf = ({ market, signals, settings }: World): Known => ({
  market,
  signals,
  settings: liveSettings(settings),
  steps: stepTimes(market, -Infinity, Infinity),
});

/** What is known after each of a world's steps. */
export const knownAtSteps = (world: World): Known[] =>
  Array.from(stepTimes(world.market, -Infinity, Infinity).day, (day) =>
    knownOf(cutAfter(world, day - firstDay)),
  );
