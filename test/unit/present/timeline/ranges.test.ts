import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay, weekday } from '../../../../src/domain/calendar.ts';
import { dateTicks } from '../../../../src/present/timeline/date-ticks.ts';
import {
  about,
  including,
  panned,
  rangeNames,
  rangeOf,
  zoomed,
} from '../../../../src/present/timeline/ranges.ts';

/** All weekdays of eight years. */
const days = Int32Array.from(
  { length: dayFromIso('2019-01-01') - dayFromIso('2011-01-03') },
  (_, i) => dayFromIso('2011-01-03') + i,
).filter((day) => weekday(day) < 5);
const end = days.length - 1;
const iso = (session: number): string => isoFromDay(days[session]!);

describe('ranges', () => {
  it.each([
    ['1M', '2018-12-03'],
    ['6M', '2018-07-02'],
    ['YTD', '2018-01-01'],
    ['1Y', '2018-01-01'],
    ['5Y', '2014-01-01'],
    ['All', '2011-01-03'],
  ] as const)('%s begins on %s and ends with the last session', (name, first) => {
    const [from, to] = rangeOf(name, days);
    expect([iso(from), to]).toEqual([first, end]);
  });

  it('shows all of a run that is shorter, and nothing of none', () => {
    expect(rangeOf('5Y', days.subarray(-100))).toEqual([0, 99]);
    expect(rangeOf('1Y', new Int32Array(0))).toEqual([0, 0]);
  });

  it('zooms about a session that stays where it is', () => {
    expect(zoomed([100, 200], 0.5, 150, end)).toEqual([125, 175]);
    expect(zoomed([100, 200], 0.5, 100, end)).toEqual([100, 150]);
    expect(zoomed([100, 200], 0.001, 150, end)).toEqual([148, 152]);
  });

  it('moves no further than the data, and just so far that a session is seen', () => {
    expect(panned([10, 20], -50, end)).toEqual([0, 10]);
    expect(including([10, 20], 25, end)).toEqual([15, 25]);
    expect(including([10, 20], 4, end)).toEqual([4, 14]);
    expect(including([10, 20], 15, end)).toEqual([10, 20]);
    expect(about(5, 10, 20, end)).toEqual([0, 30]);
  });

  it('never leaves the sessions, whatever is done', () => {
    const act = fc.oneof(
      fc.constantFrom(...rangeNames).map((name) => () => rangeOf(name, days)),
      fc.tuple(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.nat(end)).map(
        ([factor, at]) =>
          (span: readonly [number, number]) =>
            zoomed(span, factor, at, end),
      ),
      fc
        .double({ min: -5000, max: 5000, noNaN: true })
        .map((by) => (span: readonly [number, number]) => panned(span, by, end)),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const [from, to] = acts.reduce<readonly [number, number]>(
          (span, one) => one(span),
          [0, end],
        );
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(end + 1e-6);
        expect(to - from).toBeGreaterThanOrEqual(4 - 1e-6);
      }),
    );
  });
});

describe('dates below the charts', () => {
  it.each([
    ['All', ['2011', '2012', '2013', '2014', '2015', '2016', '2017', '2018']],
    ['1Y', ['2018', 'Apr', 'Jul', 'Oct']],
    ['1M', ['3 Dec 2018', '10 Dec', '17 Dec', '24 Dec', '31 Dec']],
  ] as const)('are round for %s', (name, words) => {
    const ticks = dateTicks(days, rangeOf(name, days), 6);
    expect(ticks.words).toEqual(words);
  });

  it('stand at the first session that is not before them', () => {
    const { sessions } = dateTicks(days, rangeOf('1M', days), 6);
    expect(sessions.map(iso)).toEqual([
      '2018-12-03',
      '2018-12-10',
      '2018-12-17',
      '2018-12-24',
      '2018-12-31',
    ]);
  });

  it('have their months before 1970, too', () => {
    const from = dayFromIso('1965-02-01');
    const old = Int32Array.from({ length: 80 }, (_, i) => from + i);
    expect(dateTicks(old, [0, 79], 4).words).toEqual(['Feb 1965', 'Mar', 'Apr']);
  });

  it('are none where there is no session', () => {
    expect(dateTicks(new Int32Array(0), [0, 0], 6)).toEqual({ sessions: [], words: [] });
  });
});
