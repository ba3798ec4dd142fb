import { equityChart } from '../../../src/present/charts/equity.ts';
import { equityBeside } from '../../../src/domain/growth.ts';
import { besideStyleAt } from '../../../src/present/charts/line-styles.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(400);
const data = {
  day,
  equity: walk('equity', day.length, 100_000, 0.0006),
  benchmark: walk('benchmark', day.length, 100_000, 0.0004),
};
const other = walk('other', 200, 1000, 0.001);
const beside = [
  { values: walk('pinned', day.length, 100_000, 0.0008), ...besideStyleAt(1) },
  {
    values: equityBeside(data, { day: day.subarray(100, 300), equity: other }),
    ...besideStyleAt(2),
  },
];

/** Two sessions of 5 min bars, from 9:30 to 16:00, on an axis of days. */
const within = {
  day: Float64Array.from({ length: 156 }, (_, bar) => {
    const session = Math.floor(bar / 78);
    return day[session]! + (9.5 * 3600 + ((bar % 78) + 1) * 300) / 86_400;
  }),
  equity: walk('minutes', 156, 100_000, 0.0001),
  benchmark: walk('held', 156, 100_000, 0),
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
  {
    chart: equityChart,
    state: 'pinned',
    shows: 'The account, and two runs beside it, one of which begins later and ends earlier.',
    drawing: equityChart({ ...data, beside }, width, 300, { log: false, compare: false }),
  },
  {
    chart: equityChart,
    state: 'minutes',
    shows: 'Two sessions of 5 min bars: times of the day below, and the night between.',
    drawing: equityChart(within, width, 300, { log: false, compare: true }),
  },
] satisfies Example[];
