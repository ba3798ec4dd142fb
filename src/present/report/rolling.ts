import { leastSessions } from '../../domain/metrics/annualised.ts';
import { rollingOf } from '../../domain/metrics/rolling.ts';
import { type AxisKind, spread } from '../ticks.ts';
import { type Axis, valueAxis } from './axis.ts';
import { chart, levelLine, lineMark } from './chart.ts';
import { dayAxis } from './equity.ts';
import { count, date, percent, ratio } from '../format.ts';
import type { Content } from './html.ts';
import { type Section, paragraph, remark } from './section.ts';
import type { ReportFigures, Subject } from './subject.ts';
import type { Days } from '../../domain/units.ts';

const height = 140;
/** Half a year of exchange days; a third of the run where that is shorter. */
const longest = 126;

/** Sharpe ratio and volatility as they would have read at the time. */
export function rolling({ run }: Subject, { returns, perYear }: ReportFigures): Section {
  const section = { id: 'rolling', title: 'Rolling Sharpe ratio and volatility' };
  if (typeof returns === 'string')
    return { ...section, content: paragraph(`There are none. ${returns}`) };
  const { day } = run.equity;
  const window = Math.min(longest, Math.floor(day.length / 3));
  if (window < leastSessions) {
    const least = count(3 * leastSessions);
    return {
      ...section,
      content: paragraph(
        `There are none. They need ${least} sessions; the run has ${count(day.length)}.`,
      ),
    };
  }
  const free = run.study.metrics.riskFreeRate / perYear;
  const { sharpe, volatility } = rollingOf(returns.values, window, free, perYear);
  const x = dayAxis(day);
  return {
    ...section,
    content: [
      figure('rolling-sharpe', 'Sharpe ratio', { day, value: sharpe }, x, 'number', ratio),
      figure('rolling-volatility', 'Volatility', { day, value: volatility }, x, 'percent', percent),
      remark(
        `Over the ${count(window)} sessions up to each day, in Outsample’s convention: mean(r − rf) ÷ sd(r) × √${perYear} and sd(r) × √${perYear}, r the simple returns of equity per session, rf the risk-free rate of ${percent(run.study.metrics.riskFreeRate)} a year ÷ ${perYear}, sd with n − 1.`,
      ),
    ],
  };
}

function figure(
  id: string,
  title: string,
  { day, value }: { readonly day: Days; readonly value: Float64Array },
  x: Axis,
  kind: AxisKind,
  words: (value: number) => string,
): Content {
  const span = spread(value);
  if (span === null)
    return paragraph(`${title}: there is none, equity’s returns don’t vary in any window.`);
  const y = valueAxis(Math.min(span[0], 0), Math.max(span[1], 0), height, kind);
  const at = (wanted: number): string => date(day[value.indexOf(wanted)]);
  return chart({
    id,
    title,
    headed: true,
    summary: `Lowest ${words(span[0])} on ${at(span[0])}, highest ${words(span[1])} on ${at(span[1])}.`,
    height,
    x: x.ticks,
    y,
    marks: [levelLine(y.place(0), 'zero'), lineMark({ day, value, x, y }, 'equity')],
  });
}
