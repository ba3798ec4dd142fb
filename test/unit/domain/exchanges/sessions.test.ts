import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayFromIso, isoFromDay } from '../../../../src/domain/calendar.ts';
import {
  type ExchangeCode,
  exchangeNamed,
  exchanges,
} from '../../../../src/domain/exchanges/exchanges.ts';
import {
  calendarSpan,
  isMarketOpen,
  nextClose,
  nextOpen,
  sessionAt,
  sessionColumns,
  sessions,
  sessionsAYear,
} from '../../../../src/domain/exchanges/sessions.ts';
import { zoneOf } from '../../../../src/domain/time/zones.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
const utc = (instant: number): string => new Date(instant * 1000).toISOString().slice(0, 16) + 'Z';

/** One session, as clocks in a zone show it: '9:00 11:30 12:30 15:00'. */
function hours(code: ExchangeCode, iso: string): string {
  const zone = zoneOf(exchanges.find((one) => one.code === code)?.zone ?? '');
  const [session] = sessions(code, dayFromIso(iso), dayFromIso(iso));
  if (!session) return 'closed';
  const { open, breakStart, breakEnd, close, isHalfDay } = session;
  const times = [open, breakStart, breakEnd, close]
    .filter((instant) => instant !== null)
    .map((instant) => utc(instant + zone.offsetAt(instant)).slice(11, 16));
  return [...times, ...(isHalfDay ? ['half'] : [])].join(' ');
}

describe('a day has the hours that it had', () => {
  test.each([
    ['XNYS', '2024-07-03', '09:30 13:00 half'],
    ['XNYS', '1992-12-24', '09:30 14:00 half'],
    ['XNYS', '2001-09-11', 'closed'],
    ['XNYS', '2025-01-09', 'closed'], // mourning
    ['XNYS', '2022-06-20', 'closed'], // Juneteenth, observed
    ['XNAS', '2012-10-29', 'closed'], // hurricane Sandy
    ['XLON', '2024-12-24', '08:00 12:30 half'],
    ['XLON', '2022-09-19', 'closed'], // the Queen's funeral
    ['XPAR', '2024-12-31', '09:00 14:05 half'],
    ['XTKS', '2024-11-01', '09:00 11:30 12:30 15:00'],
    ['XTKS', '2024-11-05', '09:00 11:30 12:30 15:30'],
    ['XTKS', '2020-10-01', 'closed'], // outage
    ['XHKG', '2024-12-24', '09:30 12:00 half'], // the morning alone
    ['XHKG', '2021-10-13', 'closed'], // typhoon
    ['XKRX', '1998-12-05', '09:30 11:30 13:00 15:00'], // a Saturday, the last
    ['XKRX', '1998-12-12', 'closed'],
    ['XKRX', '2019-11-14', '10:00 16:30'], // an hour later for an examination, no half day
    ['XSAU', '2024-03-03', '10:00 15:00'], // a Sunday
    ['XSAU', '2024-03-01', 'closed'], // a Friday
    ['XBOM', '2024-01-20', '09:15 15:30'], // a Saturday
    ['BVMF', '2024-02-14', '13:00 18:00'], // Ash Wednesday
    ['XASX', '2024-12-24', '10:00 14:10 half'],
    ['CMES', '2024-07-04', '17:00 12:00 half'], // opens on the evening before
    ['CRYPTO', '2024-12-25', '00:00 00:00'],
    ['FOREX', '2024-07-01', '17:00 17:00'], // a Monday, from Sunday on
  ] as const)('%s on %s: %s', (code, iso, expected) => {
    expect(hours(code, iso)).toBe(expected);
  });
});

describe('by the clock', () => {
  test.each([
    ['XNYS', '2026-11-27T17:59:59Z', true],
    ['XNYS', '2026-11-27T18:00:00Z', false], // the close is outside
    ['XNYS', '2024-03-08T14:30:00Z', true], // 9:30 in winter
    ['XNYS', '2024-03-11T13:30:00Z', true], // 9:30 after clocks were set
    ['XTKS', '2024-11-05T12:00:00+09:00', false], // lunch
    ['XTKS', '2024-11-05T12:30:00+09:00', true],
    ['CRYPTO', '2024-12-25T03:00:00Z', true],
    ['FOREX', '2024-07-05T20:59:59Z', true],
    ['FOREX', '2024-07-05T21:00:00Z', false], // Friday, 17:00 in New York
    ['FOREX', '2024-07-07T21:00:00Z', true],
    ['CMES', '2024-07-01T23:00:00-05:00', true],
  ] as const)('%s at %s is open: %s', (code, iso, open) => {
    expect(isMarketOpen(code, at(iso))).toBe(open);
  });

  it('a session covers its break, and is dated by its close', () => {
    expect(sessionAt('XTKS', at('2024-11-05T12:00+09:00'))?.day).toBe(dayFromIso('2024-11-05'));
    expect(sessionAt('CMES', at('2024-07-01T18:00-05:00'))?.day).toBe(dayFromIso('2024-07-02'));
    expect(sessionAt('XTKS', at('2024-11-05T15:30+09:00'))).toBeNull();
  });

  test.each([
    ['XNYS', '2026-11-26T12:00:00Z', '2026-11-27T14:30Z', '2026-11-27T18:00Z'], // Thanksgiving
    ['XNYS', '2026-11-27T14:30:00Z', '2026-11-27T14:30Z', '2026-11-27T18:00Z'], // an open is its own next
    ['XNYS', '2026-11-27T18:00:00Z', '2026-11-30T14:30Z', '2026-11-30T21:00Z'], // a close is past
    ['XTKS', '2024-11-05T10:00:00+09:00', '2024-11-05T03:30Z', '2024-11-05T02:30Z'], // the break counts
    ['XTKS', '2024-11-05T11:45:00+09:00', '2024-11-05T03:30Z', '2024-11-05T06:30Z'],
    ['XTKS', '2024-11-05T16:00:00+09:00', '2024-11-06T00:00Z', '2024-11-06T02:30Z'],
    ['CRYPTO', '2024-12-25T03:00:00Z', '2024-12-26T00:00Z', '2024-12-26T00:00Z'],
  ] as const)('%s at %s next opens at %s and closes at %s', (code, iso, open, close) => {
    expect([nextOpen(code, at(iso)), nextClose(code, at(iso))].map(utc)).toEqual([open, close]);
  });
});

