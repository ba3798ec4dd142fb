import { describe, expect, it } from 'vitest';
import {
  attritionOf,
  differenceOf,
  endedSymbols,
  expectationOf,
  isSuspicious,
} from '../../../../src/domain/validation/survivorship.ts';
import { sentencesOf } from '../../../../src/domain/validation/survivorship-sentences.ts';
import { flat, listed, marketOf } from '../execution/market-builder.ts';

const days = (count: number) => Array.from({ length: count }, () => flat(10));
const noTrades = { length: 0, symbol: new Int32Array(0), reason: new Int8Array(0) };
const risk = { delistingReturn: -0.2 };

describe('symbols that end early', () => {
  it('are told by the universe, with the return that is booked', () => {
    const market = listed(marketOf({ A: days(400), B: days(100), C: days(50) }), {
      B: { delistedOn: 100, delistingReturn: -1 },
      C: { delistedOn: 50 },
    });
    expect(endedSymbols(market, risk, noTrades)).toMatchObject([
      { symbol: 'B', booked: -1, source: 'universe', positions: 0 },
      { symbol: 'C', booked: -0.2, source: 'study', positions: 0 },
    ]);
  });

  it('without one are those whose bars end more than a month before the data', () => {
    const market = marketOf({ A: days(400), B: days(369), C: days(370) });
    expect(endedSymbols(market, risk, noTrades).map(({ symbol }) => symbol)).toEqual(['B']);
  });
});

describe('attrition', () => {
  it('counts symbols by the years since they were listed', () => {
    const market = marketOf({
      A: days(1200),
      B: days(500),
      C: [...Array.from({ length: 1000 }, () => null), ...days(200)],
    });
    const ended = endedSymbols(market, risk, noTrades);
    expect(attritionOf(market, ended)).toEqual([
      { years: 1, listed: 2, ended: 1, share: 0.5 },
      { years: 2, listed: 2, ended: 1, share: 0.5 },
      { years: 3, listed: 2, ended: 1, share: 0.5 },
    ]);
  });

  it('is expected at 61 % survival in ten years (Baker & Kennedy 2002)', () => {
    const tenYears = marketOf({ A: days(3653), B: days(3653) });
    const { share, chanceOfNone, perYear } = expectationOf(tenYears);
    expect(share).toBeCloseTo(0.39, 3);
    expect(chanceOfNone).toBeCloseTo(0.61 * 0.61, 3);
    // ln 0.61 ÷ 10 = −4.94 % a year, compounded.
    expect(perYear).toBeCloseTo(0.0482, 4);
  });

  it('is suspicious where it is none in more than three years', () => {
    expect(isSuspicious(marketOf({ A: days(1098) }), [])).toBe(true);
    expect(isSuspicious(marketOf({ A: days(1096) }), [])).toBe(false);
    const two = marketOf({ A: days(1200), B: days(600) });
    expect(isSuspicious(two, endedSymbols(two, risk, noTrades))).toBe(false);
  });
});

it('what cannot be measured has no difference', () => {
  const known = { cagr: 0.1, sharpe: 1, maxDrawdown: -0.2, trades: 10 };
  expect(differenceOf({ ...known, sharpe: null, trades: 7 }, known)).toEqual({
    cagr: 0,
    sharpe: null,
    maxDrawdown: 0,
    trades: -3,
  });
});

describe('the sentences', () => {
  const figures = { cagr: 0.1, sharpe: 1, maxDrawdown: -0.2, trades: 10 };
  const report = {
    basis: 'universe' as const,
    symbols: 40,
    ended: [],
    attrition: [],
    expected: { share: 0.3, chanceOfNone: 0.001, perYear: 0.048, source: 'A source.' },
    suspicious: true,
    full: figures,
    reruns: [],
    stress: [],
  };
  const rerun = { title: 'Survivors only', symbols: 1, figures, reason: null };

  it('warn of many symbols none of which ever ended', () => {
    expect(sentencesOf(report).join(' ')).toMatch(/probably one of survivors.*A source\.$/);
    expect(sentencesOf({ ...report, suspicious: false })).toEqual([
      'Of 40 symbols, 0 are delisted before the data end.',
    ]);
  });

  it('say what changes, which way, and what cannot be compared', () => {
    const difference = { cagr: -0.0123, sharpe: null, maxDrawdown: 0, trades: 0 };
    expect(sentencesOf({ ...report, reruns: [{ ...rerun, difference }] })[0]).toBe(
      'Survivors only (1 symbol), against all of them: CAGR is 1.23 percentage points lower, the Sharpe ratio cannot be compared, the deepest drawdown is the same. That is the bias of a list of survivors in this study; in another it may go the other way.',
    );
  });

  it('say when no delisting met a position', () => {
    const stress = [{ adverse: 0, figures }];
    expect(sentencesOf({ ...report, stress }).at(-1)).toContain('No position was open');
  });
});
