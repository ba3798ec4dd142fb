/** Bars of ten minutes with times, put into an engine; longer ones made of them by plain loops. */
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { dayFromIso, monthOf } from '../../src/domain/calendar.ts';
import type { ExchangeCode } from '../../src/domain/exchanges/exchanges.ts';
import { sessions, type TradingSession } from '../../src/domain/exchanges/sessions.ts';
import { clockOf, type Market } from '../../src/domain/market.ts';
import { readLength } from '../../src/domain/study/bar-length.ts';
import type { BarsMade } from '../../src/domain/study/session.ts';
import type { BarClock } from '../../src/domain/time/bar-clock.ts';
import { zoneOf } from '../../src/domain/time/zones.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { withHours } from '../../workers/services/session-times.ts';

/** One bar of ten minutes. */
export interface Bar {
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
export type Code = keyof typeof zones;

/** Bars from an hour before the open to an hour after the close, some of them missing, prices of one decimal. */
export function barsOf(code: Code, from: string, days: number, missing: readonly boolean[]): Bar[] {
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

/** Puts bars of one symbol into the engine as an import does, and its sessions beside them. */
export function loadTimedBars(engine: Engine, code: Code, bars: readonly Bar[]): BarClock {
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
  return barClock;
}

/** Longer bars by a plain loop over the bars and the calendar. */
export function plainly(code: Code, bars: readonly Bar[], { every, hours }: BarsMade): Bar[] {
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
