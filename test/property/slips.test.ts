import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { type ExchangeCode, exchangeOf } from '../../src/domain/exchanges/exchanges.ts';
import { sessions } from '../../src/domain/exchanges/sessions.ts';
import { zoneOf } from '../../src/domain/time/zones.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { file, importAll } from '../unit/import/importing.ts';
import {
  type Written,
  days,
  fileOfBars,
  syntheticBars,
  written,
} from '../unit/import/synthetic-bars.ts';

/** Blocks of sessions that a source wrote an hour off are found, each at its place; bars of right sessions are not. */

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

type Bars = ReturnType<typeof syntheticBars>;
const HOUR = 3600;

async function slipsOf(
  bars: Bars,
  exchange: ExchangeCode,
  write: Written = written.seconds,
  name = 'A',
) {
  const { summary } = await importAll(engine, [
    file(`${name}.csv`, fileOfBars(bars, write), { exchange }),
  ]);
  return summary.quality.findings
    .filter(({ kind }) => kind === 'slipped')
    .map(({ symbol, day, slip, count, place }) => ({
      ...{ symbol, from: day, to: slip!.to, hours: slip!.hours, count, line: place.line },
    }));
}

const moved = (bars: Bars, hours: (bar: Bars[number]) => number): Bars =>
  bars.map((bar) => {
    const by = hours(bar) * HOUR;
    return { ...bar, opens: bar.opens + by, known: bar.known + by, clock: bar.clock + by };
  });

const exchanges = ['XNYS', 'XLON', 'XETR', 'XASX', 'XTSE', 'XTKS', 'XHKG', 'XSAU', 'BVMF'] as const;
const block = fc.record({
  exchange: fc.constantFrom(...exchanges),
  day: fc.integer({ min: 18_700, max: 19_800 }),
  length: fc.constantFrom(60, 300, 900, 1800, HOUR),
  hours: fc.constantFrom(-1, 1),
  begin: fc.integer({ min: 3, max: 12 }),
  sessions: fc.integer({ min: 3, max: 10 }),
  span: fc.constantFrom(20, 30),
});

it(
  'a block of any exchange, length and direction is found from its first session to its last',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        block,
        async ({ exchange, day, length, hours, begin, sessions: count, span }) => {
          const right = syntheticBars(exchange, day, day + 2 * span, length);
          // Hours that a lunch break cuts are refused where they are off: a bar of another length.
          fc.pre(length < HOUR || !['XTKS', 'XHKG'].includes(exchange));
          const dates = [...new Set(right.map((bar) => bar.day))];
          fc.pre(dates.length >= begin + count + 3);
          const [from, to] = [dates[begin]!, dates[begin + count - 1]!];
          const isIn = (bar: Bars[number]): boolean => bar.day >= from && bar.day <= to;
          const bars = moved(right, (bar) => (isIn(bar) ? hours : 0));
          const line = 2 + right.findIndex(isIn);
          expect(await slipsOf(bars, exchange)).toEqual([
            { symbol: 'A', from, to, hours, count, line },
          ]);
        },
      ),
      { seed: 20240310, numRuns: 15 },
    );
  },
);

describe('sources that', () => {
  it('keep standard time all year are early all summer', async () => {
    const bars = syntheticBars('XNYS', ...days('2023-01-02', '2024-12-31'), HOUR);
    // What a clock without summer time shows, read as New York’s.
    const winter = zoneOf('-05:00');
    const wrong = moved(
      bars,
      ({ opens, clock }) => (opens + winter.offsetAt(opens) - clock) / HOUR,
    );
    const found = await slipsOf(wrong, 'XNYS', written.local);
    expect(found.map(({ from, to, hours }) => [isoFromDay(from!), isoFromDay(to), hours])).toEqual([
      ['2023-03-13', '2023-11-03', -1],
      ['2024-03-11', '2024-11-01', -1],
    ]);
  });

  it('change clocks in Frankfurt on New York’s dates are off between the two', async () => {
    const bars = syntheticBars('XETR', ...days('2024-02-01', '2024-11-29'), 1800);
    const [berlin, newYork] = [zoneOf('Europe/Berlin'), zoneOf('America/New_York')];
    const wrong = moved(
      bars,
      ({ opens }) => (berlin.offsetAt(opens) - newYork.offsetAt(opens) - 6 * HOUR) / HOUR,
    );
    const found = await slipsOf(wrong, 'XETR');
    expect(
      found.map(({ from, to, hours, count }) => [isoFromDay(from!), isoFromDay(to), hours, count]),
    ).toEqual([
      ['2024-03-11', '2024-03-28', -1, 14],
      ['2024-10-28', '2024-11-01', -1, 5],
    ]);
  });

  it('put a year into each file are held to the symbol’s other years', async () => {
    const bars = syntheticBars('XLON', ...days('2022-01-03', '2022-12-30'), HOUR);
    const summer = bars.filter(
      ({ day }) => day >= days('2022-04-04', '')[0] && day <= days('2022-09-30', '')[0],
    );
    const winter = bars.filter(({ day }) => day < days('2022-03-25', '')[0]);
    const { summary } = await importAll(engine, [
      file('winter.csv', withSymbol(winter), { exchange: 'XLON' }),
      file('summer.csv', withSymbol(moved(summer, () => 1)), { exchange: 'XLON' }),
    ]);
    expect(summary.quality.findings).toMatchObject([
      {
        kind: 'slipped',
        symbol: 'VOD',
        count: new Set(summer.map(({ day }) => day)).size,
        slip: { hours: 1 },
        place: { file: 'summer.csv', line: 2 },
      },
    ]);
  });

  it('have bars before and after the hours are held to their own', async () => {
    const bars = extended('2024-02-01', '2024-06-28');
    const [from, to] = days('2024-03-11', '2024-03-28');
    const wrong = moved(bars, ({ day }) => (day >= from && day <= to ? 1 : 0));
    expect(await slipsOf(wrong, 'XNYS')).toMatchObject([{ from, to, hours: 1, count: 14 }]);
  });
});

