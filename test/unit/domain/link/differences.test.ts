import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import {
  barHashesOf,
  barsDifference,
  marketHashes,
} from '../../../../src/domain/link/bar-hashes.ts';
import {
  checkpointsOf,
  tableDifference,
  tableHashes,
} from '../../../../src/domain/link/checkpoints.ts';
import type { Market } from '../../../../src/domain/market.ts';
import { margins } from './links.ts';
import { measured } from './refusals.ts';

/** Weekly bars of two symbols over three years; `close` may bend one bar. */
function market({
  symbols = ['A', 'B'],
  from = '2015-01-05',
  weeks = 150,
  scale = () => 1,
  volume = () => 1000,
}: {
  symbols?: readonly string[];
  from?: string;
  weeks?: number;
  scale?: (symbol: string, week: number) => number;
  volume?: (symbol: string, week: number) => number;
} = {}): Market {
  const rows = symbols.flatMap((symbol, s) =>
    Array.from({ length: weeks }, (_, week) => {
      const price = (100 + s + ((week * 7919) % 97) / 10) * scale(symbol, week);
      return { day: dayFromIso(from) + week * 7, price, volume: volume(symbol, week) };
    }),
  );
  const column = (read: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, read);
  return {
    symbols,
    firstRow: Int32Array.from({ length: symbols.length + 1 }, (_, s) => s * weeks),
    day: Int32Array.from(rows, ({ day }) => day),
    open: column(({ price }) => price),
    high: column(({ price }) => price * 1.01),
    low: column(({ price }) => price * 0.99),
    close: column(({ price }) => price * 1.005),
    volume: column(({ volume }) => volume),
  };
}

const fine = 1000;
const coarse = 0;
const difference = (theirs: Market, ours: Market, cells = fine) =>
  barsDifference(marketHashes(ours), barHashesOf(marketHashes(theirs), cells));
const nothing = { missing: [], added: [], symbols: [], years: [] };

describe('where two datasets differ', () => {
  it('nowhere, if they are the same', () => {
    expect(difference(market(), market())).toEqual(nothing);
    expect(difference(market(), market(), coarse)).toEqual(nothing);
  });

  it('in the symbol and the year of one other bar', () => {
    const bent = market({
      volume: (symbol, week) => (symbol === 'B' && week === 60 ? 1001 : 1000),
    });
    expect(difference(market(), bent)).toEqual({
      ...nothing,
      symbols: [{ symbol: 'B', years: [2016], looksLikeScale: true }],
    });
    // Of a large dataset a link has one hash for each symbol and one for each year.
    expect(difference(market(), bent, coarse)).toMatchObject({
      symbols: [{ symbol: 'B', years: [] }],
      years: [2016],
    });
  });

  it('looks like a split adjustment where prices before a day are scaled', () => {
    const split = market({ scale: (symbol, week) => (symbol === 'A' && week < 70 ? 0.5 : 1) });
    expect(difference(market(), split).symbols).toEqual([
      { symbol: 'A', years: [2015, 2016], looksLikeScale: true },
    ]);
    const noise = market({ scale: (symbol, week) => (symbol === 'A' ? 1 + (week % 3) / 100 : 1) });
    expect(difference(market(), noise).symbols).toEqual([
      { symbol: 'A', years: [2015, 2016, 2017], looksLikeScale: false },
    ]);
  });

  it('names symbols that only one of them has', () => {
    expect(difference(market(), market({ symbols: ['A', 'C'] }))).toMatchObject({
      missing: ['B'],
      added: ['C'],
    });
  });

  it('names years that only one of them has', () => {
    expect(difference(market({ weeks: 100 }), market()).symbols).toMatchObject([
      { symbol: 'A', years: [2016, 2017] },
      { symbol: 'B', years: [2016, 2017] },
    ]);
    expect(difference(market(), market({ weeks: 100 })).symbols).toMatchObject([
      { symbol: 'A', years: [2016, 2017] },
      { symbol: 'B', years: [2016, 2017] },
    ]);
    const earlier = market({ from: '2013-01-07', weeks: 300 });
    expect(difference(market(), earlier).symbols[0]?.years.slice(0, 2)).toEqual([2013, 2014]);
  });

  it('takes a year without bars for the same in both, inside or outside the span', () => {
    const short = market({ symbols: ['A'], weeks: 50 });
    const long = market({ symbols: ['A'], weeks: 150 });
    const both = (a: Market): Market => ({
      ...a,
      symbols: ['A', 'Z'],
      firstRow: Int32Array.of(0, a.day.length, a.day.length),
    });
    expect(difference(both(long), both(short)).symbols.map(({ symbol }) => symbol)).toEqual(['A']);
    expect(difference(both(short), both(long)).symbols.map(({ symbol }) => symbol)).toEqual(['A']);
  });
});

