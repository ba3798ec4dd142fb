import { describe, expect, test } from 'vitest';
import {
  bytes,
  decimal,
  measured,
  metricWord,
  minute,
  missingWord,
  percent,
  seconds,
  share,
  timeLeft,
  weight,
} from '../../../src/present/format.ts';
import { textList, textTable } from '../../../src/present/text-table.ts';

describe('a missing number', () => {
  test('is one dash, whatever its unit', () => {
    for (const unit of ['percent', 'ratio', 'currency', 'count', 'days', 'bars', 'date'] as const)
      for (const value of [null, undefined, NaN, Infinity, -Infinity])
        expect(measured(value, unit)).toBe('—');
    expect([weight(NaN), bytes(NaN), seconds(Infinity), minute(NaN)]).toEqual(Array(4).fill('—'));
  });

  test('says why where that is known', () => {
    expect(missingWord('There are no trades.')).toBe('— (There are no trades.)');
    expect(missingWord(null)).toBe('—');
    expect(metricWord({ value: null, unit: 'ratio', reason: 'Flat.' })).toBe('— (Flat.)');
    expect(metricWord({ value: null, unit: 'ratio' })).toBe('— (not recorded)');
  });
});

test('what is typed keeps its digits, what is divided has six at most', () => {
  expect([share(0.005), share(0.07), percent(0.07)]).toEqual([
    ...['0.5\u202f%', '7\u202f%', '7.00\u202f%'],
  ]);
  expect([decimal(1 / 3), decimal(-2.5), decimal(1e6)]).toEqual(['0.333333', '−2.5', '1,000,000']);
});

test('sizes and times', () => {
  expect([950, 12_345, 1_250_000, 1_200_000_000].map(bytes)).toEqual([
    '950 B',
    '12 kB',
    '1.3 MB',
    '1.2 GB',
  ]);
  expect([seconds(1500), seconds(1234)]).toEqual(['1.5 s', '1.23 s']);
  expect(minute(0)).toBe('1970-01-01 00:00');
  expect([timeLeft(500), timeLeft(12_000), timeLeft(120_000)]).toEqual([
    ...['nearly done', 'about 10 s left', 'about 2 min left'],
  ]);
});

test('tables in plain text are as wide as their words', () => {
  expect(textTable(['', 'Return'], [['path 1', '−1.00']])).toEqual([
    ...['          Return', '  path 1   −1.00'],
  ]);
  expect(
    textList([
      ['CAGR', '1'],
      ['Sharpe ratio', '2'],
    ]),
  ).toEqual(['  CAGR          1', '  Sharpe ratio  2']);
});
