import { yearOf } from '../calendar.ts';
import type { TypedColumn } from '../digest.ts';
import { type Market, rowsOf } from '../market.ts';
import type { BarHashes } from './payload.ts';
import {
  type ShortHashes,
  grouped,
  hashLength,
  packed,
  placesThatDiffer,
  shortHashesOf,
  unpacked,
} from './short-hashes.ts';

/** The bars of a dataset, hashed by symbol and calendar year. Empty cells count too. */
export interface MarketHashes {
  readonly symbols: readonly string[];
  readonly firstYear: number;
  readonly years: number;
  /** symbols × years, symbol by symbol: all columns. */
  readonly prices: ShortHashes;
  /** The same of what a change of scale leaves as it is. */
  readonly returns: ShortHashes;
}

/** Ratios are rounded to this many parts, so that a mere scale changes none. */
const partsOfOne = 1_000_000;

export function marketHashes(market: Market): MarketHashes {
  const { symbols, day, open, high, low, close, volume } = market;
  let [first, last] = [Infinity, -Infinity];
  for (const one of day) {
    if (one < first) first = one;
    if (one > last) last = one;
  }
  const firstYear = day.length > 0 ? yearOf(first) : 1970;
  const years = day.length > 0 ? yearOf(last) - firstYear + 1 : 0;
  const ratios = ratiosOf(market);
  const prices: TypedColumn[][] = [];
  const returns: TypedColumn[][] = [];
  for (let s = 0; s < symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    let from = begin;
    for (let year = firstYear; year < firstYear + years; year++) {
      let to = from;
      while (to < end && yearOf(day[to]!) === year) to++;
      const days = day.subarray(from, to);
      const part = (columns: FloatColumns): FloatColumns =>
        Object.fromEntries(
          Object.entries(columns).map(([name, values]) => [name, values.subarray(from, to)]),
        );
      prices.push(cellOf(days, part({ open, high, low, close, volume })));
      returns.push(cellOf(days, part(ratios)));
      from = to;
    }
  }
  return {
    symbols,
    firstYear,
    years,
    prices: shortHashesOf(prices),
    returns: shortHashesOf(returns),
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
  const part = (cells: ShortHashes): string =>
    packed(detail === 'margins' ? margins(cells, symbols.length, years) : cells);
  return {
    symbols: [...symbols],
    firstYear,
    years,
    detail,
    prices: part(hashes.prices),
    returns: part(hashes.returns),
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
  const their = { prices: unpacked(theirs.prices), returns: unpacked(theirs.returns) };
  const aligned = alignedTo(ours, theirs, known);
  const own =
    theirs.detail === 'margins'
      ? {
          prices: margins(aligned.prices, theirs.symbols.length, theirs.years),
          returns: margins(aligned.returns, theirs.symbols.length, theirs.years),
        }
      : aligned;
  const prices = placesThatDiffer(own.prices, their.prices);
  const returns = new Set(placesThatDiffer(own.returns, their.returns));
  const perSymbol = theirs.detail === 'margins' ? 1 : theirs.years;
  const count = theirs.symbols.length;
  const outside = new Map(yearsOutside(ours, theirs).map(({ symbol, years }) => [symbol, years]));
  const symbols = theirs.symbols.flatMap((symbol, s) => {
    if (!known.has(symbol)) return [];
    const cells = prices.filter((at) => at >= s * perSymbol && at < (s + 1) * perSymbol);
    const further = outside.get(symbol) ?? [];
    if (cells.length === 0 && further.length === 0) return [];
    const years =
      theirs.detail === 'margins' ? [] : cells.map((at) => theirs.firstYear + (at % perSymbol));
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
    years:
      theirs.detail === 'margins'
        ? prices.filter((at) => at >= count).map((at) => theirs.firstYear + at - count)
        : [],
  };
}

/** Our cells in the order of a link's symbols and years. */
function alignedTo(
  ours: MarketHashes,
  theirs: BarHashes,
  known: ReadonlyMap<string, number>,
): { prices: ShortHashes; returns: ShortHashes } {
  const cells = Array.from({ length: theirs.symbols.length * theirs.years }, () => 0);
  const [prices, returns] = [emptyCell.prices(), emptyCell.returns()];
  const found = {
    prices: grouped(
      prices,
      cells.map((at) => [at]),
    ),
    returns: grouped(
      returns,
      cells.map((at) => [at]),
    ),
  };
  for (const [row, symbol] of theirs.symbols.entries()) {
    const s = known.get(symbol);
    if (s === undefined) continue;
    for (let i = 0; i < theirs.years; i++) {
      const year = theirs.firstYear + i - ours.firstYear;
      if (year < 0 || year >= ours.years) continue;
      const from = (s * ours.years + year) * hashLength;
      const at = (row * theirs.years + i) * hashLength;
      found.prices.set(ours.prices.subarray(from, from + hashLength), at);
      found.returns.set(ours.returns.subarray(from, from + hashLength), at);
    }
  }
  return found;
}

/** Years in which we have bars and a link's span has none at all. */
function yearsOutside(
  ours: MarketHashes,
  theirs: BarHashes,
): { symbol: string; years: number[] }[] {
  const empty = emptyCell.prices();
  return ours.symbols.flatMap((symbol, s) => {
    const years = Array.from({ length: ours.years }, (_, i) => i)
      .filter((i) => {
        const year = ours.firstYear + i;
        if (year >= theirs.firstYear && year < theirs.firstYear + theirs.years) return false;
        const at = (s * ours.years + i) * hashLength;
        return ours.prices.subarray(at, at + hashLength).some((byte, k) => byte !== empty[k]);
      })
      .map((i) => ours.firstYear + i);
    return years.length === 0 ? [] : [{ symbol, years }];
  });
}

/** The hash of a year without bars. */
const emptyCell = {
  prices: () => shortHashesOf([cellOf([], noBars)]),
  returns: () => shortHashesOf([cellOf([], noRatios)]),
};

/** One hash per symbol over its years, then one per year over the symbols. */
function margins(cells: ShortHashes, symbols: number, years: number): ShortHashes {
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  return grouped(cells, [
    ...range(symbols).map((s) => range(years).map((y) => s * years + y)),
    ...range(years).map((y) => range(symbols).map((s) => s * years + y)),
  ]);
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
