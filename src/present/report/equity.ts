import { spread } from '../ticks.ts';
import { type Axis, timeAxis, valueAxis } from './axis.ts';
import { chart, lineMark } from './chart.ts';
import { money } from '../format.ts';
import { type Section, paragraph } from './section.ts';
import { type Subject, currencyOf } from './subject.ts';
import { type DayPlaces, dayPlaces, stepWord, timesOf, zoneNote } from '../times.ts';

const height = 260;
/** From this many times the lowest value on, the axis is logarithmic: a line would hide the early years. */
const steep = 8;

/** The days of a run from left to right. */
export const dayAxis = (day: DayPlaces): Axis => timeAxis(day[0] ?? 0, day.at(-1) ?? 0);

/** Equity and what everything would have earned untouched. */
export function equity(subject: Subject): Section {
  const { equity, benchmark } = subject.run;
  const times = timesOf(subject.run);
  const day = dayPlaces(times);
  const span = spread(equity.equity, benchmark);
  const section = { id: 'equity', title: 'Equity against buy & hold' };
  if (span === null) return { ...section, content: paragraph('There are no sessions.') };
  const [low, high] = span;
  const logarithmic = low > 0 && high >= steep * low;
  const x = dayAxis(day);
  const y = valueAxis(low, high, height, 'money', logarithmic);
  const last = day.length - 1;
  return {
    ...section,
    content: chart({
      id: 'equity-chart',
      title: 'Equity against buy & hold',
      summary: `From ${money(equity.equity[0])} on ${stepWord(times, 0)} to ${money(equity.equity[last])} on ${stepWord(times, last)}, at the closes, in ${currencyOf(subject)}. Buy & hold, equal parts of the initial cash in every symbol and no costs, ended at ${money(benchmark[last])}.${logarithmic ? ' The scale is logarithmic.' : ''}${zoneNote(times)}`,
      height,
      x: x.ticks,
      y,
      legend: [
        { words: 'Equity', mark: 'equity' },
        { words: 'Buy & hold', mark: 'benchmark' },
      ],
      marks: [
        lineMark({ day, value: benchmark, x, y }, 'benchmark'),
        lineMark({ day, value: equity.equity, x, y }, 'equity'),
      ],
    }),
  };
}
