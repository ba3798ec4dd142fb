import { growthChart } from '../../../src/present/charts/growth.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(400);

/** The later a run's place, the later it begins. */
const runs = [1, 2, 3, 4].map((place) => {
  const from = (place - 1) * 60;
  return {
    place,
    day: day.slice(from),
    growth: walk(`run ${place}`, day.length - from, 1, 0.0005).map((equity) => equity - 1),
  };
});

export default [
  {
    chart: growthChart,
    shows: 'Four pinned runs over the calendar, told apart by dashes as well as by colour.',
    drawing: growthChart(runs, width, 300),
  },
] satisfies Example[];
