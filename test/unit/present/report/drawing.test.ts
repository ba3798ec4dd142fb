import { describe, expect, test } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { timeAxis, valueAxis } from '../../../../src/present/report/axis.ts';
import { binsOf } from '../../../../src/present/figures/bins.ts';
import { spread } from '../../../../src/present/ticks.ts';
import { lineMark } from '../../../../src/present/report/chart.ts';
import {
  amount,
  bps,
  counted,
  money,
  percent,
  price,
  quantity,
} from '../../../../src/present/format.ts';

const ticks = (from: string, to: string): string[] =>
  timeAxis(dayFromIso(from), dayFromIso(to)).ticks.map(({ text }) => text);

describe('dates on an axis', () => {
  test('years, quarters, months or days, as the span wants', () => {
    expect(ticks('2000-01-03', '2020-04-17')).toEqual([
      ...['2002', '2004', '2006', '2008', '2010', '2012', '2014', '2016', '2018', '2020'],
    ]);
    expect(ticks('2014-01-02', '2018-12-31')).toEqual(['2015', '2016', '2017', '2018']);
    expect(ticks('2015-10-15', '2017-05-01')).toEqual(['2016', 'Apr', 'Jul', 'Oct', '2017', 'Apr']);
    expect(ticks('2024-02-10', '2024-06-20')).toEqual(['Mar 2024', 'Apr', 'May', 'Jun']);
    expect(ticks('2024-01-02', '2024-01-05')).toEqual([
      ...['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
    ]);
  });

  test('a single day stands in the middle', () => {
    expect(timeAxis(10, 10).ticks).toEqual([{ at: 500, text: '1970-01-11' }]);
  });
});

describe('values on an axis', () => {
  test('round numbers from the bottom up', () => {
    expect(
      valueAxis(83, 176, 250, 'money').ticks.map(({ at, text }) => [Math.round(at), text]),
    ).toEqual([...[80, 100, 120, 140, 160, 180].map((value, i) => [250 - 50 * i, String(value)])]);
  });

  test('a value that never moves has room around it', () => {
    const { place } = valueAxis(100, 100, 90, 'money');
    expect(place(100)).toBeCloseTo(45, 9);
  });

  test('a logarithmic one gives equal room to equal growth', () => {
    const { place } = valueAxis(10, 1000, 200, 'money', true);
    expect([10, 100, 1000].map((value) => Math.round(place(value)))).toEqual([200, 100, 0]);
  });

  test('the spread of columns passes over gaps', () => {
    expect(spread([3, Number.NaN], [1, 2])).toEqual([1, 3]);
    expect(spread([Number.NaN], [])).toBeNull();
  });
});

test('a long curve is drawn with 800 points at most, none of its peaks lost', () => {
  const day = Int32Array.from({ length: 10_000 }, (_, i) => i);
  const value = Float64Array.from(day, (i) => (i === 4321 ? 9 : (i * 7919) % 5));
  const y = valueAxis(0, 9, 100, 'money');
  const path = lineMark({ day, value, x: timeAxis(0, 9999), y }, 'equity').toString();
  const points = path.match(/[ML][^ML"]+/g) ?? [];
  expect(points.length).toBeLessThanOrEqual(800);
  expect(path).toContain(`,${Math.round(y.place(9) * 100) / 100}`);
});

describe('bins of a histogram', () => {
  test('lie between round edges, zero among them, and hold every value', () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => (((i * 131) % 199) - 99) / 5000);
    const { edges, counts } = binsOf(values);
    expect(edges).toContain(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(counts.length).toBeLessThanOrEqual(60);
    expect([edges[0]! <= -0.0198, edges.at(-1)! >= 0.0198]).toEqual([true, true]);
  });

  test('of a single value there is one', () => {
    expect(binsOf(Float64Array.of(0.02))).toEqual({ edges: [0.01, 0.03], counts: [1] });
  });
});

test('numbers: a true minus, commas, units, and a dash where there is none', () => {
  expect(money(-1234.5)).toBe('−1,234.50');
  expect(money(-0.001)).toBe('0.00');
  expect(percent(-0.1234)).toBe('−12.34\u202f%');
  expect(bps(9.26)).toBe('9.3 bps');
  expect([12345.678, 123.456, 1.23456, -0.123456, 8.3e-6, 1e-9].map(price)).toEqual([
    ...['12,345.68', '123.456', '1.23456', '−0.123456', '0.0000083', '0.000000001'],
  ]);
  expect([100, 37.5, 0].map(price)).toEqual(['100.00', '37.50', '0.00']);
  expect([1200, 0.5, 1 / 3, 2.5e-8].map(quantity)).toEqual([
    ...['1,200', '0.5', '0.333333', '0.000000025'],
  ]);
  expect(amount(0.07 * 100)).toBe('7');
  expect([counted(1, 'bar'), counted(2516, 'bar'), counted(2.5, 'day')]).toEqual([
    '1 bar',
    '2,516 bars',
    '2.5 days',
  ]);
  expect([money(Number.NaN), percent(undefined), bps(Infinity)]).toEqual(['—', '—', '—']);
});
