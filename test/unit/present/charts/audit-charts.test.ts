/** Charts of the audit, and that every channel of a chart gives something that can be drawn. */
import { valueof } from '@observablehq/plot';
import { describe, expect, test } from 'vitest';
import { degradationChart } from '../../../../src/present/charts/degradation.ts';
import { dialChart } from '../../../../src/present/charts/dial.ts';
import { equityChart } from '../../../../src/present/charts/equity.ts';
import type { Drawing } from '../../../../src/present/charts/frame.ts';
import { binned, histogramChart } from '../../../../src/present/charts/histogram.ts';
import { priceChart, signalChart } from '../../../../src/present/charts/signal.ts';
import { underwaterChart } from '../../../../src/present/charts/underwater.ts';

interface Mark {
  readonly data?: Iterable<unknown>;
  readonly channels?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** Every value of every channel, as Plot would read it. */
function values({ options }: Drawing): unknown[] {
  return (options.marks as readonly Mark[]).flatMap(({ data, channels }) =>
    Object.values(channels ?? {}).flatMap(({ value }) =>
      value === undefined || data === undefined
        ? []
        : Array.from((valueof([...data], value as string) ?? []) as Iterable<unknown>),
    ),
  );
}
const drawable = (value: unknown): boolean =>
  value instanceof Date
    ? Number.isFinite(value.getTime())
    : Number.isFinite(value) || typeof value === 'string';

const day = Int32Array.from({ length: 50 }, (_, session) => 10_000 + session);
const value = Float64Array.from(day, (_, session) => Math.abs(session - 25));
const span = [10_000, 10_049] as const;
const series = { day, value, close: value, threshold: 3 };
const entries = [
  { day: 10_005, side: 1 },
  { day: 10_030, side: -1 },
] as const;

describe('a histogram', () => {
  test('bins values equally, without those that are none', () => {
    expect(binned([0, 1, 2, 4, Number.NaN, -Infinity], 4)).toEqual({
      edges: [0, 1, 2, 3, 4],
      counts: [1, 1, 1, 1],
    });
    expect(binned([3, 3]).counts).toEqual([2]);
    expect(binned([])).toEqual({ edges: [0, 1], counts: [0] });
  });

  test('has its mark inside the axis', () => {
    const { options } = histogramChart(
      { edges: [0, 1, 2], counts: [3, 4], mark: 5, unit: 'percent' },
      600,
      200,
    );
    const [low, high] = (options.x as { domain: [number, number] }).domain;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(5);
  });
});

test('degradation draws at most 1,500 of its splits, and says of how many', () => {
  const inSample = Float64Array.from({ length: 4000 }, (_, i) => i / 1000);
  const data = { inSample, outOfSample: inSample.map((one) => 1 - one) };
  const { drawn, total } = degradationChart({ ...data, slope: -1, intercept: 1 }, 600, 200);
  expect(total).toBe(4000);
  expect(drawn).toBeLessThanOrEqual(1500);
});

test.each<[string, Drawing]>([
  [
    'histogram',
    histogramChart({ edges: [0, 1, 2], counts: [3, 4], mark: 1, unit: 'number' }, 600, 200),
  ],
  [
    'degradation',
    degradationChart({ inSample: [0, 1], outOfSample: [1, 0], slope: -1, intercept: 1 }, 600, 200),
  ],
  ['signal', signalChart(series, entries, span, 600, 200)],
  [
    'signal with a cut',
    signalChart(series, entries, span, 600, 200, { day: day.slice(0, 20), value }),
  ],
  ['price', priceChart(series, entries, span, 600, 200)],
  [
    'underwater',
    underwaterChart({ day, equity: value.map((one) => one + 1), initialCash: 1 }, 600, 200),
  ],
  [
    'equity',
    equityChart(
      { day, equity: value.map((one) => one + 1), benchmark: value.map((one) => one + 1) },
      600,
      200,
      {
        log: false,
        compare: true,
      },
    ),
  ],
  ['dial', dialChart({ x: [0, 1], totalReturn: [0.1, -0.1], diesAt: 0.5, here: 0.2 }, 600, 200)],
])('%s: every channel can be drawn', (_, drawing) => {
  const found = values(drawing);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => !drawable(one))).toEqual([]);
});
