import { describe, expect, it } from 'vitest';
import { shortLength } from '../../../src/present/bar-length.ts';
import {
  dayPlaces,
  elapsedWord,
  instantWord,
  isoInstant,
  stepWord,
  timesOf,
  zoneNote,
} from '../../../src/present/times.ts';

const zone = 'America/New_York';
const at = (text: string): number => Date.parse(text) / 1000;
const open = at('2024-03-08T14:30Z');

describe('an instant', () => {
  it('is what clocks of the zone show, with seconds where there are some', () => {
    expect(instantWord(open, zone)).toBe('2024-03-08 09:30');
    expect(instantWord(open + 5, zone)).toBe('2024-03-08 09:30:05');
    expect(instantWord(at('1969-12-31T23:59:50Z'), 'UTC')).toBe('1969-12-31 23:59:50');
  });

  it('has its offset in files, before and after clocks change, and in odd zones', () => {
    expect(isoInstant(open, zone)).toBe('2024-03-08T09:30:00-05:00');
    expect(isoInstant(at('2024-03-11T13:30Z'), zone)).toBe('2024-03-11T09:30:00-04:00');
    expect(isoInstant(open, 'Asia/Kolkata')).toBe('2024-03-08T20:00:00+05:30');
    expect(isoInstant(open, 'UTC')).toBe('2024-03-08T14:30:00+00:00');
  });

  it.each(['2024-11-03T05:30Z', '2024-11-03T06:30Z', '1890-01-01T12:00Z'])(
    'is the same when it is read again: %s',
    (text) => {
      expect(at(isoInstant(at(text), zone))).toBe(at(text));
    },
  );
});

describe('steps of a run', () => {
  const equity = { day: Int32Array.of(19_790, 19_790), known: Float64Array.of(open, open + 300) };
  const clock = { seconds: 300, places: [{ exchange: 'XNYS', zone }], placeOf: [0] };

  it('are told as instants where bars are within days', () => {
    const times = timesOf({ equity, clock });
    expect([stepWord(times, 1), zoneNote(times)]).toEqual([
      '2024-03-08 09:35',
      ' Times in America/New_York.',
    ]);
    expect(dayPlaces(times)[0]).toBe(19_790 + 9.5 / 24);
  });

  it('are told in UTC where there are several zones', () => {
    const places = [...clock.places, { exchange: 'XTKS', zone: 'Asia/Tokyo' }];
    expect(stepWord(timesOf({ equity, clock: { ...clock, places } }), 0)).toBe('2024-03-08 14:30');
  });

  it('are dates without a clock, and where each bar is a session of one exchange', () => {
    for (const one of [{ equity }, { equity, clock: { ...clock, seconds: 86_400 } }]) {
      const times = timesOf(one);
      expect([stepWord(times, 0), zoneNote(times)]).toEqual(['2024-03-08', '']);
      expect(dayPlaces(times)).toBe(equity.day);
    }
  });
});

it.each([
  [600, '10 min'],
  [12_600, '3.5 h'],
  [1_062_720, '12.3 days'],
])('%d s have passed as %s', (seconds, words) => {
  expect(elapsedWord(seconds)).toBe(words);
});

it.each([
  [1, '1 s'],
  [90, '90 s'],
  [300, '5 min'],
  [5400, '90 min'],
  [14_400, '4 h'],
  [86_400, 'session'],
  [172_800, '2 days'],
  [604_800, 'week'],
  [30 * 86_400, 'month'],
])('bars of %d s are of %s', (seconds, words) => {
  expect(shortLength(seconds)).toBe(words);
});
