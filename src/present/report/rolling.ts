import type { CurveFigures } from '../figures/curve.ts';
import { rollingFiguresOf } from '../figures/rolling.ts';
import { type AxisKind, spread } from '../ticks.ts';
import { type Axis, valueAxis } from './axis.ts';
import { chart, levelLine, lineMark } from './chart.ts';
import { dayAxis } from './equity.ts';
import { date, percent, ratio } from '../format.ts';
import type { Content } from './html.ts';
import { type Section, paragraph, remark } from './section.ts';
import type { Subject } from './subject.ts';
import type { Days } from '../../domain/units.ts';

const height = 140;

/** Sharpe ratio and volatility as they would have read at the time. */
export function rolling({ run }: Subject, figures: CurveFigures): Section {
  const section = { id: 'rolling', title: 'Rolling Sharpe ratio and volatility' };
  const found = rollingFiguresOf(figures, run.study.metrics.riskFreeRate);
  if (typeof found === 'string') return { ...section, content: paragraph(found) };
  const { day, sharpe, volatility } = found;
  const x = dayAxis(day);
  return {
    ...section,
    content: [
      figure('rolling-sharpe', 'Sharpe ratio', { day, value: sharpe }, x, 'number', ratio),
      figure('rolling-volatility', 'Volatility', { day, value: volatility }, x, 'percent', percent),
      remark(found.remark),
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
