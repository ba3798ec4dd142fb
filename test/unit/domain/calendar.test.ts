import { describe, expect, it } from 'vitest';
import {
  dayFromIso,
  firstDayOf,
  isoFromDay,
  monthOf,
  sessionsPerYear,
  weekday,
} from '../../../src/domain/calendar.ts';

describe('days', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2014-01-02', 16_072],
  ])('%s is day %i', (iso, day) => {
    expect(dayFromIso(iso)).toBe(day);
    expect(isoFromDay(day)).toBe(iso);
  });

  it.each(['2021-02-29', '2021-1-2', '01/02/2021', '', '2021-13-01'])('“%s” is no date', (text) => {
    expect(() => dayFromIso(text)).toThrow(/YYYY-MM-DD/);
  });

  it('count weekdays from Monday', () => {
    expect(
      ['2020-04-13', '2020-04-17', '2020-04-19', '1969-12-29'].map((iso) =>
        weekday(dayFromIso(iso)),
      ),
    ).toEqual([0, 4, 6, 0]);
  });
});

it('sessions a year: 365 only where both Saturdays and Sundays are traded', () => {
  const week = (days: number[]): number[] => days.map((d) => dayFromIso('2020-04-13') + d);
  expect(sessionsPerYear(week([0, 1, 2, 3, 4]))).toBe(252);
  expect(sessionsPerYear(week([0, 1, 2, 3, 4, 5]))).toBe(252); // Saturday sessions, as Korea once had
  expect(sessionsPerYear(week([0, 1, 2, 3, 4, 5, 6]))).toBe(365);
  const special = [0, 7, 14, 21, 28].flatMap((monday) =>
    week([0, 1, 2, 3, 4].map((d) => monday + d)),
  );
  expect(sessionsPerYear([...special, ...week([40, 41])].slice(0, 27))).toBe(252);
  expect(sessionsPerYear([])).toBe(252);
});

describe('returns a year of other bars', () => {
  const start = dayFromIso('2010-01-01');
  const every = (days: number, count: number) =>
    Array.from({ length: count }, (_, i) => start + i * days);
  const workdays = every(1, 4000).filter((day) => weekday(day) < 5);
  /** Ten holidays a year, as exchanges have them. */
  const exchange = workdays.filter((_, i) => i % 26 !== 0);
  const monthEnds = (months: number, count: number) =>
    Array.from({ length: count }, (_, i) => firstDayOf(monthOf(start) + (i + 1) * months) - 1);
  const onWorkdays = (days: number[]) => days.map((day) => day - Math.max(weekday(day) - 4, 0));
  const nth = (days: number[], n: number) => days.filter((_, i) => i % n === 0);

  it.each([
    ['exchange days', exchange, 252],
    ['every day', every(1, 1000), 365],
    ['Fridays', every(7, 500), 52],
    ['five Fridays', every(7, 5), 52],
    ['Sundays', every(7, 500).map((day) => day + 2), 52],
    ['month ends, weekends or not', monthEnds(1, 132), 12],
    ['month ends on workdays', onWorkdays(monthEnds(1, 132)), 12],
    ['quarter ends', monthEnds(3, 40), 4],
    ['quarter ends on workdays', onWorkdays(monthEnds(3, 40)), 4],
    ['half-year ends', monthEnds(6, 20), 2],
    ['year ends', monthEnds(12, 15), 1],
    ['every second exchange day', nth(exchange, 2), 125.42],
    ['every fifth', nth(exchange, 5), 50.17],
    ['every third day of all', every(3, 500), 121.75],
    ['every 28 days', every(28, 100), 13.04],
    ['every 500 days', every(500, 12), 0.73],
    [
      'two symbols, one on Wednesdays, one on Fridays',
      every(7, 300).flatMap((day) => [day - 2, day]),
      104.29,
    ],
  ])('%s', (_, days, perYear) => {
    const found = sessionsPerYear(days);
    expect(found / perYear).toBeCloseTo(1, 2);
    if (Number.isInteger(perYear)) expect(found).toBe(perYear);
  });

  it('daily bars are daily from the first, over holidays and after a pause of years', () => {
    for (const count of [1, 2, 3, 5, 10, 40])
      expect(sessionsPerYear(exchange.slice(100, 100 + count))).toBe(252);
    expect(sessionsPerYear(['2024-03-27', '2024-03-28', '2024-04-02'].map(dayFromIso))).toBe(252);
    expect(sessionsPerYear([...exchange.slice(0, 300), ...exchange.slice(1500, 1800)])).toBe(252);
  });

  it('weekly bars are weekly after a pause of a year, or with a week missing here and there', () => {
    const fridays = every(7, 200);
    expect(sessionsPerYear([...fridays.slice(0, 60), ...fridays.slice(112)])).toBe(52);
    const most = fridays.filter((_, i) => i % 10 !== 0);
    expect(sessionsPerYear(most)).toBeCloseTo(52 * 0.9, 0);
  });

  it('a few days in a row each quarter are as many as they are', () => {
    const bursts = monthEnds(3, 40).flatMap((day) => [day - 2, day - 1, day]);
    expect(sessionsPerYear(bursts)).toBeCloseTo(12, 0);
  });
});
