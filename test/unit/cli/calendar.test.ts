/** `outsample calendar`, from its arguments to what it prints. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { outsample } from './outsample.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function told(...args: string[]): Promise<string> {
  const { code, out, err } = await outsample('calendar', ...args);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).not.toMatch(/NaN|undefined|\[object/);
  return out;
}

test('after a half day: closed since and until when, the next sessions, holiday and half day', async () => {
  expect(await told('XNYS', '--at', '2026-11-27T18:30Z')).toBe(`\
New York Stock Exchange (XNYS), time of America/New_York
At Fri 2026-11-27 13:30, 2026-11-27 18:30 in UTC:
Closed since Fri 2026-11-27 13:00. Opens Mon 2026-11-30 09:30, in 2 d 20 h.

  session         opens  closes
  Fri 2026-11-27  09:30   13:00  half day
  Mon 2026-11-30  09:30   16:00
  Tue 2026-12-01  09:30   16:00
  Wed 2026-12-02  09:30   16:00
  Thu 2026-12-03  09:30   16:00

Next holiday: Fri 2026-12-25. Next half day: Thu 2026-12-24.
The tables are of 2026-03-10: what lies beyond was announced or follows from rules, and may change.
`);
});

describe('a market', () => {
  test.each([
    [
      'XNYS',
      '2024-07-01T15:59:30-04:00',
      'Open since Mon 2024-07-01 09:30. Closes Mon 2024-07-01 16:00, in less than a minute.',
    ],
    [
      'jpx',
      '2024-11-05 11:45 Asia/Tokyo',
      'Break since Tue 2024-11-05 11:30. Goes on Tue 2024-11-05 12:30, in 45 min.',
    ],
    [
      'CMES',
      '2024-07-01T18:00-05:00',
      'Open since Mon 2024-07-01 17:00. The next session follows at once, Tue 2024-07-02 17:00, in 23 h.',
    ],
    [
      '24/7',
      '1719838800',
      'Open since Mon 2024-07-01 00:00. The next session follows at once, Tue 2024-07-02 00:00, in 11 h.',
    ],
    [
      'XSHG',
      '2026-12-31T20:00+08:00',
      'Closed since Thu 2026-12-31 15:00. The calendar ends before it opens again.',
    ],
    ['XNYS', '1990-01-01T12:00Z', 'Closed. Opens Tue 1990-01-02 09:30, in 1 d 2 h 30 min.'],
  ])('%s at %s: %s', async (name, at, sentence) => {
    expect((await told(name, '--at', at)).split('\n')[2]).toBe(sentence);
  });
});

test('is asked of now where no time is told', async () => {
  vi.useFakeTimers({ now: Date.parse('2024-12-25T15:00Z'), toFake: ['Date'] });
  const out = await told('XNYS');
  expect(out).toContain('At Wed 2024-12-25 10:00, 2024-12-25 15:00 in UTC:');
  expect(out).toContain('Next holiday: Wed 2024-12-25.');
});

test('sessions and holidays of a span', async () => {
  const out = await told('XHKG', '--from', '2024-12-24', '--to', '2024-12-27');
  expect(out).toBe(`\
Hong Kong Stock Exchange (XHKG), time of Asia/Hong_Kong

  session         opens        break  closes
  Tue 2024-12-24  09:30                12:00  half day
  Fri 2024-12-27  09:30  12:00–13:00   16:00

Holidays: Wed 2024-12-25, Thu 2024-12-26.
`);
  expect(await told('XNYS', '--from', '2024-12-07', '--to', '2024-12-08')).toContain(
    'No session in these days.\n\nHolidays: none.',
  );
  expect(await told('CMES', '--from', '2024-07-04', '--to', '2024-07-04')).toContain(
    '17:00 the day before',
  );
  expect(await told('CRYPTO', '--from', '2024-07-04')).toMatch(/Wed 2024-07-10 {2}00:00 {3}24:00/);
});

test('as JSON, in UTC', async () => {
  const answer = JSON.parse(await told('XTKS', '--at', '2024-11-05T02:45Z', '--json')) as object;
  const session = {
    ...{ date: '2024-11-05', open: '2024-11-05T00:00:00Z', close: '2024-11-05T06:30:00Z' },
    ...{ breakStart: '2024-11-05T02:30:00Z', breakEnd: '2024-11-05T03:30:00Z' },
    ...{ isHalfDay: false, isProjected: false },
  };
  expect(answer).toMatchObject({
    exchange: 'XTKS',
    at: '2024-11-05T02:45:00Z',
    state: { is: 'break', since: session.breakStart, until: session.breakEnd, session },
    nextHoliday: '2024-12-31',
    nextHalfDay: null,
  });
  expect(JSON.parse(await told('XNYS', '--from', '2024-07-04', '--json'))).toMatchObject({
    at: null,
    state: null,
    holidays: ['2024-07-04'],
  });
});

test('the exchanges that there are', async () => {
  const out = await told();
  expect(out.split('\n')).toHaveLength(30); // a head, 28 markets, and the last line's end
  expect(out).toMatch(/XNAS +Nasdaq +America\/New_York +1990-01-01 +2030-12-31 +XNYS/);
  const listed = JSON.parse(await told('--json')) as object[];
  expect(listed).toContainEqual(
    expect.objectContaining({ code: 'CRYPTO', madeOn: null, sessionsOf: 'CRYPTO' }),
  );
});

test.each([
  [['XNYX'], 'There is no such exchange. Found “XNYX”. `outsample calendar` lists'],
  [['XNYS', '--at', 'noon'], 'This is no instant. Found “noon”.'],
  [['XNYS', '--at', '2026-02-30T12:00Z'], 'This is no instant.'],
  [['XNYS', '--from', '2026-13-01'], 'This is no date. Found “2026-13-01”.'],
  [['XNYS', '--from', '2026-02-02', '--to', '2026-02-01'], 'The days end before they begin'],
  [['XSHG', '--from', '2027-01-01'], 'It is known from 1990-12-03 to 2026-12-31'],
  [['XTKS', '--at', '1990-01-01T00:00Z'], 'It is known from 1997-01-01 to 2030-12-31'],
])('%j is refused: %s', async (args, message) => {
  const { code, out, err } = await outsample('calendar', ...args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
});
