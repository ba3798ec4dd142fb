/** Random data sets that have everything: bars with holes, late listings and early ends, attention, revised macro, spells. */
import { dayFromIso } from '../../src/domain/calendar.ts';
import type { Listings, Market } from '../../src/domain/market.ts';
import { randomStream } from '../../src/domain/random.ts';
import type { DatasetFacts } from '../../src/domain/strategies/strategy.ts';
import type { MadeData } from '../../workers/services/audit/worlds.ts';

const firstDay = dayFromIso('2021-03-01');
const never = 2_147_483_647;
const open = 2_932_896;

export interface RandomMarket {
  readonly market: Market;
  readonly facts: DatasetFacts;
  readonly made: MadeData;
}

type Rows = readonly (readonly number[])[];
const ints = (rows: Rows, i: number): Int32Array => Int32Array.from(rows, (row) => row[i]!);
const doubles = (rows: Rows, i: number): Float64Array => Float64Array.from(rows, (row) => row[i]!);

export function randomMarket(seed: number, sessions = 60): RandomMarket {
  const { uniform, below, normal } = randomStream(seed, 'random market');
  const symbols = ['AA', 'BB', 'CC', 'DD'].slice(0, 2 + below(3));
  const hasVolume = below(4) > 0;
  const dates: number[] = [];
  for (let day = firstDay; dates.length < sessions; day += below(12) === 0 ? 4 : 1) dates.push(day);
  const bars: number[][] = [];
  const firstRow = [0];
  const attention: number[][] = [];
  const spells: number[][] = [];
  const delistedOn = new Int32Array(symbols.length).fill(never);
  const delistingReturn = new Float64Array(symbols.length).fill(Number.NaN);
  for (const sym of symbols.keys()) {
    const from = below(3) === 0 ? below(20) : 0;
    const ends = below(4) === 0 ? sessions - 1 - below(25) : sessions;
    let close = 20 + 60 * uniform();
    for (let i = from; i < ends; i++) {
      // The last bar before an end stays, so that the universe's date fits.
      if (below(12) === 0 && i > from && i < ends - 1) continue;
      const first = close * (1 + 0.01 * normal());
      close = Math.max(1, first * (1 + 0.03 * normal()));
      const high = Math.max(first, close) * (1 + 0.01 * uniform());
      const low = Math.min(first, close) * (1 - 0.01 * uniform());
      const volume = hasVolume && below(20) > 0 ? below(3000) : Number.NaN;
      bars.push([sym, dates[i]!, first, high, low, close, volume]);
    }
    firstRow.push(bars.length);
    for (const day of dates) if (below(8) > 0) attention.push([sym, day, day + 1, below(100)]);
    const joins = below(3) === 0 ? below(25) : 0;
    const leaves = below(4) === 0 ? joins + 10 + below(20) : ends;
    if (ends < sessions && leaves === ends) {
      delistedOn[sym] = dates[ends]!;
      delistingReturn[sym] = -uniform();
    }
    spells.push([sym, dates[joins]!, dates[leaves] ?? open, delistingReturn[sym]!]);
  }
  const macro: number[][] = [];
  for (const series of [0, 1, 2])
    for (const [i, day] of dates.entries()) {
      const level = [100, 60, 22][series]! * (1 + 0.05 * normal());
      macro.push([series, day, day + (series === 0 ? 1 : 0), level]);
      if (series === 0 && i % 3 === 0) macro.push([series, day, day + 9, level + normal()]);
    }
  const listings: Listings = {
    delistedOn,
    delistingReturn,
    group: new Int32Array(symbols.length).fill(-1),
    groups: [],
  };
  const columns = {
    day: ints(bars, 1),
    open: doubles(bars, 2),
    high: doubles(bars, 3),
    low: doubles(bars, 4),
    close: doubles(bars, 5),
    volume: doubles(bars, 6),
  };
  return {
    market: { symbols, firstRow: Int32Array.from(firstRow), ...columns, listings },
    facts: {
      hasVolume,
      attention: 'daily',
      macro: ['INDEX', 'OIL', 'VIX'],
      hasUniverse: true,
      symbols,
      currency: null,
    },
    made: {
      bars: { sym: ints(bars, 0), ...columns },
      attention: {
        sym: ints(attention, 0),
        day: ints(attention, 1),
        known_day: ints(attention, 2),
        value: doubles(attention, 3),
      },
      macro: {
        series: macro.map(([series]) => ['INDEX', 'OIL', 'VIX'][series!]!),
        day: ints(macro, 1),
        available_day: ints(macro, 2),
        value: doubles(macro, 3),
      },
      universe: {
        sym: ints(spells, 0),
        from_day: ints(spells, 1),
        to_day: ints(spells, 2),
        delisting_return: doubles(spells, 3),
        group_name: spells.map(() => ''),
      },
    },
  };
}
