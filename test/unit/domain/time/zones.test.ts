import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isZone, zoneOf } from '../../../../src/domain/time/zones.ts';

const seconds = (iso: string): number => Date.parse(`${iso}Z`) / 1000;
const text = (instant: number): string => new Date(instant * 1000).toISOString().slice(0, 19);

/** What clocks show, as Intl writes it out; the form is another than the product asks for. */
function shown(zone: string, instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
    .format(instant * 1000)
    .replace(' ', 'T');
}

describe('the offset', () => {
  test.each([
    ['America/New_York', '2024-03-10T06:59:59', -5],
    ['America/New_York', '2024-03-10T07:00:00', -4],
    ['America/New_York', '1950-07-03T12:00:00', -4],
    ['Europe/London', '1970-01-01T00:00:00', 1], // all year, 1968 to 1971
    ['Europe/London', '2099-07-01T12:00:00', 1],
    ['Asia/Kolkata', '2024-01-01T00:00:00', 5.5],
    ['Australia/Lord_Howe', '2024-01-01T00:00:00', 11],
    ['Australia/Lord_Howe', '2024-07-01T00:00:00', 10.5], // summer time of half an hour
    ['Africa/Casablanca', '2024-03-01T12:00:00', 1],
    ['Africa/Casablanca', '2024-03-20T12:00:00', 0], // in Ramadan
    ['UTC', '2024-07-01T00:00:00', 0],
    ['Etc/GMT+5', '2024-07-01T00:00:00', -5],
    ['+05:30', '2024-07-01T00:00:00', 5.5],
    ['-0330', '2024-07-01T00:00:00', -3.5],
  ])('of %s at %s is %d hours', (name, at, hours) => {
    expect(zoneOf(name).offsetAt(seconds(at))).toBe(hours * 3600);
  });

  const regions = Intl.supportedValuesOf('timeZone');
  const instants = fc.integer({
    min: seconds('1883-01-01T00:00'),
    max: seconds('2100-01-01T00:00'),
  });

  it('gives what Intl shows, in any region at any time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...regions), instants, (name, instant) => {
        const zone = zoneOf(name);
        const offset = zone.offsetAt(instant);
        expect(text(instant + offset)).toBe(shown(name, instant));
        expect(zone.instantsOf(instant + offset)).toContain(instant);
      }),
      { numRuns: 2000, seed: 1883 },
    );
  });

  it('gives for a time on clocks only instants at which they show it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...regions), instants, (name, local) => {
        const found = zoneOf(name).instantsOf(local);
        for (const instant of found) expect(shown(name, instant)).toBe(text(local));
        expect([...found].sort((a, b) => a - b)).toEqual(found);
      }),
      { numRuns: 1000, seed: 2100 },
    );
  });
});

test.each([
  ['America/New_York', '2024-03-10T02:30:00', []], // skipped
  ['America/New_York', '2024-11-03T01:30:00', ['2024-11-03T05:30:00', '2024-11-03T06:30:00']], // twice
  ['America/New_York', '2024-11-03T02:00:00', ['2024-11-03T07:00:00']],
  ['Europe/London', '2024-10-27T01:00:00', ['2024-10-27T00:00:00', '2024-10-27T01:00:00']],
  ['Australia/Sydney', '2024-10-06T02:30:00', []],
  ['Australia/Lord_Howe', '2024-04-07T01:45:00', ['2024-04-06T14:45:00', '2024-04-06T15:15:00']],
  ['America/Sao_Paulo', '2018-11-04T00:15:00', []], // a day without midnight
  ['America/Sao_Paulo', '2018-02-17T23:30:00', ['2018-02-18T01:30:00', '2018-02-18T02:30:00']],
  ['Pacific/Apia', '2011-12-30T12:00:00', []], // a day that Samoa did not have
  ['Pacific/Apia', '2011-12-31T00:00:00', ['2011-12-30T10:00:00']],
])('clocks of %s show %s at %j', (name, local, instants) => {
  expect(zoneOf(name).instantsOf(seconds(local)).map(text)).toEqual(instants);
});

describe('a name', () => {
  it.each(['UTC', 'america/new_york', 'Asia/Kolkata', '+14:00', '-03:00'])('%s is one', (name) => {
    expect(isZone(name)).toBe(true);
  });

  it.each(['', 'New York', '+25:00', '+05:75', 'Mars/Olympus'])('“%s” is none', (name) => {
    expect(isZone(name)).toBe(false);
    expect(() => zoneOf(name)).toThrow(/no such time zone.*America\/New_York/);
  });

  it('is spelt as Intl spells it, and a link of its tables as it was given', () => {
    expect(zoneOf('america/new_york').name).toBe('America/New_York');
    expect(zoneOf('Asia/Kolkata').name).toBe('Asia/Kolkata');
  });
});

it('ten million times in rising order are no work', () => {
  const zone = zoneOf('America/New_York');
  const begin = performance.now();
  let sum = 0;
  for (let i = 0; i < 10_000_000; i++) {
    const [instant = 0] = zone.instantsOf(1_000_000_000 + i * 60);
    sum += zone.offsetAt(instant);
  }
  expect(sum).toBeLessThan(0);
  expect(performance.now() - begin).toBeLessThan(5000);
});
