import { describe, expect, test } from 'vitest';
import { axisOf, thinned } from '../../../../src/present/charts/axis-values.ts';
import { coefficientChart } from '../../../../src/present/charts/coefficients.ts';
import { heatColor, heatScale } from '../../../../src/present/charts/heat.ts';
import { heatCells, heatMapChart, heatMapHeight } from '../../../../src/present/charts/heat-map.ts';
import { parallelChart, spreadByRank } from '../../../../src/present/charts/parallel.ts';
import { pathCurvesChart, spreadChart } from '../../../../src/present/charts/paths.ts';
import { trialDotsChart, trialLineChart } from '../../../../src/present/charts/trial-dots.ts';
import {
  choicesChart,
  foldPairsChart,
  stitchedChart,
} from '../../../../src/present/charts/walk-forward.ts';

const words = (value: unknown) => String(value);
const format = (value: number) => value.toFixed(2);
const stop = axisOf('Stop', [2, null, 1, 2], (value) => (value === null ? 'off' : words(value)));
const threshold = axisOf('Threshold', [4, 2, 3], words);

describe('colours', () => {
  test('with a centre the scale reaches as far up as down, and its sides have two colours', () => {
    const scale = heatScale([-0.5, NaN, 0.2], 0)!;
    expect(scale).toEqual({ low: -0.5, high: 0.5, centre: 0 });
    expect(heatColor(-0.5, scale)).toBe(
      'color-mix(in oklab, var(--heat-low) 100%, var(--heat-mid))',
    );
    expect(heatColor(0.25, scale)).toContain('var(--heat-high) 50%');
    expect(heatColor(0, scale)).toContain('0%');
    expect(heatColor(NaN, scale)).toBe('none');
  });

  test('without a centre it runs from the lowest to the highest; equal values are all full', () => {
    const scale = heatScale([10, 20], null)!;
    expect([10, 15, 20].map((value) => /\d+%/.exec(heatColor(value, scale))?.[0])).toEqual([
      '0%',
      '50%',
      '100%',
    ]);
    expect(heatColor(3, heatScale([3, 3], null)!)).toContain('100%');
    expect(heatScale([NaN], 0)).toBeNull();
  });
});

describe('axes', () => {
  test('numbers ascend and come first, what is off comes last', () => {
    expect(stop).toMatchObject({ values: [1, 2, null], words: ['1', '2', 'off'], numeric: false });
    expect(threshold).toMatchObject({ values: [2, 3, 4], numeric: true });
  });

  test('words that do not fit are left out evenly', () => {
    const many = Array.from({ length: 50 }, (_, i) => String(100 + i));
    expect(thinned(many, 2000, false)).toHaveLength(50);
    expect(thinned(many, 400, false)).toHaveLength(13);
  });
});

describe('the heat map', () => {
  const trials = {
    x: [0, 0, 1, 1],
    y: [0, 0, 0, 0],
    value: [10, 20, 30, NaN],
    objective: [0.5, 0.1, NaN, NaN],
  };

  test('further settings: the value of the best by the objective, or the mean of those that have one', () => {
    expect(heatCells(trials, 'best')).toEqual([
      { x: 0, y: 0, value: 10, trial: 0, trials: 2 },
      { x: 1, y: 0, value: NaN, trial: 3, trials: 2 },
    ]);
    expect(heatCells(trials, 'mean').map(({ value }) => value)).toEqual([15, 30]);
  });

  test('numbers are written into cells that have room for them', () => {
    const cells = heatCells(trials, 'mean');
    const map = { x: threshold, y: threshold, cells, scale: heatScale([15, 30], null), format };
    const marks = (width: number) =>
      heatMapChart({ ...map, best: 0, own: -1 }, width, heatMapHeight(3)).options.marks?.length;
    expect(marks(700)).toBe((marks(160) ?? 0) + 1);
    expect(heatMapHeight(200)).toBeLessThan(500);
  });
});

