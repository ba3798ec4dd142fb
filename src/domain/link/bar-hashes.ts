import { concatBytes } from '@noble/hashes/utils.js';
import { yearOf } from '../calendar.ts';
import type { TypedColumn } from '../digest.ts';
import { type Market, rowsOf } from '../market.ts';
import type { BarHashes } from './payload.ts';
import {
  type ShortHashes,
  hashAt,
  hashLength,
  hashOfAll,
  packed,
  placesThatDiffer,
  shortHashesOf,
  shortHashesOfEach,
  unpacked,
} from './short-hashes.ts';

/**
 * The bars of a dataset, hashed by symbol and calendar year. Only cells with bars are kept: symbols × years may be far
 * more than there are bars, and a link’s more than there is memory.
 */
export interface MarketHashes {
  readonly symbols: readonly string[];
  readonly firstYear: number;
  readonly years: number;
  /** Length symbols + 1: cells of symbol s are `firstCell[s]` .. `firstCell[s + 1] - 1`, in order of years. */
  readonly firstCell: Int32Array;
  readonly year: Int32Array;
  /** Of each cell: all columns. */
  readonly prices: ShortHashes;
  /** The same of what a change of scale leaves as it is. */
  readonly returns: ShortHashes;
}

type Part = 'prices' | 'returns';

/** Ratios are rounded to this many parts, so that a mere scale changes none. */
const partsOfOne = 1_000_000;

export function marketHashes(market: Market): MarketHashes {
  const { symbols, day, open, high, low, close, volume, clock } = market;
  let [first, last] = [Infinity, -Infinity];
  for (const one of day) {
    if (one < first) first = one;
    if (one > last) last = one;
  }
  const firstYear = day.length > 0 ? yearOf(first) : 1970;
  const years = day.length > 0 ? yearOf(last) - firstYear + 1 : 0;
  const firstCell = new Int32Array(symbols.length + 1);
  const cells: { readonly year: number; readonly from: number; readonly to: number }[] = [];
  for (let s = 0; s < symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let from = begin, to = begin; from < end; from = to) {
      const year = yearOf(day[from]!);
      while (to < end && yearOf(day[to]!) === year) to++;
      cells.push({ year, from, to });
    }
    firstCell[s + 1] = cells.length;
  }
  const hashesOf = (columns: FloatColumns): ShortHashes =>
    shortHashesOfEach(cells.length, (i) => {
      const { from, to } = cells[i]!;
      const part = Object.entries(columns).map(([name, values]) => [
        name,
        values.subarray(from, to),
      ]);
      return cellOf(day.subarray(from, to), Object.fromEntries(part) as FloatColumns);
    });
  return {
    symbols,
    firstYear,
    years,
    firstCell,
    year: Int32Array.from(cells, ({ year }) => year),
    prices: hashesOf({
      ...(clock && { opens: clock.opens, known: clock.known }),
      ...{ open, high, low, close, volume },
    }),
    returns: hashesOf(ratiosOf(market)),
  };
}

type FloatColumns = Readonly<Record<string, Float64Array>>;

const cellOf = (days: ArrayLike<number>, columns: FloatColumns): TypedColumn[] => [
  { name: 'day', type: 'int32', values: days },
  ...Object.entries(columns).map(([name, values]): TypedColumn => ({
    name,
    type: 'float64',
    values,
  })),
];

/** As a link carries them: every cell where there are at most so many, else one hash per symbol and per year. */
export function barHashesOf(hashes: MarketHashes, mostCells: number): BarHashes {
  const { symbols, firstYear, years } = hashes;
  const detail = symbols.length * years <= mostCells ? 'symbol-years' : 'margins';
  const own = symbols.map((_, s) => s);
  const part = (of: Part): string =>
    packed(
      detail === 'margins' ? margins(hashes, of, own, hashes) : everyCell(hashes, of, own, hashes),
    );
  return {
    symbols: [...symbols],
    firstYear,
    years,
    detail,
    prices: part('prices'),
    returns: part('returns'),
  };
}

/** How one symbol's bars differ from a link's. */
export interface SymbolDifference {
  readonly symbol: string;
  /** Calendar years with a difference; empty where a link holds no more than the symbol as a whole. */
  readonly years: readonly number[];
  /** Prices differ and the ratios between them, year by year, hardly do: splits, dividends or a unit. */
  readonly looksLikeScale: boolean;
}

export interface BarsDifference {
  /** Symbols of the link that these data lack, and the other way round. */
  readonly missing: readonly string[];
  readonly added: readonly string[];
  readonly symbols: readonly SymbolDifference[];
  /** Years with a difference in any symbol, of the symbols as a whole; of large datasets only. */
  readonly years: readonly number[];
}

export function barsDifference(ours: MarketHashes, theirs: BarHashes): BarsDifference {
  const known = new Map(ours.symbols.map((symbol, s) => [symbol, s]));
  const wanted = new Set(theirs.symbols);
  const rows = theirs.symbols.map((symbol) => known.get(symbol) ?? -1);
  const isCoarse = theirs.detail === 'margins';
  const differing = (of: Part): number[] =>
    placesThatDiffer(
      isCoarse ? margins(ours, of, rows, theirs) : everyCell(ours, of, rows, theirs),
      unpacked(theirs[of]),
    );
  const prices = differing('prices');
  const returns = new Set(differing('returns'));
  const count = theirs.symbols.length;
  const perSymbol = isCoarse ? 1 : theirs.years;
  const places = new Map<number, number[]>();
  for (const at of prices) {
    const row = Math.floor(at / perSymbol);
    if (row < count) addTo(places, row, at);
  }
  const symbols = theirs.symbols.flatMap((symbol, row) => {
    const s = rows[row]!;
    if (s < 0) return [];
    const cells = places.get(row) ?? [];
    const further = yearsOutside(ours, s, theirs);
    if (cells.length === 0 && further.length === 0) return [];
    const years = isCoarse ? [] : cells.map((at) => theirs.firstYear + (at % perSymbol));
    const moved = cells.filter((at) => returns.has(at)).length;
    return [
      {
        symbol,
        years: [...years, ...further].sort((a, b) => a - b),
        // The year of a split itself has another return on the day of the split.
        looksLikeScale: cells.length > 0 && further.length === 0 && moved * 2 < cells.length + 1,
      },
    ];
  });
  return {
    missing: theirs.symbols.filter((symbol) => !known.has(symbol)),
    added: ours.symbols.filter((symbol) => !wanted.has(symbol)),
    symbols,
    years: isCoarse
      ? prices.filter((at) => at >= count).map((at) => theirs.firstYear + at - count)
      : [],
  };
}

