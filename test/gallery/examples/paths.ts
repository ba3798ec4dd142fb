import { pathCurvesChart, spreadChart } from '../../../src/present/charts/paths.ts';
import { type Example, width } from '../example.ts';
import { draws, sessions, walk } from '../world.ts';

const day = sessions(150);
const curves = Array.from({ length: 9 }, (_, path) => walk(`path ${path}`, day.length, 1, 0.0003));

export default [
  {
    chart: pathCurvesChart,
    shows: 'Nine paths of a cross-validation; those that end with a loss are dashed.',
    drawing: pathCurvesChart({ day, curves }, width, 240),
  },
  {
    chart: spreadChart,
    shows: 'Few values: one dot each, and the median as a line.',
    drawing: spreadChart(draws('few', 15, 0.6, 0.4), 0.6, width, 120),
  },
  {
    chart: spreadChart,
    state: 'many',
    shows: 'Many values: bars.',
    drawing: spreadChart(draws('many', 300, 0.6, 0.4), 0.6, width, 120),
  },
  {
    chart: spreadChart,
    state: 'empty',
    shows: 'No path has a value: an axis around zero.',
    drawing: spreadChart([], null, width, 120),
  },
] satisfies Example[];
