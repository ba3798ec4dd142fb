import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import type { FilledSimulation, Fills } from '../../src/domain/run.ts';
import {
  cutAfter,
  fixed,
  holding,
  plan,
  planWithTerms,
  type Plan,
  rearranged,
  rowsBySymbol,
  step,
  type Step,
  weighted,
  type World,
} from './execution-worlds.ts';
import { firstDay } from '../unit/domain/execution/market-builder.ts';

const runs = { seed: 20240107, numRuns: 300 };

const plans = fc.oneof(plan, planWithTerms);

const worlds = fc.tuple(plans, weighted).map(([plan, settings]) => holding(plan, settings));
const played = ({ market, signals, settings }: World): FilledSimulation =>
  simulateFills(market, signals, settings);

/** Value of all fills, which roundings are a share of. */
const turnoverOf = ({ fills }: { fills: Fills }): number =>
  fills.quantity.reduce((sum, quantity, i) => sum + quantity * fills.price[i]!, 0);

describe('the books of a portfolio', () => {
  it('balance: initial cash + Σ net + interest = final equity, to 1e-9 of the turnover', () => {
    let traded = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const run = played(world);
        const net = run.trades.net.reduce((sum, one) => sum + one, 0);
        const books = world.settings.risk.initialCash + net + run.interest;
        const { equity } = run.equity;
        traded += run.fills.length;
        expect(Math.abs(books - equity.at(-1)!)).toBeLessThan(1e-9 * (1e5 + turnoverOf(run)));
      }),
      runs,
    );
    expect(traded).toBeGreaterThan(10 * runs.numRuns);
  });

  it('can be kept again from the fills: what is held, and what each trade cost', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { fills, trades } = played(world);
        const held = new Float64Array(trades.length);
        const commission = new Float64Array(trades.length);
        for (let i = 0; i < fills.length; i++) {
          const trade = fills.trade[i]!;
          held[trade]! += fills.side[i]! * fills.quantity[i]!;
          commission[trade]! += fills.commission[i]!;
          expect(held[trade]).toBeCloseTo(fills.held[i]!, 6);
        }
        for (let trade = 0; trade < trades.length; trade++) {
          if (trades.reason[trade]! >= 0) expect(held[trade]).toBeCloseTo(0, 6);
          expect(commission[trade]).toBeCloseTo(trades.commission[trade]!, 8);
        }
      }),
      runs,
    );
  });

  it('count every order once: filled, cancelled for one cause, or pending', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { signals, capped: _, ...causes } = played(world).orders;
        expect(Object.values(causes).reduce((sum, count) => sum + count, 0)).toBe(signals);
      }),
      runs,
    );
  });

  it('leave cash that was there: unlevered and long alone it is never negative', () => {
    fc.assert(
      fc.property(worlds, ({ signals, ...world }) => {
        const settings = fixed(world.settings, {
          risk: { leverage: 1 },
          costs: { marginInterest: 0 },
        });
        const weight = signals.weight!.map(Math.abs);
        const { equity } = played({ ...world, signals: { ...signals, weight }, settings });
        // Exits pay their costs whatever cash there is; a purchase never takes what is not there.
        const least = equity.cash.reduce(
          (low, cash, i) => Math.min(low, cash / equity.equity[i]!),
          0,
        );
        expect(least).toBeGreaterThan(-0.05);
      }),
      runs,
    );
  });
});

describe('a portfolio', () => {
  const scene = fc
    .tuple(plans, weighted, fc.nat())
    .map(([plan, settings, n]) => ({ plan, settings, session: n % plan.steps[0]!.length }));
  const calm = ({ settings }: { settings: World['settings'] }) =>
    fixed(settings, { execution: { endOfData: 'mark' } });

  it('keeps its past when the future is cut off, or is noise', () => {
    const noise = fc.infiniteStream(step).map((steps) => () => steps.next().value as Step);
    fc.assert(
      fc.property(scene, noise, (scene, noise) => {
        const settings = calm(scene);
        const whole = holding(scene.plan, settings);
        const other: Plan = {
          ...scene.plan,
          steps: scene.plan.steps.map((steps) =>
            steps.map((step, at) => (at <= scene.session ? step : noise())),
          ),
        };
        const past = pastOf(played(whole), scene.session);
        const cut = cutAfter(whole, scene.session);
        expect(pastOf(played(cut), scene.session)).toEqual(past);
        const noisy = holding(other, settings);
        expect(pastOf(played(noisy), scene.session)).toEqual(past);
      }),
      runs,
    );
  });

  it('fills at an open as it would whatever the bar did afterwards', () => {
    const noise = fc.infiniteStream(step).map((steps) => () => steps.next().value as Step);
    fc.assert(
      fc.property(scene, noise, (scene, noise) => {
        const settings = fixed(calm(scene), { execution: { fill: 'next-open' }, exits: noExits });
        const other: Plan = {
          ...scene.plan,
          steps: scene.plan.steps.map((steps) =>
            steps.map((step, at) => {
              if (at < scene.session || step === null) return step;
              const { jump, volume } = step;
              return at === scene.session ? { ...noise(), jump, volume } : noise();
            }),
          ),
        };
        const [a, b] = [scene.plan, other].map((plan) => {
          const world = holding(plan, settings);
          const { fills, equity } = played(world);
          const last = equity.day.indexOf(firstDay + scene.session);
          return rowsOfFills(fills, last < 0 ? -1 : last);
        });
        expect(b).toEqual(a);
      }),
      runs,
    );
  });

  it('does not care for the order of symbols', () => {
    // Lots are filled one after the other from what buying power is left.
    const bare = fc.tuple(plan, weighted).map(([plan, settings]) => holding(plan, settings));
    fc.assert(
      fc.property(bare, (world) => {
        // A month's tiers are used up in the order of fills.
        const costs = fixed(world.settings, { costs: { tiers: 'off' } });
        const { portfolio, ...others } = costs;
        // With three returns the covariances are nearly singular: of such parities of risk there are many.
        const share = portfolio!.share === 'risk-parity' ? 'equal' : portfolio!.share;
        const one = {
          ...world,
          settings: {
            ...others,
            risk: { ...others.risk, maximumPositions: 5 },
            portfolio: { ...portfolio!, share } as const,
          },
        };
        const order = [...rowsBySymbol(one.market).keys()].reverse();
        const turned = rearranged(
          one,
          order.map((s) => rowsBySymbol(one.market)[s]!),
          order,
        );
        const [a, b] = [played(one), played(turned)].map(({ equity }) => equity.equity);
        const apart = a!.map((value, i) => Math.abs(value - b![i]!) / 1e5);
        expect(apart.reduce((most, each) => Math.max(most, each), 0)).toBeLessThan(1e-9);
      }),
      runs,
    );
  });
});

const noExits = {
  stop: null,
  target: null,
  breakEven: null,
  trailing: 'off',
  longestHolding: null,
} as const;

/** Fills and curve up to a session's close, without row numbers. */
function pastOf({ fills, equity }: FilledSimulation, session: number) {
  const length = equity.day.filter((day) => day <= firstDay + session).length;
  return {
    fills: rowsOfFills(fills, length - 1),
    curve: [equity.equity, equity.cash, equity.gross].map((column) => [...column.slice(0, length)]),
  };
}

const rowsOfFills = (fills: Fills, last: number) =>
  Array.from(fills.step.keys())
    .filter((i) => fills.step[i]! <= last)
    .map((i) => [
      fills.step[i],
      fills.trade[i],
      fills.side[i],
      fills.quantity[i],
      fills.price[i],
      fills.commission[i],
      fills.impact[i],
      fills.held[i],
    ]);
