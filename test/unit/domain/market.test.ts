import { expect, it } from 'vitest';
import { type Market, rowsOf, stepsOf } from '../../../src/domain/market.ts';

/** A trades on days 10, 12, 13; B on 11 and 12. */
const prices = Float64Array.of(1, 2, 3, 4, 5);
const market: Market = {
  symbols: ['A', 'B'],
  firstRow: Int32Array.of(0, 3, 5),
  day: Int32Array.of(10, 12, 13, 11, 12),
  open: prices,
  high: prices,
  low: prices,
  close: prices,
  volume: prices,
};

it('groups rows by session, in symbol order', () => {
  const sessions = stepsOf(market, -Infinity, Infinity);
  expect([...sessions.day]).toEqual([10, 11, 12, 13]);
  expect([...sessions.start]).toEqual([0, 1, 2, 4, 5]);
  expect([...sessions.rows]).toEqual([0, 3, 1, 4, 2]);
  expect([...sessions.symbol]).toEqual([0, 1, 0, 1, 0]);
});

it('keeps to the range, both ends included', () => {
  expect([...stepsOf(market, 11, 12).day]).toEqual([11, 12]);
  expect([...stepsOf(market, 14, 20).day]).toEqual([]);
});

it('knows the rows of a symbol', () => {
  expect(rowsOf(market, 1)).toEqual([3, 5]);
});
