import { overTimeChart } from '../../../src/present/charts/over-time.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(300);
const net = walk('net exposure', day.length, 0.4, 0.0002);
const gross = net.map((value, i) => (i < 40 ? NaN : Math.abs(value) + 0.2));

export default [
  {
    chart: overTimeChart,
    shows: 'An area that begins late, and a line, over a line at zero.',
    drawing: overTimeChart(
      day,
      [
        { value: gross, colour: 'up', area: true },
        { value: net, colour: 'up' },
      ],
      'percent',
      width,
      180,
    ),
  },
  {
    chart: overTimeChart,
    state: 'empty',
    shows: 'Nothing but missing values: axes around zero.',
    drawing: overTimeChart(
      day,
      [{ value: new Float64Array(day.length).fill(NaN), colour: 'up' }],
      'number',
      width,
      180,
    ),
  },
] satisfies Example[];
