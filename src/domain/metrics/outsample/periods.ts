import pow from '@stdlib/math-base-special-pow';
import { monthOf, monthsBefore, yearOf } from '../../calendar.ts';
import type { Facts } from '../facts.ts';
import { type NumberOrReason, entry, given } from '../finding.ts';
import { type BasedCurve, extremes, since, spanSince, toDate } from '../periods.ts';

/** Returns by the calendar. */
export function periodEntries({ curve, returns }: Facts) {
  const back = (months: number, length: string) =>
    entry(
      `${length} return`,
      'percent',
      `Since the last close on or before the same day ${months === 12 ? 'one year' : `${months} months`} before the last session.`,
      'equity of the last session ÷ equity of that close − 1',
      given(curve, (all) => since(all, months, months === 12 ? 'a year' : `${months} months`)),
    );
  const yearly = (years: number) =>
    entry(
      `${years}Y return, a year`,
      'percent',
      `Growth a year since the last close on or before the same day ${years} years before the last session.`,
      `(equity of the last session ÷ equity of that close)^(1 ÷ ${years}) − 1`,
      given(curve, (all) => perYear(all, years)),
    );
  const edge = (label: string, which: 'best' | 'worst', period: string, value: NumberOrReason) =>
    entry(
      label,
      'percent',
      `The ${which} return of a ${period}${period === 'session' ? '' : ', the run’s first and last being parts of one'}.`,
      `${which === 'best' ? 'max' : 'min'}(equity at the end of the ${period} ÷ equity before it − 1)`,
      value,
    );
  const months = given(curve, (all) => extremes(all, monthOf));
  const years = given(curve, (all) => extremes(all, yearOf));
  const day = given(returns, ({ sorted }) => ({ best: sorted.at(-1)!, worst: sorted[0]! }));
  return {
    'month-to-date': entry(
      'Month to date',
      'percent',
      'Since the last close before the calendar month in which the run ends, or from its start where it begins inside.',
      'equity of the last session ÷ equity before its month − 1',
      given(curve, (all) => toDate(all, monthOf)),
    ),
    'three-months': back(3, '3M'),
    'six-months': back(6, '6M'),
    'year-to-date': entry(
      'Year to date',
      'percent',
      'Since the last close before the calendar year in which the run ends, or from its start where it begins inside.',
      'equity of the last session ÷ equity before its year − 1',
      given(curve, (all) => toDate(all, yearOf)),
    ),
    'one-year': back(12, '1Y'),
    'three-years': yearly(3),
    'five-years': yearly(5),
    'best-day': edge(
      'Best day',
      'best',
      'session',
      given(day, ({ best }) => best),
    ),
    'worst-day': edge(
      'Worst day',
      'worst',
      'session',
      given(day, ({ worst }) => worst),
    ),
    'best-month': edge(
      'Best month',
      'best',
      'calendar month',
      given(months, ({ best }) => best),
    ),
    'worst-month': edge(
      'Worst month',
      'worst',
      'calendar month',
      given(months, ({ worst }) => worst),
    ),
    'best-year': edge(
      'Best year',
      'best',
      'calendar year',
      given(years, ({ best }) => best),
    ),
    'worst-year': edge(
      'Worst year',
      'worst',
      'calendar year',
      given(years, ({ worst }) => worst),
    ),
  };
}

function perYear(curve: BasedCurve, years: number): NumberOrReason {
  const from = monthsBefore(curve.day.at(-1)!, 12 * years);
  return given(
    spanSince(curve, from, `${years} years`),
    ({ growth }) => pow(growth, 1 / years) - 1,
  );
}