test('draws are dots; a single setting is a line where it is a number', () => {
  const dots = [0, 1, 2].map((trial) => ({ trial, x: trial, y: trial, value: trial || NaN }));
  const scale = heatScale([1, 2], 0);
  const across = trialDotsChart({ x: threshold, y: stop, dots, scale, best: 2, own: -1 }, 600, 300);
  expect(across.drawn).toBe(3);
  expect(across.options.x).toMatchObject({ type: 'linear' });
  expect(across.options.y).toMatchObject({ type: 'point', domain: stop.words });
  const line = (x: typeof stop) =>
    trialLineChart({ x, dots, best: 2, own: 1 }, 'number', 0, 600, 300);
  expect(line(threshold)).toMatchObject({ drawn: 2, total: 3 }); // One has no value.
  expect(line(threshold).options.marks).toHaveLength((line(stop).options.marks?.length ?? 0) + 1);
});

describe('parallel coordinates', () => {
  test('at most so many lines, the worst and the best among them, in order', () => {
    const value = Float64Array.from({ length: 5000 }, (_, i) => (i === 7 ? NaN : (i * 37) % 5000));
    const shown = spreadByRank(value, 1000);
    expect(shown).toHaveLength(1000);
    const values = shown.map((trial) => value[trial]!);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect([values[0], values.at(-1)]).toEqual([0, 4999]);
  });

  test('says how many lines it draws', () => {
    const value = Float64Array.of(0.1, 0.2, NaN);
    const { drawn, total } = parallelChart(
      {
        axes: [threshold, stop],
        places: [
          [0, 1, 2],
          [0, 1, 2],
        ],
        value,
        scale: heatScale(value, 0)!,
        valueTitle: 'Sharpe ratio',
        format,
      },
      600,
      260,
    );
    expect([drawn, total]).toEqual([2, 3]);
  });
});

describe('walk-forward', () => {
  const day = Int32Array.from({ length: 100 }, (_, i) => 10_000 + i);
  const equity = Float64Array.from(day, (_, i) => 100 + i);

  test('both curves are drawn, and a tint where a fold stayed in cash', () => {
    const folds = [
      { from: 10_000, to: 10_049, cash: false },
      { from: 10_050, to: 10_099, cash: true },
    ];
    const { drawn, total } = stitchedChart({ day, equity, fixed: equity, folds }, 700, 300);
    expect([drawn, total]).toEqual([200, 200]);
  });

  test('folds have a place on the axis even where they did not trade', () => {
    const pairs = [
      { fold: 0, inside: 1, outside: 0.5 },
      { fold: 1, inside: null, outside: null },
    ];
    expect(foldPairsChart(pairs, 'number', 400, 200).options.x).toMatchObject({
      domain: ['1', '2'],
    });
    const choices = choicesChart({ axis: stop, places: [0, -1, 2], own: 1 }, 400, 180);
    expect(choices.drawn).toBe(2);
    expect(choices.options.x).toMatchObject({ domain: ['1', '2', '3'] });
    expect(
      choicesChart({ axis: threshold, places: [0], own: -1 }, 400, 180).options.y,
    ).toMatchObject({ domain: [2, 4] });
  });

  test('of many paths some are drawn, and said so', () => {
    const curves = Array.from({ length: 200 }, (_, path) => day.length + path).map((end) =>
      Float64Array.from(day, (_, i) => 1 + (i * end) / 1e5),
    );
    expect(pathCurvesChart({ day, curves }, 600, 200)).toMatchObject({ drawn: 60, total: 200 });
    expect(pathCurvesChart({ day, curves: curves.slice(0, 5) }, 600, 200).drawn).toBe(5);
  });

  test('few numbers are dots, many are bars', () => {
    const values = Array.from({ length: 200 }, (_, i) => i / 100);
    expect(spreadChart(values, 1, 600, 140).options.marginLeft).toBe(40);
    expect(spreadChart(values.slice(0, 5), null, 600, 140).options.y).toEqual({ axis: null });
    expect(spreadChart([0.4], 0.4, 600, 140).options.x).toMatchObject({ domain: [0, 0.4] });
  });

  test('weights that could not be fitted keep their fold’s place', () => {
    const weights = { value: [1, NaN, 2], error: [0.1, NaN, NaN], fixed: 0.8 };
    const { drawn, total, options } = coefficientChart(weights, 400, 180);
    expect([drawn, total]).toEqual([2, 3]);
    expect(options.x).toMatchObject({ domain: ['1', '2', '3'] });
  });
});
