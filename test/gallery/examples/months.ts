import { monthsChart } from '../../../src/present/charts/months.ts';
import { monthGridOf } from '../../../src/present/figures/months.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(700);
const grid = monthGridOf({ day, equity: walk('months', day.length, 100, 0.0004), base: 100 });

export default [
  {
    chart: monthsChart,
    shows: 'Three years of months, the last of them unfinished, each with its return.',
    drawing: monthsChart(grid, width),
  },
  {
    chart: monthsChart,
    state: 'narrow',
    shows: 'On a phone the months have one letter and the cells a sign.',
    drawing: monthsChart(grid, 320),
  },
] satisfies Example[];
