import { dayFromIso } from '../../calendar.ts';
import { type Clock, type Market, clockOf } from '../../market.ts';
import { randomStream } from '../../random.ts';
import { type SyntheticMarket, weekdays } from './market.ts';

/** Synthetic markets whose bars have times: seeded, small, of bars alone. Their clocks know no summer time. */
export type TimedMarket = SyntheticMarket & { readonly market: { readonly clock: Clock } };

const HOUR = 3600;

/** When the hourly market’s sessions close, seconds after midnight UTC. */
export const hourlyClose = 21 * HOUR;

/** Two symbols in hours, from 14:00 to 21:00 UTC. */
export const hourlyMarket = (seed: number): TimedMarket =>
  timedMarket(seed, 40, [
    { symbol: 'SYNTH-A', opens: 14 * HOUR, bars: 7, seconds: HOUR },
    { symbol: 'SYNTH-B', opens: 14 * HOUR, bars: 7, seconds: HOUR },
  ]);

/** Its number among the symbols of two places. */
export const newYork = 0;

/** Sessions of two places: of one date, Tokyo’s is over before New York’s begins. */
export const twoPlaces = (seed: number): TimedMarket =>
  timedMarket(seed, 160, [
    { symbol: 'SYNTH-NEW-YORK', opens: 14.5 * HOUR, bars: 1, seconds: 6.5 * HOUR },
    { symbol: 'SYNTH-TOKYO', opens: 0, bars: 1, seconds: 6 * HOUR },
  ]);

interface Bars {
  readonly symbol: string;
  /** Seconds after midnight UTC. */
  readonly opens: number;
  /** A session. */
  readonly bars: number;
  readonly seconds: number;
}

function timedMarket(seed: number, sessions: number, of: readonly Bars[]): TimedMarket {
  const days = weekdays(dayFromIso('2019-01-01'), sessions);
  const rows: number[][] = [];
  const firstRow = [0];
  for (const { symbol, opens, bars, seconds } of of) {
    const { uniform, normal } = randomStream(seed, `synthetic bars of ${symbol}`);
    let close = 100;
    for (const day of days) {
      for (let bar = 0; bar < bars; bar++) {
        const first = close * (1 + 0.002 * normal());
        close = Math.max(5, first * (1 + 0.008 * normal()));
        const high = Math.max(first, close) * (1 + 0.004 * uniform());
        const low = Math.min(first, close) * (1 - 0.004 * uniform());
        const at = day * 24 * HOUR + opens + bar * seconds;
        const volume = Math.round(1e5 * (0.5 + uniform()));
        rows.push([day, first, high, low, close, volume, at, at + seconds]);
      }
    }
    firstRow.push(rows.length);
  }
  const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i]!);
  const symbols = of.map(({ symbol }) => symbol);
  const market: Market & { readonly clock: Clock } = {
    symbols,
    firstRow: Int32Array.from(firstRow),
    day: Int32Array.from(column(0)),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    clock: clockOf(column(6), column(7)),
  };
  const [none, nothing] = [new Int32Array(0), new Float64Array(0)];
  return {
    market,
    facts: {
      ...{ hasVolume: true, attention: null, macro: [], hasUniverse: false },
      ...{ symbols, currency: null },
    },
    attention: { sym: none, day: none, known_day: none, value: nothing },
    macro: { series: [], day: none, available_day: none, value: nothing },
    universe: {
      ...{ sym: none, from_day: none, to_day: none },
      ...{ delisting_return: nothing, group_name: [] },
    },
  };
}
