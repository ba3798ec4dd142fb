import { equityChart } from '../../../src/present/charts/equity.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(400);
const data = {
  day,
  equity: walk('equity', day.length, 100_000, 0.0006),
  benchmark: walk('benchmark', day.length, 100_000, 0.0004),
};

export default [
  {
    chart: equityChart,
    shows: 'An account (solid) against buy & hold (dashed), in money.',
    drawing: equityChart(data, width, 300, { log: false, compare: true }),
  },
  {
    chart: equityChart,
    state: 'log-alone',
    shows: 'The account alone on a logarithmic scale, which then fits it.',
    drawing: equityChart(data, width, 300, { log: true, compare: false }),
  },
] satisfies Example[];
