import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay } from '../../../src/domain/calendar.ts';
import { simulateFills } from '../../../src/domain/execution/simulate.ts';
import type { Market, Signals } from '../../../src/domain/market.ts';
import type { PortfolioSettings } from '../../../src/domain/study/portfolio.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { adjustedCloses } from './closes.ts';

/** What make.py wrote of a run of bt. */
interface Golden {
  readonly setup: string;
  readonly symbols: readonly string[];
  readonly start: string;
  readonly capital: number;
  readonly commission: number;
  readonly wholeShares: boolean;
  readonly weights?: Readonly<Record<string, number>>;
  readonly band?: number;
  readonly select?: number;
  readonly flow?: number;
  readonly rebalancings: readonly {
    readonly date: string;
    readonly quantities: readonly number[];
  }[];
  readonly equity: readonly number[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

type Portfolio = Partial<PortfolioSettings>;

/** bt trades at the close of the day on which its schedule fires, from what that close says. */
function played(golden: Golden, [portfolio, says]: readonly [Portfolio, Says]) {
  const market = adjustedCloses(golden.symbols, dayFromIso(golden.start));
  const { length } = market.day;
  const own: Signals = {
    side: new Int8Array(length),
    exit: new Int8Array(length),
    score: new Float64Array(length),
    atr: new Float64Array(length).fill(Number.NaN),
    sizeFactor: new Float64Array(length).fill(1),
    halfSpread: null,
    ...says(market),
  };
  const settings = completeStudy({
    strategy: { id: 'members' },
    execution: { fill: 'same-close', maximumParticipation: null },
    size: { whole: golden.wholeShares },
    // bt has the first payment come in with the capital, on the first day.
    risk: {
      initialCash: golden.capital + (golden.flow ?? 0),
      leverage: 2,
      maximumPositions: golden.select ?? 4,
    },
    costs: {
      commission: 0,
      commissionBps: 1e4 * golden.commission,
      slippage: 0,
      impact: null,
      borrowFee: 0,
    },
    portfolio: { on: 'first', ...portfolio },
    contributions: { amount: golden.flow ?? null },
  });
  return { market, simulation: simulateFills(market, own, settings) };
}

/** Every symbol's rows have its own weight. */
const constant =
  (weights: Readonly<Record<string, number>>) =>
  ({ symbols, firstRow, day }: Market): Partial<Signals> => {
    const weight = new Float64Array(day.length);
    for (const [s, symbol] of symbols.entries())
      weight.fill(weights[symbol] ?? 0, firstRow[s], firstRow[s + 1]);
    return { weight };
  };

const every = ({ day }: Market): Partial<Signals> => ({
  weight: new Float64Array(day.length).fill(1),
});

/** Return over the last 126 bars, null before. */
function momentum({ symbols, firstRow, day, close }: Market): Partial<Signals> {
  const score = new Float64Array(day.length).fill(Number.NaN);
  const weight = new Float64Array(day.length).fill(Number.NaN);
  for (const s of symbols.keys()) {
    for (let row = firstRow[s]! + 126; row < firstRow[s + 1]!; row++) {
      score[row] = close[row]! / close[row - 126]! - 1;
      weight[row] = 1;
    }
  }
  return { score, weight };
}

type Says = (market: Market) => Partial<Signals>;

/** Each of make.py's studies in Outsample's settings, and what its strategy says. */
const studies: Readonly<Record<string, (golden: Golden) => readonly [Portfolio, Says]>> = {
  'fixed-monthly': fixedIn('month'),
  'fixed-quarterly': fixedIn('quarter'),
  'fixed-monthly-commission': fixedIn('month'),
  'fixed-monthly-whole-shares': fixedIn('month'),
  'long-short-monthly': fixedIn('month'),
  'bands-monthly': fixedIn('month'),
  'bands-quarterly': fixedIn('quarter'),
  'fixed-monthly-contributions': fixedIn('month'),
  'equal-monthly': () => [{ rebalance: 'month' }, every],
  'equal-quarterly-late': () => [{ rebalance: 'quarter' }, every],
  'inverse-volatility-monthly': () => [
    { rebalance: 'month', share: 'inverse-volatility', shareBars: 63 },
    every,
  ],
  'momentum-monthly': () => [{ rebalance: 'month' }, momentum],
};

function fixedIn(rebalance: 'month' | 'quarter') {
  return ({ weights = {}, band }: Golden): [Portfolio, Says] => [
    { rebalance, share: 'given', ...(band !== undefined && { bandRelative: band }) },
    constant(weights),
  ];
}

describe('bt 1.4.1', () => {
  for (const [name, given] of Object.entries(studies)) {
    const golden = read(`${name}.json`) as Golden;
    const { market, simulation } = played(golden, given(golden));
    const { equity, fills } = simulation;
    const tolerance = 1e-9;

    it(`${name}: has the same curve, to ${tolerance}`, () => {
      expect(equity.day.length).toBe(golden.equity.length);
      // bt does nothing on the last day of its data, here the first of a month: no costs and no payment.
      const isLess = golden.commission > 0 || golden.flow !== undefined;
      const compared = isLess ? golden.equity.slice(0, -1) : golden.equity;
      const account = equity.equity.map((unit, i) => unit * (equity.payments?.units[i] ?? 1));
      const apart = compared.map((value, i) => Math.abs(account[i]! / value - 1));
      expect(Math.max(...apart)).toBeLessThan(tolerance);
    });

    it(`${name}: holds the same after every rebalancing`, () => {
      const held = new Float64Array(market.symbols.length);
      let at = 0;
      let apart = 0;
      const dates: string[] = [];
      for (const session of new Set(fills.step)) {
        for (; at < fills.length && fills.step[at] === session; at++)
          held[simulation.trades.symbol[fills.trade[at]!]!] = fills.held[at]!;
        const date = isoFromDay(equity.day[session]!);
        const theirs = golden.rebalancings.find((one) => one.date === date);
        if (theirs === undefined) continue;
        dates.push(date);
        for (const [s, quantity] of theirs.quantities.entries())
          apart = Math.max(apart, Math.abs(held[s]! - quantity) / Math.max(1, Math.abs(quantity)));
      }
      expect(dates).toEqual(golden.rebalancings.map(({ date }) => date));
      expect(apart).toBeLessThan(tolerance);
    });
  }
});

describe('numpy', () => {
  const golden = read('crp.json') as {
    readonly start: string;
    readonly wealth: readonly {
      readonly ibm: number;
      readonly msft: number;
      readonly wealth: number;
    }[];
  };

  it('has the same wealth of constant rebalanced portfolios, IBM and MSFT in steps of a twentieth', () => {
    for (const { ibm, msft, wealth } of golden.wealth) {
      const of = {
        ...golden,
        symbols: ['IBM', 'MSFT'],
        capital: 1,
        commission: 0,
        wholeShares: false,
      };
      const { simulation } = played(of as unknown as Golden, [
        { rebalance: 'session', share: 'given' },
        constant({ IBM: ibm, MSFT: msft }),
      ]);
      expect(simulation.equity.equity.at(-1)! / wealth - 1).toBeCloseTo(0, 9);
    }
  });
});
