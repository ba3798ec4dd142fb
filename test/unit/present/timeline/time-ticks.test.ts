import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../../src/present/timeline/ranges.ts';
import { dateTicks } from '../../../../src/present/timeline/date-ticks.ts';
import { timeTicks } from '../../../../src/present/timeline/time-ticks.ts';
import { timesOf } from '../../../../src/present/times.ts';
import { bars, clock, fiveMinutes } from '../../five-minutes.ts';

const times = timesOf({ equity: fiveMinutes, clock });

describe('times below the charts', () => {
  it('are where sessions begin, and hours between them', () => {
    expect(timeTicks(times, [0, bars - 1], 8)).toEqual({
      sessions: [0, 29, 53, 78, 107, 131, 155],
      words: ['8 Mar', '12:00', '14:00', '11 Mar', '12:00', '14:00', '16:00'],
    });
  });

  it('have the date beside the first where no session begins', () => {
    expect(timeTicks(times, [3, 14], 4).words).toEqual(['8 Mar, 10:00', '10:15', '10:30', '10:45']);
  });

  it('are dates where there is no room for more, and of sessions', () => {
    const { day } = fiveMinutes;
    expect(timeTicks(times, [0, bars - 1], 1)).toEqual(dateTicks(day, [0, bars - 1], 1));
    expect(timeTicks({ day }, [0, bars - 1], 8)).toEqual(dateTicks(day, [0, bars - 1], 8));
  });

  it('are never too many, rise, and lie within', () => {
    fc.assert(
      fc.property(
        fc.nat(bars - 1),
        fc.nat(bars - 1),
        fc.integer({ min: 2, max: 12 }),
        (a, b, most) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const { sessions, words } = timeTicks(times, [from, to], most);
          expect(words).toHaveLength(sessions.length);
          expect(sessions.length).toBeLessThanOrEqual(2 * most + 1);
          expect([...sessions]).toEqual([...new Set(sessions)].sort((x, y) => x - y));
          for (const step of sessions) expect(step >= from && step <= to).toBe(true);
        },
      ),
    );
  });
});

it('a range counts calendar time: the last session, the last seven days', () => {
  expect(rangeOf('1D', fiveMinutes.day)).toEqual([78, 155]);
  expect(rangeOf('1W', fiveMinutes.day)).toEqual([0, 155]);
});
