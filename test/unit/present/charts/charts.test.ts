import type { ScaleOptions } from '@observablehq/plot';
import { describe, expect, test } from 'vitest';
import { underwaterOf } from '../../../../src/domain/metrics/drawdown.ts';
import { dialChart } from '../../../../src/present/charts/dial.ts';
import { equityChart } from '../../../../src/present/charts/equity.ts';
import { priceChart, signalChart } from '../../../../src/present/charts/signal.ts';
import { underwaterChart } from '../../../../src/present/charts/underwater.ts';
import { years } from '../../../../src/present/charts/years.ts';

const sessions = 10_000;
const day = Int32Array.from({ length: sessions }, (_, session) => 10_000 + session);
const rising = Float64Array.from(day, (_, session) => 100 + session);
const labelsOf = (y: ScaleOptions | undefined) =>
  (y?.ticks as number[]).map(y?.tickFormat as (value: number) => string);
const span = [day[0]!, day[sessions - 1]!] as const;

describe('charts', () => {
  test('drawdown is measured from the highest equity so far', () => {
    expect([...underwaterOf([100, 110, 99, 110, 121], 100)]).toEqual([0, 0, 99 / 110 - 1, 0, 0]);
  });

  test('equity and buy & hold are decimated to four points a pixel column', () => {
    const { drawn, total, options } = equityChart(
      { day, equity: rising, benchmark: rising },
      676,
      300,
      { log: false, compare: true },
    );
    expect(total).toBe(2 * sessions);
    expect(drawn).toBeLessThanOrEqual(2 * 4 * 600);
    expect(options.marks).toHaveLength(2);
  });

  test('equity alone, on a logarithmic scale', () => {
    const { options, total } = equityChart({ day, equity: rising, benchmark: rising }, 676, 300, {
      log: true,
      compare: false,
    });
    expect(options.marks).toHaveLength(1);
    expect(options.y).toMatchObject({ type: 'log' });
    expect(total).toBe(sessions);
  });

  test('all charts of a run share their x range and margins', () => {
    const data = { day, equity: rising, benchmark: rising };
    const signal = { day, value: rising, close: rising, threshold: 3 };
    const all = [
      equityChart(data, 700, 300, { log: false, compare: true }),
      underwaterChart({ ...data, initialCash: 0 }, 700, 140),
      signalChart(signal, [], span, 700, 200),
      priceChart(signal, [], span, 700, 140),
    ].map(({ options: { x, marginLeft, marginRight } }) => ({ x, marginLeft, marginRight }));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  test('money on the axis is short, drawdown has a true minus', () => {
    const data = { day, equity: rising, benchmark: rising };
    const money = equityChart(data, 700, 300, { log: false, compare: true }).options.y;
    expect(labelsOf(money)).toEqual(['2k', '4k', '6k', '8k', '10k']);
    const under = underwaterChart({ ...data, initialCash: 0 }, 700, 140).options.y;
    expect(labelsOf(under)).toContain('−0.5\u202f%');
    expect(under?.domain).toEqual([-0.01, 0]); // Nothing under water: the axis still has a scale.
  });

  test('a dial draws every point, and marks only what there is', () => {
    const dial = { x: [0, 10, 20], totalReturn: [0.1, 0, null], diesAt: 10, here: null };
    const { options, drawn, total } = dialChart(dial, 400, 200);
    expect([drawn, total]).toEqual([3, 3]);
    expect(options.x).toMatchObject({ type: 'linear', domain: [0, 20] });
    const more = dialChart({ ...dial, here: 5 }, 400, 200).options.marks;
    expect(more).toHaveLength((options.marks?.length ?? 0) + 2); // A line and its words.
  });

  test('the signal counts the points of the run’s range, without a threshold there is no line', () => {
    const value = Float64Array.from(rising, (score, row) => (row < 100 ? NaN : score));
    const data = { day, value, close: rising, threshold: null };
    const half = [day[0]!, day[sessions / 2 - 1]!] as const;
    const entries = [
      { day: day[200]!, side: 1 },
      { day: day[300]!, side: -1 },
      { day: day[5]!, side: 1 }, // No value there, so no mark.
    ] as const;
    const { total, options } = signalChart(data, entries, half, 700, 200);
    expect(total).toBe(sessions / 2);
    expect(options.marks).toHaveLength(3);
  });
});

test('the years of a run chain to its whole change', () => {
  const start = Date.UTC(2019, 11, 30) / 86_400_000;
  const days = Int32Array.from({ length: 400 }, (_, session) => start + session);
  const equity = Float64Array.from(days, (_, session) => 100 + (session % 50));
  const rows = years(days, equity, equity, 100);
  expect(rows.map(({ year, sessions }) => [year, sessions])).toEqual([
    [2019, 2],
    [2020, 366],
    [2021, 32],
  ]);
  const chained = rows.reduce((product, { change }) => product * (1 + change), 1);
  expect(chained).toBeCloseTo(equity[399]! / equity[0]!, 12);
  expect(rows[1]?.deepest).toBeCloseTo(100 / 149 - 1, 12);
});