describe('the largest spans that a link may have', () => {
  const many = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, i) => `S${i}`).sort();

  it.each([
    ['many symbols that nobody has here', market(), margins(5000, 400)],
    [
      'every symbol that is here, over all years',
      market({ symbols: many(166), weeks: 1 }),
      margins(166, 12_000),
    ],
    [
      'as many symbols as a link holds',
      market({ symbols: many(9000), weeks: 1 }),
      margins(9000, 222),
    ],
  ])('are compared within 2 s and 100 MB: %s', (_, ours, theirs) => {
    const hashes = marketHashes(ours);
    const { found, took, used } = measured(() => barsDifference(hashes, theirs));
    expect(found.missing.length + found.symbols.length).toBe(theirs.symbols.length);
    expect(took).toBeLessThan(2000);
    expect(used).toBeLessThan(100_000_000);
  });

  it('cost a dataset no more than its own bars, however far apart they are', () => {
    const { symbols, firstRow, ...columns } = market({ symbols: many(3000), weeks: 2 });
    const apart = {
      symbols,
      firstRow,
      ...columns,
      day: columns.day.map((_, i) => (i % 2 ? 2_900_000 : -700_000)),
    };
    const { found, took, used } = measured(() => marketHashes(apart));
    expect(found.years).toBeGreaterThan(9000);
    expect(took).toBeLessThan(2000);
    expect(used).toBeLessThan(100_000_000);
  });
});

describe('where two tables part', () => {
  const table = (rows: number, bend: (row: number) => number = () => 0) =>
    tableHashes([
      { name: 'day', type: 'int32', values: Int32Array.from({ length: rows }, (_, i) => i) },
      {
        name: 'equity',
        type: 'float64',
        values: Float64Array.from({ length: rows }, (_, i) => 100 + i + bend(i)),
      },
    ]);
  const parting = (
    theirs: ReturnType<typeof table>,
    ours: ReturnType<typeof table>,
    most: number,
  ) => tableDifference(ours, checkpointsOf(theirs, most));

  it('nowhere, if they are the same, however coarse the link is', () => {
    for (const most of [1, 3, 16, 1000, 100_000])
      expect(parting(table(1000), table(1000), most)).toBeNull();
    expect(parting(table(0), table(0), 16)).toBeNull();
  });

  it('in the row and column, or the block of rows, that the link can tell apart', () => {
    const bent = table(1000, (row) => (row >= 333 ? 1e-12 : 0));
    const exact = { fromRow: 333, toRow: 334, columns: ['equity'] };
    expect(parting(table(1000), bent, 100_000)).toMatchObject(exact);
    expect(parting(table(1000), bent, 16)).toMatchObject({ fromRow: 315, toRow: 378 });
  });

  it('at the end of the shorter one', () => {
    expect(parting(table(100), table(60), 1000)).toMatchObject({
      fromRow: 60,
      toRow: 61,
      rows: { theirs: 100, ours: 60 },
    });
    expect(parting(table(60), table(100), 16)).toMatchObject({ fromRow: 60 });
  });

  it('stays at a few thousand hashes for a table of any length', () => {
    const long = table(20_000);
    expect(long.blocks.length).toBeLessThanOrEqual(4096 * 4);
    expect(
      parting(
        long,
        table(20_000, (row) => (row === 17_000 ? 1 : 0)),
        100,
      ),
    ).toMatchObject({
      fromRow: 17_000,
      columns: ['equity'],
    });
  });
});
