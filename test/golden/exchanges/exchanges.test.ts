import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { dayFromIso, isoFromDay, weekday } from '../../../src/domain/calendar.ts';
import { type ExchangeCode, exchanges } from '../../../src/domain/exchanges/exchanges.ts';
import { calendarSpan, sessionColumns, sessions } from '../../../src/domain/exchanges/sessions.ts';
import { tables } from '../../../src/domain/exchanges/tables.ts';
import quantLib from './quantlib.json';
import sums from './sums.json';

type Code = keyof typeof tables;

/** As scripts/calendars/make.py writes the package's own sessions. */
function sumsOf(code: Code): { first: number; sums: string } {
  const { from, until } = calendarSpan(code);
  const { day, open, close, breakStart, breakEnd } = sessionColumns(code, from, until);
  const years = new Map<string, string>();
  const instant = (at: number | undefined): string => String(at).replace('NaN', '-');
  for (let i = 0; i < day.length; i++) {
    const date = isoFromDay(day[i] ?? 0);
    const instants = [open, breakStart, breakEnd, close].map((column) => instant(column[i]));
    const year = date.slice(0, 4);
    years.set(year, `${years.get(year) ?? ''}${[date, ...instants].join(' ')}\n`);
  }
  const sum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
  return {
    first: Number([...years.keys()][0]),
    sums: [...years.values()].map(sum).join(' '),
  };
}

describe('every session, open, close and break is as exchange-calendars 4.13.2 has it', () => {
  it('is of that version', () => expect(sums['exchange-calendars']).toBe('4.13.2'));

  test.each(Object.keys(tables) as Code[])('%s', (code) => {
    expect(sumsOf(code)).toEqual(sums[code]);
  });
});

/**
 * Weekdays on which the two differ, by the reason: `+` is closed in the tables alone, `-` in QuantLib alone.
 */
const differing: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  XTSE: { 'closed after the attacks of 11 September': '+2001-09-11 +2001-09-12' },
  XETR: {
    'New Year’s Eve, which QuantLib leaves open':
      '+2001-12-31 +2002-12-31 +2003-12-31 +2004-12-31 +2007-12-31 +2008-12-31 ' +
      '+2009-12-31 +2010-12-31 +2012-12-31 +2013-12-31 +2014-12-31 +2015-12-31 ' +
      '+2018-12-31 +2019-12-31 +2020-12-31 +2021-12-31 +2024-12-31 +2025-12-31',
    'Whit Monday, closed in these years':
      '+2007-05-28 +2015-05-25 +2016-05-16 +2017-06-05 ' +
      '+2018-05-21 +2019-06-10 +2020-06-01 +2021-05-24',
    'German Unity Day, closed in these years':
      '+2014-10-03 +2016-10-03 +2017-10-03 +2018-10-03 +2019-10-03',
    'five hundred years of the Reformation': '+2017-10-31',
  },
  XTKS: {
    'the outage that stopped trading all day': '+2020-10-01',
    'a holiday that falls on a Sunday is made good on Tuesday since 2007, in QuantLib before too':
      '-2003-05-06',
  },
};

describe(`weekdays without a session are those of QuantLib ${quantLib.version}`, () => {
  test.each(Object.entries(quantLib.holidays))('of %s', (code, years) => {
    const [from, to] = quantLib.span.map(dayFromIso) as [number, number];
    const open = new Set(sessions(code as ExchangeCode, from, to).map(({ day }) => day));
    const closed: string[] = [];
    for (let day = from; day <= to; day++)
      if (weekday(day) < 5 && !open.has(day)) closed.push(isoFromDay(day));
    const theirs = Object.entries(years).flatMap(([year, dates]) =>
      dates.split(' ').map((date) => `${year}-${date}`),
    );
    const found = [
      ...closed.filter((date) => !theirs.includes(date)).map((date) => `+${date}`),
      ...theirs.filter((date) => !closed.includes(date)).map((date) => `-${date}`),
    ];
    const named = Object.values(differing[code] ?? {}).flatMap((days) => days.split(' '));
    expect(found.sort()).toEqual(named.sort());
  });
});

it('every exchange has sessions, and those that share a table have the same', () => {
  const [from, to] = [dayFromIso('2025-01-01'), dayFromIso('2025-12-31')];
  for (const { code, ...exchange } of exchanges) {
    const own = sessions(code, from, to);
    expect(own.length, code).toBeGreaterThan(230);
    if (exchange.as !== undefined) expect(own).toEqual(sessions(exchange.as as Code, from, to));
  }
});
