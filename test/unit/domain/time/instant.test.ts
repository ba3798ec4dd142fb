import { expect, test } from 'vitest';
import { instantOf } from '../../../../src/domain/time/instant.ts';

test.each([
  ['2026-11-27T18:30Z', '2026-11-27T18:30:00'],
  ['2026-11-27T13:30-05:00', '2026-11-27T18:30:00'],
  ['2026-11-27T13:30:15.250-0500', '2026-11-27T18:30:15'],
  ['2026-11-27 13:30 America/New_York', '2026-11-27T18:30:00'],
  ['2026-11-27T13:30[America/New_York]', '2026-11-27T18:30:00'],
  ['2026-11-27 Asia/Tokyo', '2026-11-26T15:00:00'],
  ['1795804200', '2026-11-27T18:30:00'],
  ['1795804200123', '2026-11-27T18:30:00'],
  ['0', '1970-01-01T00:00:00'],
])('%s is %s in UTC', (text, utc) => {
  expect(instantOf(text)).toBe(Date.parse(`${utc}Z`) / 1000);
});

test.each([
  ['2026-11-27T18:30', 'This is no instant. Found “2026-11-27T18:30”. Write it as'],
  ['2026-02-30T18:30Z', 'This is no instant.'],
  ['2026-11-27T24:00Z', 'This is no instant.'],
  ['yesterday', 'This is no instant.'],
  ['', 'This is no instant.'],
  ['2026-11-27 13:30 Mars/Olympus', 'There is no such time zone. Found “Mars/Olympus”.'],
  ['2024-03-10 02:30 America/New_York', 'Clocks of America/New_York skip this time.'],
  ['2024-11-03 01:30 America/New_York', 'Clocks of America/New_York show this time twice.'],
])('“%s”: %s', (text, message) => {
  expect(() => instantOf(text)).toThrow(message);
});
