import { yearBarsChart } from '../../../src/present/charts/year-bars.ts';
import { type Example, width } from '../example.ts';

const year = (year: number, change: number, benchmarkChange: number) => ({
  ...{ year, change, benchmarkChange },
  ...{ sessions: 252, equity: 100_000, deepest: -0.1 },
});

export default [
  {
    chart: yearBarsChart,
    shows: 'Bars above and below zero, each with a line across it where buy & hold ended.',
    drawing: yearBarsChart(
      [year(2015, 0.08, 0.02), year(2016, -0.05, 0.1), year(2017, 0.12, 0.19)],
      width,
      200,
    ),
  },
] satisfies Example[];
