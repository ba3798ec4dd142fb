import fc from 'fast-check';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, monthOf } from '../../src/domain/calendar.ts';
import type { ExchangeCode } from '../../src/domain/exchanges/exchanges.ts';
import { sessions, type TradingSession } from '../../src/domain/exchanges/sessions.ts';
import { clockOf, type Market } from '../../src/domain/market.ts';
import { readLength } from '../../src/domain/study/bar-length.ts';
import type { BarsSettings } from '../../src/domain/study/session.ts';
import { zoneOf } from '../../src/domain/time/zones.ts';
import type { BarClock } from '../../src/domain/time/bar-clock.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { readBars } from '../../workers/services/dataset.ts';
import { frameOf, makeBars, sourceOf } from '../../workers/services/frame.ts';
import { withHours } from '../../workers/services/session-times.ts';

/** One bar of ten minutes. */
interface Bar {
  readonly day: number;
  readonly opens: number;
  readonly known: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const TEN = 600;
const zones = { XNYS: 'America/New_York', XTKS: 'Asia/Tokyo', CRYPTO: 'UTC' } as const;
type Code = keyof typeof zones;

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

/** Bars from an hour before the open to an hour after the close, some of them missing, prices of one decimal. */
function barsOf(code: Code, from: string, days: number, missing: readonly boolean[]): Bar[] {
  const start = dayFromIso(from);
  let i = 0;
  return sessions(code as ExchangeCode, start, start + days).flatMap(
    ({ day, open, close, breakStart, breakEnd }) => {
      const edge = code === 'CRYPTO' ? 0 : 3600;
      const made: Bar[] = [];
      for (let at = open - edge; at < close + edge; at += TEN) {
        i++;
        if (
          missing[i % missing.length] ||
          (breakStart !== null && at >= breakStart && at < breakEnd!)
        )
          continue;
        const price = 100 + ((i * 37) % 50) / 10;
        made.push({
          day,
          opens: at,
          known: at < close ? Math.min(at + TEN, close) : at + TEN,
          open: price,
          high: price + (i % 3),
          low: price - (i % 5) / 2,
          close: price + ((i % 5) - 2) / 4,
          volume: i % 11,
        });
      }
      return made;
    },
  );
}

async function resampled(code: Code, bars: readonly Bar[], settings: BarsSettings): Promise<Bar[]> {
  const column = (key: keyof Bar) => Float64Array.from(bars, (bar) => bar[key]);
  const [opens, known] = [column('opens'), column('known')];
  const table = tableFromArrays({
    sym: new Int32Array(bars.length),
    day: Int32Array.from(bars, ({ day }) => day),
    opens,
    known,
    ...Object.fromEntries(
      (['open', 'high', 'low', 'close', 'volume'] as const).map((key) => [key, column(key)]),
    ),
  });
  engine.insertArrow('raw_bars', tableToIPC(table, 'stream'));
  engine.run(`CREATE OR REPLACE TABLE imported_bars AS
    SELECT * REPLACE (opens::BIGINT AS opens, known::BIGINT AS known) FROM raw_bars ORDER BY sym, opens; DROP TABLE raw_bars`);
  const barClock: BarClock = {
    seconds: TEN,
    places: [{ exchange: code, zone: zones[code] }],
    placeOf: [0],
  };
  const market = { day: Int32Array.from(bars, ({ day }) => day), clock: clockOf(opens, known) };
  withHours(market as unknown as Market, barClock, engine);
  const frame = frameOf(barClock, { bars: settings });
  await makeBars(frame, engine, false);
  const made = await readBars(engine, ['A'], sourceOf(frame));
  return Array.from(made.day, (day, row) => ({
    day,
    opens: made.clock!.opens[row]!,
    known: made.clock!.known[row]!,
    open: made.open[row]!,
    high: made.high[row]!,
    low: made.low[row]!,
    close: made.close[row]!,
    volume: made.volume[row]!,
  }));
}

/** The same by a plain loop over the bars and the calendar. */
function plainly(code: Code, bars: readonly Bar[], { every, hours }: BarsSettings): Bar[] {
  const { length, seconds } = readLength(every);
  const first = bars[0]!.day;
  const all = sessions(code, first - 1, bars.at(-1)!.day + 31);
  const ofDay = new Map(all.map((session) => [session.day, session]));
  const periodOf = (day: number): number =>
    length === 'week' ? Math.floor((day + 3) / 7) : length === 'month' ? monthOf(day) : day;
  const made = new Map<string, Bar>();
  for (const bar of bars) {
    const session = ofDay.get(bar.day)!;
    const [part, start, stop] = partOf(bar.opens, session);
    if (hours === 'regular' && part !== 'first' && part !== 'second') continue;
    const number = Math.floor((bar.opens - start) / seconds);
    const key =
      length === 'given'
        ? `${bar.opens}`
        : length === 'time'
          ? `${bar.day} ${part} ${number}`
          : `${periodOf(bar.day)}`;
    const over =
      length === 'given'
        ? bar.known
        : length === 'time'
          ? Math.min(start + (number + 1) * seconds, stop)
          : Math.max(
              ...all.flatMap(({ day, close }, at) => {
                if (periodOf(day) !== periodOf(bar.day)) return [];
                const midnight = (day + 1) * 86_400 - zoneOf(zones[code]).offsetAt(close);
                const next = all[at + 1]?.open ?? Infinity;
                return hours === 'regular' ? close : Math.min(Math.max(close, midnight), next);
              }),
            );
    const before = made.get(key);
    made.set(key, {
      day: bar.day,
      opens: before?.opens ?? bar.opens,
      known: Math.max(before?.known ?? 0, bar.known, over),
      open: before?.open ?? bar.open,
      high: Math.max(before?.high ?? -Infinity, bar.high),
      low: Math.min(before?.low ?? Infinity, bar.low),
      close: bar.close,
      volume: (before?.volume ?? 0) + bar.volume,
    });
  }
  const newest = Math.max(...bars.map(({ known }) => known));
  return [...made.values()].filter(({ known }) => known <= newest);
}

function partOf(
  at: number,
  { open, close, breakStart, breakEnd }: TradingSession,
): [string, number, number] {
  if (at < open) return ['before', open, open];
  if (at >= close) return ['after', close, Infinity];
  if (breakStart === null) return ['first', open, close];
  return at < breakStart ? ['first', open, breakStart] : ['second', breakEnd!, close];
}

describe('bars of a longer length', () => {
  it('are those of a plain loop, at any length, in any hours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS', 'CRYPTO'),
        fc.constantFrom('2024-03-06', '2024-10-31', '2024-11-25', '2023-12-27'),
        fc.integer({ min: 3, max: 12 }),
        fc.array(fc.boolean(), { minLength: 7, maxLength: 23 }),
        fc.constantFrom<BarsSettings['every']>(
          'given',
          '30min',
          '1h',
          '2h',
          '4h',
          'session',
          'week',
          'month',
        ),
        fc.constantFrom('all', 'regular'),
        async (code, from, days, missing, every, hours) => {
          const bars = barsOf(code, from, days, [...missing, false]);
          const settings = { every, hours };
          expect(await resampled(code, bars, settings)).toEqual(plainly(code, bars, settings));
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('know nothing of what comes after them: cut anywhere, those that were over keep their bits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS'),
        fc.constantFrom<BarsSettings['every']>('30min', '1h', 'session', 'week'),
        fc.double({ min: 0.2, max: 0.95, noNaN: true }),
        async (code, every, share) => {
          const settings = { every, hours: 'all' } as const;
          const bars = barsOf(code, '2024-11-20', 12, [false, false, true]);
          const some = bars.slice(0, Math.ceil(bars.length * share));
          const whole = await resampled(code, bars, settings);
          const cut = await resampled(code, some, settings);
          expect(cut).toEqual(whole.filter(({ known }) => known <= some.at(-1)!.known));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('a half day’s last hour ends with it', async () => {
    const bars = barsOf('XNYS', '2024-11-29', 0, [false]);
    const made = await resampled('XNYS', bars, { every: '2h', hours: 'regular' });
    // 9:30, 11:30, and 13:00 in place of 13:30.
    expect(made.map(({ opens, known }) => (known - opens) / 60)).toEqual([120, 90]);
  });

  it('shorter ones than the data’s, and parts of them, are refused with what to do', () => {
    const clock: BarClock = {
      seconds: 900,
      places: [{ exchange: null, zone: 'UTC' }],
      placeOf: [0],
    };
    const frame = (every: BarsSettings['every']) => () =>
      frameOf(clock, { bars: { every, hours: 'all' } });
    expect(frame('5min')).toThrow('Bars of 5min cannot be made: these last 900 seconds.');
    expect(frame('10min')).toThrow(/cannot be made/);
    expect(() => frameOf(undefined, { bars: { every: 'week', hours: 'all' } })).toThrow(
      /dated by days/,
    );
  });
});
