import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import { accountOf } from '../../src/domain/live/decision.ts';
import { answeredFills, bookOf } from '../../src/domain/live/fills.ts';
import { defaultGuards } from '../../src/domain/live/guards.ts';
import { knownAt } from '../../src/domain/live/times.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { MemoryBook } from '../../workers/services/live/memory-book.ts';
import { noPaper, type PaperState } from '../../src/domain/live/paper.ts';
import { PaperBroker } from '../../workers/services/live/paper.ts';
import type { World } from './execution-worlds.ts';
import { account, knownAtSteps, liveWorlds } from './live-worlds.ts';

/** The whole live path on the paper account, bar by bar, is the backtest over the same bars: fills, trades and curve to the bit. */
const runs = { seed: 20261201, numRuns: 100 };

async function traded(world: World) {
  const steps = knownAtSteps(world);
  let known = steps[0]!;
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
  for (const [step, one] of steps.entries()) {
    known = one;
    const session = one.steps.day.at(-1)!;
    await cycle({
      broker,
      book,
      known,
      next: { day: steps[step + 1]?.steps.day.at(-1) ?? session + 1 },
      guards: { ...defaultGuards, ordersPerMinute: Infinity, priceBand: null },
      now: knownAt(known.steps, step),
      isOpen: null,
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
      fc.asyncProperty(liveWorlds, async (world) => {
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
