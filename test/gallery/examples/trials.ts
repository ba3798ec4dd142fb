import { axisOf } from '../../../src/present/charts/axis-values.ts';
import { heatScale } from '../../../src/present/charts/heat.ts';
import { trialDotsChart, trialLineChart } from '../../../src/present/charts/trial-dots.ts';
import { type Example, width } from '../example.ts';
import { draws } from '../world.ts';

const count = 60;
const x = axisOf('Lookback', draws('x', count, 60, 20).map(Math.round), String);
const y = axisOf('Symbol', ['ACME', 'GLOBEX', 'INITECH'], String);
const noise = draws('trial', count, 0, 0.2);
const dots = noise.map((value, trial) => ({
  trial,
  x: trial % x.values.length,
  y: trial % 3,
  value: value + 1 - Math.abs((x.values[trial % x.values.length] as number) - 60) / 30,
}));
const line = dots.slice(0, x.values.length);
const best = line.reduce((top, one) => (one.value > top.value ? one : top)).trial;
const scale = heatScale(
  dots.map(({ value }) => value),
  0,
);

export default [
  {
    chart: trialDotsChart,
    shows: 'Random draws of a number and a name: the best ringed, the study’s own dashed.',
    drawing: trialDotsChart({ x, y, dots, scale, best, own: 7 }, width, 260),
  },
  {
    chart: trialLineChart,
    shows: 'One varied number: each trial’s value over it.',
    drawing: trialLineChart({ x, dots: line, best, own: 7 }, 'number', 0, width, 220),
  },
  {
    chart: trialLineChart,
    state: 'names',
    shows: 'One varied name: dots without a line, for nothing lies between two names.',
    drawing: trialLineChart(
      {
        x: y,
        dots: [0.4, 0.9, NaN].map((value, i) => ({ trial: i, x: i, y: 0, value })),
        best: 1,
        own: 0,
      },
      'number',
      0,
      width,
      220,
    ),
  },
] satisfies Example[];
