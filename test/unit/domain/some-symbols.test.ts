import { expect, test } from 'vitest';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import { type Market, type Signals, clockOf } from '../../../src/domain/market.ts';
import { SomeSymbols } from '../../../src/domain/some-symbols.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { walks } from '../trial-market.ts';

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers);

/** Two bars of each of three symbols; a column by row has the row in it, one by symbol its number. */
const rows = of(0, 1, 2, 3, 4, 5);
const market: Market = {
  symbols: ['A', 'B', 'C'],
  firstRow: Int32Array.of(0, 2, 4, 6),
  day: Int32Array.of(1, 2, 1, 2, 1, 2),
  ...{ open: rows, high: rows, low: rows, close: rows, volume: rows },
  clock: {
    ...clockOf(of(0, 9, 0, 9, 0, 9), of(5, 14, 5, 14, 5, 14)),
    hours: { places: [], placeOf: Int32Array.of(0, 1, 2), seconds: 5 },
    perYear: 252,
  },
  listings: {
    delistedOn: Int32Array.of(0, 1, 2),
    delistingReturn: of(0, 1, 2),
    group: Int32Array.of(0, 1, 2),
    groups: ['X'],
  },
  contracts: {
    ...{ multiplier: of(0, 1, 2), tick: of(0, 1, 2), lot: of(0, 1, 2), margin: of(0, 1, 2) },
    splits: rows,
    dividend: null,
  },
  detail: {
    ...{ first: Int32Array.from(rows), end: Int32Array.from(rows) },
    ...{ open: rows, high: rows, low: rows, close: rows, bars: 6, unfit: 0, firstUnfit: -1 },
  },
};
const sides = Int8Array.from(rows);
const signals: Signals = {
  ...{ side: sides, exit: sides, score: rows, atr: rows, sizeFactor: rows, halfSpread: rows },
  ...{ weight: rows, rebalance: sides, unknown: sides },
};

test('some symbols of a market have their own rows, and what is said of them', () => {
  const some = new SomeSymbols(market, [0, 2]);
  const own = of(0, 1, 4, 5);
  const each = of(0, 2);
  expect(some.market).toEqual({
    symbols: ['A', 'C'],
    firstRow: Int32Array.of(0, 2, 4),
    day: Int32Array.of(1, 2, 1, 2),
    ...{ open: own, high: own, low: own, close: own, volume: own },
    clock: {
      ...{ opens: of(0, 9, 0, 9), known: of(5, 14, 5, 14), step: Int32Array.of(0, 1, 0, 1) },
      hours: { places: [], placeOf: Int32Array.of(0, 2), seconds: 5 },
      perYear: 252,
    },
    listings: {
      ...{ delistedOn: Int32Array.from(each), delistingReturn: each },
      ...{ group: Int32Array.from(each), groups: ['X'] },
    },
    contracts: {
      ...{ multiplier: each, tick: each, lot: each, margin: each, splits: own, dividend: null },
    },
    detail: { ...market.detail, first: Int32Array.from(own), end: Int32Array.from(own) },
  });
  const side = Int8Array.from(own);
  expect(some.signals(signals)).toEqual({
    ...{ side, exit: side, score: own, atr: own, sizeFactor: own, halfSpread: own },
    ...{ weight: own, rebalance: side, unknown: side },
  });
});

test('they trade as they would without the others', () => {
  const all = walks(3, 60);
  const settings = completeStudy({ size: { rule: 'atr-risk' }, risk: { accounts: 'per-symbol' } });
  const whole = simulate(all.market, all.signals, settings);
  const some = new SomeSymbols(all.market, [0, 2]);
  const { trades } = simulate(some.market, some.signals(all.signals), settings);
  const netOf = ({ net, symbol }: typeof trades, wanted: number): number[] =>
    [...net].filter((_, i) => symbol[i] === wanted);
  expect(trades.length).toBeGreaterThan(10);
  expect(netOf(trades, 0)).toEqual(netOf(whole.trades, 0));
  expect(netOf(trades, 1)).toEqual(netOf(whole.trades, 2));
});
