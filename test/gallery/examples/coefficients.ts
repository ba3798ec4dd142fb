import { coefficientChart } from '../../../src/present/charts/coefficients.ts';
import { type Example, width } from '../example.ts';

export default [
  {
    chart: coefficientChart,
    shows: 'A weight by fold with one standard error; the third fold could not be fitted.',
    drawing: coefficientChart(
      {
        value: [0.4, 0.55, NaN, 0.2, -0.1, 0.3],
        error: [0.1, 0.2, NaN, 0.15, NaN, 0.1],
        fixed: 0.5,
      },
      width,
      200,
    ),
  },
] satisfies Example[];