/** Bars of half an hour in New York from 4:00 to 20:00, on half days to 17:00. */
function extended(first: string, last: string): Bars {
  const zone = zoneOf('America/New_York');
  return sessions('XNYS', ...days(first, last)).flatMap(({ day, open, isHalfDay }) => {
    const midnight = day * 86_400 - zone.offsetAt(open);
    return Array.from({ length: isHalfDay ? 26 : 32 }, (_, i) => {
      const opens = midnight + 4 * HOUR + i * 1800;
      const clock = opens + zone.offsetAt(opens);
      return {
        opens,
        known: opens + 1800,
        day,
        clock,
        cells: `${100 + (i % 7)},110,90,${101 + (i % 5)},${i + 1}`,
      };
    });
  });
}

const withSymbol = (bars: Bars): string =>
  fileOfBars(bars, written.seconds)
    .split('\n')
    .map((line, i) => (line === '' ? '' : i === 0 ? `symbol,${line}` : `VOD,${line}`))
    .join('\n');

describe('nothing is found', () => {
  const years = days('2024-01-02', '2024-12-31');
  it.each([
    ['half days and both changes of clocks', 'XNYS'],
    ['Frankfurt', 'XETR'],
    ['Sydney, whose summer is in winter', 'XASX'],
    ['Tokyo, which trades half an hour longer from November on', 'XTKS'],
    ['Mumbai and its evening session', 'XBOM'],
    ['São Paulo, whose hours follow New York’s', 'BVMF'],
    ['Korea, which opens an hour later on days of examination', 'XKRX'],
    ['Riyadh', 'XSAU'],
    ['futures of 23 hours', 'CMES'],
    ['foreign exchange', 'FOREX'],
    ['coins', 'CRYPTO'],
  ] as const)('in %s', async (_, exchange) => {
    for (const length of [1800, HOUR])
      expect(await slipsOf(syntheticBars(exchange, ...years, length), exchange)).toEqual([]);
  });

  it('where bars begin and end with the clock’s hours', async () => {
    const aligned = syntheticBars('XNYS', ...years, 1800).filter(({ opens }) => opens % HOUR === 0);
    const early = sessions('XNYS', ...years).map(({ day, open }) => ({
      ...aligned[0]!,
      ...{
        day,
        opens: open - 1800,
        known: open + 1800,
        clock: open - 1800 + zoneOf(exchangeOf('XNYS').zone).offsetAt(open),
      },
    }));
    const bars = [...aligned, ...early].sort((a, b) => a.opens - b.opens);
    expect(
      await slipsOf(
        bars.map((bar) => ({ ...bar, known: bar.opens + HOUR })),
        'XNYS',
      ),
    ).toEqual([]);
  });

  it('in bars before and after the hours, half days among them', async () => {
    expect(await slipsOf(extended('2024-06-24', '2025-01-31'), 'XNYS')).toEqual([]);
  });

  it('where first and last bars are missing here and there', async () => {
    const params = { seed: 7, numRuns: 10 };
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 9 })), async (draws) => {
        const bars = syntheticBars('XNYS', ...days('2024-03-01', '2024-06-28'), HOUR);
        const kept = bars.filter((_, i) => i < 14 || draws.next().value! > 3);
        expect(await slipsOf(kept, 'XNYS')).toEqual([]);
      }),
      params,
    );
  });
});
