import { dialChart } from '../../../src/present/charts/dial.ts';
import { type Example, width } from '../example.ts';

const x = Array.from({ length: 21 }, (_, i) => i * 2);
const totalReturn = x.map((bps) => 0.6 - bps * 0.025);

export default [
  {
    chart: dialChart,
    shows:
      'Total return falls with the cost a fill: where the run stands, and where its edge dies.',
    drawing: dialChart({ x, totalReturn, diesAt: 24, here: 5 }, width, 200),
  },
  {
    chart: dialChart,
    state: 'lives',
    shows: 'An edge that outlives all costs tried, with one run missing: a gap, and no marks.',
    drawing: dialChart(
      {
        x,
        totalReturn: totalReturn.map((one, i) => (i === 10 ? null : one + 0.5)),
        diesAt: null,
        here: null,
      },
      width,
      200,
    ),
  },
] satisfies Example[];