it('what lies beyond the making of the tables is projected, and a rule never is', () => {
  const projected = (code: ExchangeCode, iso: string): boolean | undefined =>
    sessions(code, dayFromIso(iso), dayFromIso(iso))[0]?.isProjected;
  expect(projected('XNYS', '2026-03-10')).toBe(false);
  expect(projected('XNYS', '2026-03-11')).toBe(true);
  expect(projected('CRYPTO', '2040-01-01')).toBe(false);
});

it('sessions a year are counted', () => {
  const [from, to] = [dayFromIso('2000-01-01'), dayFromIso('2024-12-31')];
  expect(sessionsAYear('CRYPTO', from, to)).toBeCloseTo(365.25, 10);
  expect(sessionsAYear('XNYS', from, to)).toBeCloseTo((6289 / 9132) * 365.25, 10); // in 25 years of 9132 days
});

it('what a calendar does not know is an error, not a closed market', () => {
  const day = dayFromIso('2027-01-04');
  expect(() => sessions('XSHG', day, day)).toThrow(
    'The calendar of XSHG does not reach so far. Found “2027-01-04”. It is known from 1990-12-03 to 2026-12-31: choose dates within.',
  );
  expect(() => isMarketOpen('XTKS', at('1996-12-31T00:00Z'))).toThrow('1996-12-31');
  expect(() => nextOpen('XSHG', at('2026-12-31T15:00+08:00'))).toThrow('2027-01-01');
  expect(() => nextClose('XSHG', at('2026-12-31T15:00+08:00'))).toThrow('2027-01-01');
  expect(() => sessionColumns('XNYS', day, day - 1)).toThrow('The days end before they begin');
});

it('an exchange is known by its code or another name', () => {
  const names = ['XNYS', 'nyse', ' Nasdaq ', 'lse', '24/7', '24/5', 'NYSX'];
  expect(names.map(exchangeNamed)).toEqual(
    ['XNYS', 'XNYS', 'XNAS', 'XLON', 'CRYPTO', 'FOREX', null], // prettier-ignore
  );
});

describe('of every exchange, at any time', () => {
  const moment = fc.constantFrom(...exchanges.map(({ code }) => code)).chain((code) => {
    const { from, until } = calendarSpan(code);
    return fc.tuple(
      fc.constant(code),
      fc.integer({ min: (from + 20) * 86_400, max: (until - 20) * 86_400 }),
    );
  });
  const always = (law: (code: ExchangeCode, instant: number) => void): void =>
    fc.assert(
      fc.property(moment, ([code, instant]) => law(code, instant)),
      { numRuns: 2000, seed: 1792 },
    );

  it('the next open is now or later, and the market is open then, and not just before', () =>
    always((code, instant) => {
      const open = nextOpen(code, instant);
      expect(open).toBeGreaterThanOrEqual(instant);
      expect(isMarketOpen(code, open)).toBe(true);
      if (open > instant && !isMarketOpen(code, instant))
        expect(isMarketOpen(code, open - 1)).toBe(false);
    }));

  it('the next close is later, and the market is open until then from the next open, or from now', () =>
    always((code, instant) => {
      const close = nextClose(code, instant);
      expect(close).toBeGreaterThan(instant);
      expect(isMarketOpen(code, close - 1)).toBe(true);
      const begin = isMarketOpen(code, instant) ? instant : nextOpen(code, instant);
      expect(begin).toBeLessThan(close);
      expect(nextClose(code, begin)).toBe(close);
    }));

  it('is open where a session of the days around says so', () =>
    always((code, instant) => {
      const day = Math.floor(instant / 86_400);
      const covering = sessions(code, day - 2, day + 2).filter(
        ({ open, close }) => open <= instant && instant < close,
      );
      expect(covering.length).toBeLessThanOrEqual(1);
      expect(sessionAt(code, instant)).toEqual(covering[0] ?? null);
      const pauses = covering.some(
        ({ breakStart, breakEnd }) =>
          breakStart !== null && breakEnd !== null && breakStart <= instant && instant < breakEnd,
      );
      expect(isMarketOpen(code, instant)).toBe(covering.length === 1 && !pauses);
    }));
});

it.each(exchanges.map(({ code }) => code))(
  'sessions of %s are whole and do not overlap',
  (code) => {
    const { from, until } = calendarSpan(code);
    const { day, open, close, breakStart, breakEnd } = sessionColumns(code, from, until);
    const faulty: string[] = [];
    for (let i = 0; i < day.length; i++) {
      const isRising = i === 0 || (open[i]! >= close[i - 1]! && day[i]! > day[i - 1]!);
      const isPaused = !Number.isNaN(breakStart[i]!);
      const isWhole = isPaused
        ? open[i]! < breakStart[i]! && breakStart[i]! < breakEnd[i]! && breakEnd[i]! < close[i]!
        : open[i]! < close[i]! && Number.isNaN(breakEnd[i]!);
      if (!isRising || !isWhole) faulty.push(isoFromDay(day[i]!));
    }
    expect(faulty).toEqual([]);
  },
);
