/** Which settings break-even tries, and what it reads from their results. */
import { describe, expect, it } from 'vitest';
import { type BreakEven, breakEven, mostTrials } from '../../../src/domain/break-even.ts';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import { stepsOf } from '../../../src/domain/market.ts';
import type { Settings } from '../../../src/domain/study/schema.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { type TrialResult, runTrial } from '../../../src/domain/trial.ts';
import { flat, marketOf } from './execution/market-builder.ts';

const study = completeStudy({
  execution: { delay: 2 },
  costs: { commission: 3, slippage: 25, impact: 1, borrowFee: 0.1, spread: 'corwin-schultz' },
});
const noTrades = simulate(
  marketOf({ A: [flat(10)] }),
  {
    side: new Int8Array(1),
    exit: new Int8Array(1),
    score: new Float64Array(1),
    atr: new Float64Array(1),
    sizeFactor: new Float64Array(1),
    halfSpread: null,
  },
  study,
).trades;

/** Answers the search as if total return depended on these settings alone. */
function answered(
  totalReturn: (settings: Settings) => number | null,
  trades = 10,
): { found: BreakEven; tried: Settings[] } {
  const search = breakEven(study, noTrades);
  const tried: Settings[] = [];
  let step = search.next();
  while (!step.done) {
    tried.push(...step.value);
    step = search.next(
      step.value.map((settings) => ({ totalReturn: totalReturn(settings), trades }) as TrialResult),
    );
  }
  return { found: step.value, tried };
}

const isCostTrial = ({ costs }: Settings): boolean => costs.slippage === 0;

describe('break-even by costs', () => {
  it('is found to 0.1 bps, on the side that leaves no profit', () => {
    const { costs } = answered(({ costs: { commissionBps } }) => 87.4321 - commissionBps).found;
    expect(costs.diesAt).toBeGreaterThanOrEqual(87.4321);
    expect(costs.diesAt).toBeLessThanOrEqual(87.5321);
    expect(costs.reason).toBeNull();
    const grid = [0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200];
    expect(costs.bps).toEqual(expect.arrayContaining(grid));
    expect(costs.totalReturn[3]).toBe(77.4321);
  });

  it('is drawn through what was tried on the way, in order: the curve is at zero where it says', () => {
    const { costs } = answered(({ costs: { commissionBps } }) => 87.4321 - commissionBps).found;
    expect(costs.bps).toEqual([...costs.bps].sort((a, b) => a - b));
    expect(costs.totalReturn).toEqual(costs.bps.map((bps) => 87.4321 - bps));
    const [alive, dies] = [-1, 0].map((step) => costs.bps.indexOf(costs.diesAt!) + step);
    expect(costs.totalReturn[alive!]).toBeGreaterThan(0);
    expect(costs.bps[dies!]! - costs.bps[alive!]!).toBeLessThanOrEqual(0.1);
  });

  it('goes on beyond 200 bps only while there is a profit, to the first loss', () => {
    const { costs } = answered(({ costs: { commissionBps } }) => 450 - commissionBps).found;
    expect(costs.diesAt).toBe(450);
    expect(costs.bps).toEqual(expect.arrayContaining([300, 400, 500]));
    expect(costs.bps.at(-1)).toBe(500);
    expect(costs.totalReturn).toHaveLength(costs.bps.length);
  });

  it('charges bps of every fill and nothing else, at the study’s own delay', () => {
    const { tried } = answered(() => -1);
    const own = tried.filter(isCostTrial);
    expect(own[3]).toEqual({
      ...study,
      costs: {
        ...study.costs,
        commission: 0,
        commissionBps: 10,
        spread: 'fixed',
        slippage: 0,
        impact: null,
        borrowFee: 0,
      },
    });
    expect(new Set(own.map(({ execution }) => execution.delay))).toEqual(new Set([2]));
  });

  it.each([
    [() => -0.1, 10, 'There is no profit even without any costs.'],
    [() => 0.1, 10, 'There is a profit even at 2000 bps, the most that is tried.'],
    [() => 0, 0, 'There are no trades.'],
  ])('says why there is none (%#)', (totalReturn, trades, reason) => {
    const { found, tried } = answered(totalReturn, trades);
    expect(found.costs).toMatchObject({ diesAt: null, reason, paid: null });
    expect(tried.length).toBeLessThanOrEqual(mostTrials);
  });

  it('counts a return that nobody can compute as no profit', () => {
    const { costs } = answered(({ costs: { commissionBps } }) =>
      commissionBps < 40 ? 1 : null,
    ).found;
    expect(costs.diesAt).toBe(40);
    expect(costs.totalReturn.at(-1)).toBeNull();
  });
});

describe('break-even by delay', () => {
  it('is the shortest delay without profit, at the study’s own costs', () => {
    const { found, tried } = answered((settings) =>
      isCostTrial(settings) ? 1 : 0.75 - 0.1 * settings.execution.delay,
    );
    expect(found.delay).toMatchObject({ diesAt: 8, reason: null });
    expect(found.delay.bars).toEqual(Array.from({ length: 21 }, (_, bars) => bars));
    expect(found.delay.totalReturn[7]).toBeCloseTo(0.05);
    for (const settings of tried.filter((one) => !isCostTrial(one)))
      expect(settings.costs).toEqual(study.costs);
  });

  it.each([
    [-1, 'There is no profit even without any delay.'],
    [1, 'There is a profit even at 20 bars, the most that is tried.'],
  ])('says why there is none: %d', (totalReturn, reason) => {
    expect(answered(() => totalReturn).found.delay).toMatchObject({ diesAt: null, reason });
  });
});

describe('a run of one trade, from 100 to 110', () => {
  const market = marketOf({ A: [flat(100), flat(100), flat(110), flat(110)] });
  const sessions = stepsOf(market, -Infinity, Infinity);
  const signals = {
    side: Int8Array.of(1, 0, 0, 0),
    exit: Int8Array.of(0, 1, 0, 0),
    score: new Float64Array(4),
    atr: new Float64Array(4).fill(1),
    sizeFactor: new Float64Array(4).fill(1),
    halfSpread: null,
  };
  const settings = completeStudy({
    size: { rule: 'units', units: 10 },
    exits: { stop: null, target: null, trailing: 'off', longestHolding: null },
    costs: { commission: 0, slippage: 20, impact: null },
  });
  const search = breakEven(settings, simulate(market, signals, settings).trades);
  let step = search.next();
  while (!step.done)
    step = search.next(step.value.map((one) => runTrial(market, signals, one, sessions).result));
  const { costs, delay } = step.value;

  it('breaks even where the bps of both fills take the gain', () => {
    const exact = (10 / 210) * 10_000;
    expect(costs.diesAt).toBeGreaterThanOrEqual(exact);
    expect(costs.diesAt).toBeLessThan(exact + 0.1);
  });

  it('has paid what its study says', () => {
    expect(costs.paid).toBeCloseTo(20, 10);
  });

  it('dies one bar late, when the price has moved', () => {
    expect(delay.diesAt).toBe(1);
  });
});
