import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import { liveSettings } from '../../src/domain/live/gate.ts';
import {
  accountOf,
  bookedFills,
  decide,
  fillsInStep,
  followed,
  type Known,
} from '../../src/domain/live/decision.ts';
import type { Row } from '../../src/domain/units.ts';
import { stepTimes } from '../../src/domain/market.ts';
import {
  cutAfter,
  fixed,
  holding,
  plan,
  planWithTerms,
  settings,
  type Step,
  weighted,
  type World,
  worldOf,
} from './execution-worlds.ts';
import { firstDay } from '../unit/domain/execution/market-builder.ts';

/** What is decided bar by bar is what a backtest decides; what a market fills is booked as the simulator books it. */
const runs = { seed: 20261130, numRuns: 300 };

const alive = {
  execution: { endOfData: 'mark' },
  risk: { accounts: 'shared' },
} as const;
const fill = fc.constantFrom('next-open' as const, 'next-close' as const);
const plans = fc.oneof(plan, planWithTerms);
const entries = fc
  .tuple(plans, settings, fill)
  .map(([plan, random, fill]) =>
    worldOf(plan, fixed(fixed(random, alive), { execution: { fill } })),
  );
const portfolios = fc
  .tuple(plans, weighted, fill)
  .map(([plan, random, fill]) =>
    holding(plan, fixed(fixed(random, alive), { execution: { fill } })),
  );
const worlds = fc.oneof(entries, portfolios);

const still: Step = { jump: 0, move: 0, up: 0, down: 0, volume: 1000, said: {} };

const knownOf = ({ market, signals, settings }: World): Known => ({
  market,
  signals,
  settings: liveSettings(settings),
  steps: stepTimes(market, -Infinity, Infinity),
});

describe('decisions of live trading', () => {
  it('fills of the simulator, booked as a market’s, give its run to the bit', () => {
    let filled = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const known = knownOf(world);
        const { fills } = followed(known);
        const last = known.steps.day.length - 1;
        const { trades, equity, fills: single } = accountOf(known, bookedFills(fills, last));
        const run = simulateFills(world.market, world.signals, world.settings);
        filled += run.fills.length;
        expect(single).toEqual(run.fills);
        expect(trades).toEqual(run.trades);
        expect(equity).toEqual(run.equity);
      }),
      runs,
    );
    expect(filled).toBeGreaterThan(10 * runs.numRuns);
  });

  it('what stands after a close is what the whole history’s run has there, whoever fills', () => {
    let stood = 0;
    fc.assert(
      fc.property(worlds, fc.nat(), fc.nat(), (world, n, m) => {
        const whole = followed(knownOf(world));
        const days = stepTimes(world.market, -Infinity, Infinity).day;
        const step = n % days.length;
        const cut = cutAfter(world, days[step]! - firstDay);
        const inCut = <Of extends { readonly symbol: number; readonly signalRow: Row }>(
          one: Of,
        ) => ({
          ...one,
          signalRow:
            one.signalRow - world.market.firstRow[one.symbol]! + cut.market.firstRow[one.symbol]!,
        });
        const fills = new Map([...whole.fills].map(([at, own]) => [at, own.map(inCut)]));
        const booked = bookedFills(fills, (m % (step + 2)) - 1);
        const { standing } = decide(
          knownOf(cut),
          { day: days[step + 1] ?? days[step]! + 1 },
          booked,
        );
        const { entries, positions } = whole.standing[step]!;
        stood += entries.length + positions.length;
        expect(standing).toEqual({
          entries: entries.map(inCut),
          positions: positions.map(inCut),
        });
      }),
      runs,
    );
    expect(stood).toBeGreaterThan(runs.numRuns / 2);
  });

  it('what is sent is what the simulator fills where every next bar opens at the last close', () => {
    let sent = 0;
    fc.assert(
      fc.property(
        plan,
        settings,
        weighted,
        fc.boolean(),
        fc.nat(),
        (plan, own, other, weighs, n) => {
          const session = n % (plan.steps[0]!.length - 1);
          const calm = {
            ...plan,
            listings: plan.listings.map(() => ({})),
            steps: plan.steps.map((steps) =>
              steps.map((step, at) =>
                at === session + 1 ? { ...(step ?? still), jump: 0 } : step,
              ),
            ),
          };
          const settings = fixed(fixed(weighs ? other : own, alive), {
            execution: { fill: 'next-open', order: 'market', maximumParticipation: null },
          });
          const world = weighs ? holding(calm, settings) : worldOf(calm, settings);
          const known = knownOf(cutAfter(world, session));
          if (known.steps.day.at(-1) !== firstDay + session) return;
          const { orders } = decide(known, { day: firstDay + session + 1 }, null);
          const step = known.steps.day.length;
          const fills = fillsInStep(knownOf(world), step, null).filter(
            ({ phase }) => phase === 'open',
          );
          sent += orders.length;
          const told = (side: 1 | -1, what: 'entry' | 'exit') => (what === 'entry' ? side : -side);
          expect(
            orders.map(({ symbol, side, quantity, price }) => [symbol, side, quantity, price]),
          ).toEqual(
            fills.map(({ symbol, side, what, quantity, asked }) => [
              symbol,
              told(side, what),
              quantity,
              asked,
            ]),
          );
        },
      ),
      runs,
    );
    expect(sent).toBeGreaterThan(runs.numRuns / 2);
  });
});
