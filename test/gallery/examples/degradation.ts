import { degradationChart } from '../../../src/present/charts/degradation.ts';
import { type Example, width } from '../example.ts';
import { draws } from '../world.ts';

const inSample = draws('in sample', 800, 1.2, 0.4);
const noise = draws('out of sample', 800, 0, 0.6);
const slope = -0.5;
const intercept = 0.9;

export default [
  {
    chart: degradationChart,
    shows: 'The better a trial was in sample, the worse it is out of sample.',
    drawing: degradationChart(
      {
        inSample,
        outOfSample: inSample.map((x, i) => intercept + slope * x + noise[i]!),
        slope,
        intercept,
      },
      width,
      300,
    ),
  },
  {
    chart: degradationChart,
    state: 'one-split',
    shows: 'A single split: one dot, no line, and still a scale.',
    drawing: degradationChart(
      { inSample: [1], outOfSample: [0.4], slope: null, intercept: null },
      width,
      300,
    ),
  },
] satisfies Example[];
