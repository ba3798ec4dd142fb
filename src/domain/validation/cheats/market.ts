import { dayFromIso, weekday } from '../../calendar.ts';
import type { Market } from '../../market.ts';
import { randomStream } from '../../random.ts';
import type { DatasetFacts } from '../../strategies/strategy.ts';
import type { Day, Days, Ratios } from '../../units.ts';

/**
 * The demonstrations' own market: synthetic, seeded, small. Three symbols that wander, with volume, daily attention, a
 * universe that one joins late and one leaves early, and a macro series that is revised three weeks after each print.
 */
export interface SyntheticMarket {
  readonly market: Market;
  readonly facts: DatasetFacts;
  readonly attention: {
    readonly sym: Int32Array;
    readonly day: Days;
    readonly known_day: Days;
    readonly value: Float64Array;
  };
  readonly macro: {
    readonly series: readonly string[];
    readonly day: Days;
    readonly available_day: Days;
    readonly value: Float64Array;
  };
  readonly universe: {
    readonly sym: Int32Array;
    readonly from_day: Days;
    readonly to_day: Days;
    readonly delisting_return: Ratios;
    readonly group_name: readonly string[];
  };
}

const symbols = ['SYNTH-A', 'SYNTH-B', 'SYNTH-C'] as const;
const sessions = 250;
/** SYNTH-C joins at this session; SYNTH-B's bars end before that one, with this return. */
const joins = 100;
const ends = 180;
const delistingReturn = -0.4;
/** 9999-12-31. */
const open = 2_932_896;
const never = 2_147_483_647;

export function syntheticMarket(seed: number): SyntheticMarket {
  const days = weekdays(dayFromIso('2019-01-01'), sessions);
  return {
    market: marketOn(days, seed),
    facts: {
      hasVolume: true,
      attention: 'daily',
      macro: ['INDEX', 'OIL', 'VIX'],
      hasUniverse: true,
      symbols,
      currency: null,
    },
    attention: attentionOn(days, seed),
    macro: macroOn(days, seed),
    universe: {
      sym: Int32Array.of(0, 1, 2),
      from_day: Int32Array.of(days[0]!, days[0]!, days[joins]!),
      to_day: Int32Array.of(open, days[ends]!, open),
      delisting_return: Float64Array.of(Number.NaN, delistingReturn, Number.NaN),
      group_name: ['', '', ''],
    },
  };
}

export function weekdays(first: Day, count: number): Day[] {
  const found: number[] = [];
  for (let day = first; found.length < count; day++) if (weekday(day) < 5) found.push(day);
  return found;
}

function marketOn(days: readonly Day[], seed: number): Market {
  const rows: (readonly [number, number, number, number, number, number])[] = [];
  const firstRow = [0];
  for (const [s, symbol] of symbols.entries()) {
    const { uniform, normal } = randomStream(seed, `synthetic bars of ${symbol}`);
    let close = 80 + 20 * s;
    for (const day of s === 1 ? days.slice(0, ends) : days) {
      const first = close * (1 + 0.004 * normal());
      close = Math.max(5, first * (1 + 0.015 * normal()));
      const high = Math.max(first, close) * (1 + 0.01 * uniform());
      const low = Math.min(first, close) * (1 - 0.01 * uniform());
      rows.push([day, first, high, low, close, Math.round(1e5 * (0.5 + uniform()))]);
    }
    firstRow.push(rows.length);
  }
  const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i]!);
  return {
    symbols,
    firstRow: Int32Array.from(firstRow),
    day: Int32Array.from(rows, ([day]) => day),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    listings: {
      delistedOn: Int32Array.of(never, days[ends]!, never),
      delistingReturn: Float64Array.of(Number.NaN, delistingReturn, Number.NaN),
      group: Int32Array.of(-1, -1, -1),
      groups: [],
    },
  };
}

function attentionOn(days: readonly Day[], seed: number): SyntheticMarket['attention'] {
  const { normal } = randomStream(seed, 'synthetic attention');
  const rows = symbols.flatMap((_, sym) => {
    let interest = 50;
    return days.map((day) => {
      interest = Math.min(100, Math.max(1, 50 + 0.9 * (interest - 50) + 6 * normal()));
      return [sym, day, Math.round(interest)] as const;
    });
  });
  return {
    sym: Int32Array.from(rows, ([sym]) => sym),
    day: Int32Array.from(rows, ([, day]) => day),
    known_day: Int32Array.from(rows, ([, day]) => day + 1),
    value: Float64Array.from(rows, ([, , value]) => value),
  };
}

/** VIX and OIL as they are each day; INDEX every week, printed a day later and revised three weeks after that. */
function macroOn(days: readonly Day[], seed: number): SyntheticMarket['macro'] {
  const { normal } = randomStream(seed, 'synthetic macro');
  const rows: (readonly [string, number, number, number])[] = [];
  let [index, oil, vix] = [100, 60, 20];
  for (const [i, day] of days.entries()) {
    oil = Math.max(10, oil * (1 + 0.02 * normal()));
    vix = Math.max(9, 20 + 0.9 * (vix - 20) + 1.5 * normal());
    rows.push(['OIL', day, day, oil], ['VIX', day, day, vix]);
    if (i % 5 !== 0) continue;
    index = Math.max(50, index + 2 * normal());
    rows.push(['INDEX', day, day + 1, index], ['INDEX', day, day + 22, index + 3 * normal()]);
  }
  return {
    series: rows.map(([series]) => series),
    day: Int32Array.from(rows, ([, day]) => day),
    available_day: Int32Array.from(rows, ([, , available]) => available),
    value: Float64Array.from(rows, ([, , , value]) => value),
  };
}
