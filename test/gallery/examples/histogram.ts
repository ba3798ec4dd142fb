import { binned, histogramChart } from '../../../src/present/charts/histogram.ts';
import { type Example, width } from '../example.ts';
import { draws } from '../world.ts';

export default [
  {
    chart: histogramChart,
    shows: 'Returns of made-up runs, and far to the right the run itself.',
    drawing: histogramChart(
      { ...binned(draws('shuffled', 1000, 0.05, 0.1)), mark: 0.42, unit: 'percent' },
      width,
      200,
    ),
  },
  {
    chart: histogramChart,
    state: 'empty',
    shows: 'No finite value at all: axes without bars.',
    drawing: histogramChart({ ...binned([NaN]), mark: null, unit: 'number' }, width, 200),
  },
] satisfies Example[];