/** Calendar years that a link’s hashes are of. */
type Span = Pick<BarHashes, 'firstYear' | 'years'>;

const isWithin = (year: number, { firstYear, years }: Span): boolean =>
  year >= firstYear && year < firstYear + years;

/** Places of the cells of symbol s. */
const cellsOf = ({ firstCell }: MarketHashes, s: number): number[] =>
  s < 0
    ? []
    : Array.from({ length: firstCell[s + 1]! - firstCell[s]! }, (_, i) => firstCell[s]! + i);

/** Years in which symbol s has bars here and a link's span has none at all. */
const yearsOutside = (hashes: MarketHashes, s: number, span: Span): number[] =>
  cellsOf(hashes, s)
    .map((cell) => hashes.year[cell]!)
    .filter((year) => !isWithin(year, span));

/** The hash of a year without bars. */
const emptyCell: Readonly<Record<Part, () => ShortHashes>> = {
  prices: () => shortHashesOf([cellOf([], noBars)]),
  returns: () => shortHashesOf([cellOf([], noRatios)]),
};

/** As many hashes of a year without bars. */
function emptyCells(of: Part, count: number): ShortHashes {
  const cells = new Uint8Array(count * hashLength);
  const empty = emptyCell[of]();
  for (let at = 0; at < cells.length; at += hashLength) cells.set(empty, at);
  return cells;
}

/** Every cell, symbol by symbol: `rows` has the number of each symbol here, −1 where there is none. */
function everyCell(
  hashes: MarketHashes,
  of: Part,
  rows: readonly number[],
  span: Span,
): ShortHashes {
  const found = emptyCells(of, rows.length * span.years);
  for (const [row, s] of rows.entries()) {
    for (const cell of cellsOf(hashes, s)) {
      const year = hashes.year[cell]!;
      if (!isWithin(year, span)) continue;
      const place = row * span.years + year - span.firstYear;
      found.set(hashAt(hashes[of], cell), place * hashLength);
    }
  }
  return found;
}

/**
 * One hash per symbol over its years, then one per year over the symbols. A line at a time is laid out, and only those
 * that bars stand in: all others are alike.
 */
function margins(hashes: MarketHashes, of: Part, rows: readonly number[], span: Span): ShortHashes {
  const bySymbol = new Map<number, Standing[]>();
  const byYear = new Map<number, Standing[]>();
  for (const [row, s] of rows.entries()) {
    for (const cell of cellsOf(hashes, s)) {
      const year = hashes.year[cell]!;
      if (!isWithin(year, span)) continue;
      addTo(bySymbol, row, { cell, at: year - span.firstYear });
      addTo(byYear, year - span.firstYear, { cell, at: row });
    }
  }
  const lines = (count: number, length: number, standing: typeof byYear): ShortHashes => {
    const line = emptyCells(of, length);
    const empty = emptyCell[of]();
    const found = new Uint8Array(count * hashLength);
    const none = hashOfAll(line);
    for (let i = 0; i < count; i++) {
      const here = standing.get(i) ?? [];
      for (const { cell, at } of here) line.set(hashAt(hashes[of], cell), at * hashLength);
      found.set(here.length === 0 ? none : hashOfAll(line), i * hashLength);
      for (const { at } of here) line.set(empty, at * hashLength);
    }
    return found;
  };
  return concatBytes(
    lines(rows.length, span.years, bySymbol),
    lines(span.years, rows.length, byYear),
  );
}

/** Where in a line of years or of symbols a cell stands. */
interface Standing {
  readonly cell: number;
  readonly at: number;
}

function addTo<T>(lines: Map<number, T[]>, line: number, one: T): void {
  const standing = lines.get(line);
  if (standing === undefined) lines.set(line, [one]);
  else standing.push(one);
}

/** Each bar against its own close and the close before. */
function ratiosOf(market: Market): Record<'change' | 'open' | 'high' | 'low', Float64Array> {
  const { symbols, close } = market;
  const rows = close.length;
  const ratios = {
    change: new Float64Array(rows),
    open: new Float64Array(rows),
    high: new Float64Array(rows),
    low: new Float64Array(rows),
  };
  const rounded = (ratio: number): number => Math.round(ratio * partsOfOne);
  for (let s = 0; s < symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let row = begin; row < end; row++) {
      ratios.change[row] = row === begin ? 0 : rounded(close[row]! / close[row - 1]!);
      for (const name of ['open', 'high', 'low'] as const)
        ratios[name][row] = rounded(market[name][row]! / close[row]!);
    }
  }
  return ratios;
}

const none = new Float64Array(0);
const noBars: FloatColumns = { open: none, high: none, low: none, close: none, volume: none };
const noRatios: FloatColumns = { change: none, open: none, high: none, low: none };
