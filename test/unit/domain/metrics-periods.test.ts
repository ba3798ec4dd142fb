import { expect, test } from 'vitest';
import {
  dayFromIso,
  firstDayOf,
  isoFromDay,
  monthOf,
  monthsBefore,
  yearOf,
} from '../../../src/domain/calendar.ts';

test('months and years of every day from 1599 to 2401 are those of the ISO calendar', () => {
  for (let day = dayFromIso('1599-12-30'); day < dayFromIso('2401-03-02'); day++) {
    const [year, month, date] = isoFromDay(day).split('-').map(Number);
    const expected = (year! - 1970) * 12 + month! - 1;
    if (
      monthOf(day) !== expected ||
      yearOf(day) !== year ||
      day - firstDayOf(expected) !== date! - 1
    ) {
      expect.fail(isoFromDay(day));
    }
  }
});

test.each([
  ['2024-05-31', 3, '2024-02-29'],
  ['2023-05-31', 3, '2023-02-28'],
  ['2024-02-29', 12, '2023-02-28'],
  ['2024-03-31', 1, '2024-02-29'],
  ['2024-01-15', 1, '2023-12-15'],
  ['1970-01-31', 14, '1968-11-30'],
])('%s less %d months is %s', (day, months, before) => {
  expect(isoFromDay(monthsBefore(dayFromIso(day), months))).toBe(before);
});
