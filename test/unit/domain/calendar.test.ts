import { describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay, sessionsPerYear, weekday } from '../../../src/domain/calendar.ts';

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
