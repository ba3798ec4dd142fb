import { describe, expect, it } from 'vitest';
import {
  attritionOf,
  differenceOf,
  endedSymbols,
  expectationOf,
  isSuspicious,
} from '../../../../src/domain/validation/survivorship.ts';
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
