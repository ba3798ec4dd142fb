import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import type { LiveAccount } from '../../src/domain/live/account.ts';
import { accountOf, type Known } from '../../src/domain/live/decision.ts';
import { answeredFills, bookOf } from '../../src/domain/live/fills.ts';
import { liveSettings } from '../../src/domain/live/gate.ts';
import { defaultGuards } from '../../src/domain/live/guards.ts';
import { knownAt } from '../../src/domain/live/times.ts';
import { stepTimes } from '../../src/domain/market.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { MemoryBook } from '../../workers/services/live/memory-book.ts';
import { noPaper, PaperBroker, type PaperState } from '../../workers/services/live/paper.ts';
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

/** The whole live path on the paper account, bar by bar, is the backtest over the same bars: fills, trades and curve to the bit. */
const runs = { seed: 20261201, numRuns: 100 };

const alive = {
  execution: { endOfData: 'mark', unfilled: 'cancel' },
  risk: { accounts: 'shared' },
} as const;
const fill = fc.constantFrom('next-open' as const, 'next-close' as const);
const plans = fc.oneof(plan, planWithTerms);
const worlds = fc.oneof(
  fc
    .tuple(plans, settings, fill)
    .map(([plan, random, fill]) =>
      worldOf(plan, fixed(fixed(random, alive), { execution: { fill } })),
    ),
  fc
    .tuple(plans, weighted, fill)
    .map(([plan, random, fill]) =>
      holding(
        plan,
        fixed(fixed(random, alive), { execution: { fill, maximumParticipation: null } }),
      ),
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

async function traded(world: World) {
  let known = knownOf(cutAfter(world, -1));
  let kept: PaperState = noPaper;
  const store = {
    load: () => Promise.resolve(kept),
    save: (state: PaperState) => Promise.resolve(void (kept = state)),
  };
  const broker = new PaperBroker(
    store,
    () => known,
    () => knownAt(known.steps, known.steps.day.length - 1),
  );
  const book = new MemoryBook(account);
  const { day } = stepTimes(world.market, -Infinity, Infinity);
  for (const [step, session] of day.entries()) {
    known = knownOf(cutAfter(world, session - firstDay));
    await cycle({
      broker,
      book,
      known,
      next: { day: day[step + 1] ?? session + 1 },
      guards: { ...defaultGuards, ordersPerMinute: Infinity, priceBand: null },
      now: knownAt(known.steps, step),
      isDry: false,
    });
  }
  const state = await book.load();
  return {
    state,
    run: accountOf(known, bookOf(answeredFills(state.fills, state.intents).ours, known)),
  };
}

describe('the paper account', () => {
  it('ends where the backtest ends', async () => {
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { run } = await traded(world);
        const expected = simulateFills(world.market, world.signals, world.settings);
        filled += expected.fills.length;
        expect(run.fills).toEqual(expected.fills);
        expect(run.trades).toEqual(expected.trades);
        expect(run.equity).toEqual(expected.equity);
      }),
      runs,
    );
    expect(filled).toBeGreaterThan(10 * runs.numRuns);
  });
});
