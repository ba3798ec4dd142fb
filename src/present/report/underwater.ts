import { underwaterOf, worstDrawdowns } from '../../domain/metrics/drawdown.ts';
import { spread } from '../ticks.ts';
import { valueAxis } from './axis.ts';
import { areaMark, chart, lineMark } from './chart.ts';
import { dayAxis } from './equity.ts';
import { percent } from '../format.ts';
import { dayPlaces, stepWord, timesOf, zoneNote } from '../times.ts';
import { type Section, paragraph } from './section.ts';
import type { Subject } from './subject.ts';

const height = 140;

/** How far equity stands below its highest close. */
export function underwater({ run, initialCash }: Subject): Section {
  const { equity } = run.equity;
  const times = timesOf(run);
  const day = dayPlaces(times);
  const under = underwaterOf(equity, initialCash);
  const span = spread(under);
  const section = { id: 'underwater', title: 'Underwater' };
  if (span === null) return { ...section, content: paragraph('There are no sessions.') };
  const [deepest] = worstDrawdowns(equity, initialCash, 1);
  const x = dayAxis(day);
  const y = valueAxis(span[0] < 0 ? span[0] : -0.01, 0, height, 'percent');
  return {
    ...section,
    content: chart({
      id: 'underwater-chart',
      title: 'Equity below its highest close so far',
      summary: `Equity below its highest close so far, the initial cash being the first peak. ${
        deepest === undefined
          ? 'It never fell below it.'
          : `Deepest on ${stepWord(times, deepest.trough)}: ${percent(deepest.depth)}.${zoneNote(times)}`
      }`,
      height,
      x: x.ticks,
      y,
      marks: [
        areaMark({ day, value: under, x, y }, 'fill'),
        lineMark({ day, value: under, x, y }, 'under'),
      ],
    }),
  };
}
