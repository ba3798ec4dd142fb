import { axisOf } from '../../../src/present/charts/axis-values.ts';
import {
  type HeatCell,
  heatMapChart,
  heatMapHeight,
} from '../../../src/present/charts/heat-map.ts';
import { heatScale } from '../../../src/present/charts/heat.ts';
import { type Example, width } from '../example.ts';

const x = axisOf('Lookback', [10, 20, 40, 60, 120], String);
const y = axisOf('Exit', ['after 5 bars', 'after 10 bars', 'stop', 'signal'], String);

/** One hill; one cell where no trial has a value. */
const cells = x.values.flatMap((_, column) =>
  y.values.map((_, row): HeatCell => {
    const trial = column * y.values.length + row;
    const value = 1.2 - 0.4 * (column - 2) ** 2 - 0.3 * (row - 1) ** 2;
    return { x: column, y: row, value: trial === 19 ? NaN : value, trial, trials: 1 };
  }),
);

const map = {
  x,
  y,
  cells,
  scale: heatScale(
    cells.map(({ value }) => value).filter((value) => !Number.isNaN(value)),
    0,
  ),
  format: (value: number) => value.toFixed(2).replace('-', '−'),
  best: 9,
  own: 4,
};

export default [
  {
    chart: heatMapChart,
    shows:
      'Sharpe ratio over two settings: the best cell framed, the study’s own dashed, one unknown.',
    drawing: heatMapChart(map, width, heatMapHeight(y.values.length)),
  },
  {
    chart: heatMapChart,
    state: 'narrow',
    shows: 'No room for the numbers: colours only, and fewer words on the axis.',
    drawing: heatMapChart(map, 220, heatMapHeight(y.values.length)),
  },
] satisfies Example[];
