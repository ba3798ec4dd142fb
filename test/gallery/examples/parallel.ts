import { axisOf } from '../../../src/present/charts/axis-values.ts';
import { heatScale } from '../../../src/present/charts/heat.ts';
import { parallelChart } from '../../../src/present/charts/parallel.ts';
import { type Example, width } from '../example.ts';

const axes = [
  axisOf('Lookback', [10, 20, 40, 80], String),
  axisOf('Direction', ['long', 'both'], String),
  axisOf('Holding period', [1, 5, 10], String),
];

/** All combinations, the first axis turning slowest. */
const trials = [0, 1, 2, 3].flatMap((a) =>
  [0, 1].flatMap((b) => [0, 1, 2].map((c) => [a, b, c] as const)),
);
const value = trials.map(([a, b, c]) => 0.3 * a - 0.5 * b + 0.2 * c - 0.3);

export default [
  {
    chart: parallelChart,
    shows: 'Each trial as a line across its settings to its value on the right.',
    drawing: parallelChart(
      {
        axes,
        places: axes.map((_, axis) => trials.map((trial) => trial[axis]!)),
        value,
        scale: heatScale(value, 0)!,
        valueTitle: 'Sharpe ratio',
        format: (one) => one.toFixed(2).replace('-', '−'),
      },
      width,
      300,
    ),
  },
] satisfies Example[];
