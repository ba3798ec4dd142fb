import { underwaterChart } from '../../../src/present/charts/underwater.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(400);
const initialCash = 100_000;

export default [
  {
    chart: underwaterChart,
    shows: 'How far the account is below its highest point so far.',
    drawing: underwaterChart(
      { day, equity: walk('equity', day.length, initialCash, 0.0006), initialCash },
      width,
      140,
    ),
  },
  {
    chart: underwaterChart,
    state: 'never-under',
    shows: 'An account that only rises: a flat line, and still a scale.',
    drawing: underwaterChart(
      { day, equity: Float64Array.from(day, (_, i) => initialCash + i), initialCash },
      width,
      140,
    ),
  },
] satisfies Example[];
