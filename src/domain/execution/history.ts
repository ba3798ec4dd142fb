import { sessionsPerYear } from '../calendar.ts';
import type { Market } from '../market.ts';
import type { Ratio, Row, Rows } from '../units.ts';

/** What a symbol's last bars say about a fill to come. All look back from a row, that row included. */

/** The returns of one call of `volatilityAt`: dividing takes longer than remembering. */
let scratch = new Float64Array(64);

/** Standard deviation (n − 1) of the simple close-to-close returns of the last `bars` bars; NaN with fewer than two. */
export function volatilityAt(market: Market, symbol: number, row: Row, bars: number): Ratio {
  const { close, firstRow } = market;
  const first = Math.max(firstRow[symbol]! + 1, row - bars + 1);
  const n = row - first + 1;
  if (n < 2) return Number.NaN;
  if (scratch.length < n) scratch = new Float64Array(2 * n);
  const returns = scratch;
  let sum = 0;
  for (let i = 0, r = first; i < n; i++, r++) {
    returns[i] = close[r]! / close[r - 1]! - 1;
    sum += returns[i]!;
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const distance = returns[i]! - mean;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (n - 1));
}

/** A year of daily bars: those that say how many there are a year. */
const yearOfBars = 365;

/** How many bars a year the symbol has, as its last bars tell; other symbols may trade on other days. */
export const barsPerYearAt = ({ day, firstRow }: Market, symbol: number, row: Row): number =>
  sessionsPerYear(day.subarray(Math.max(firstRow[symbol]!, row - yearOfBars), row + 1));

/** Mean volume of those of the last `bars` bars that have one, from row `first` on; NaN without any. */
function averageVolumeAt({ volume }: Market, first: Row, row: Row, bars: number): number {
  let sum = 0;
  let n = 0;
  for (let r = Math.max(first, row - bars + 1); r <= row; r++) {
    const traded = volume[r]!;
    if (Number.isNaN(traded)) continue;
    sum += traded;
    n++;
  }
  return n === 0 ? Number.NaN : sum / n;
}

/**
 * What market impact asks of a symbol's last bars. Where many simulations are to come it is remembered by row, since they
 * ask for the same ones: for one number of bars at a time.
 */
export class Past {
  /** `volatilityAt` and `averageVolumeAt` of the last look. */
  volatility: Ratio = Number.NaN;
  volume = Number.NaN;
  readonly #market: Market;
  readonly #remembers: boolean;
  #bars = 0;
  /** By row; 0 where nothing is known yet. */
  #volatilities = new Float64Array(0);
  #volumes = new Float64Array(0);

  constructor(market: Market, remembers: boolean) {
    this.#market = market;
    this.#remembers = remembers;
  }

  /** Back from a row; volumes from row `first` on. */
  look(symbol: number, first: Row, row: Row, bars: number): void {
    if (bars === this.#bars && this.#volatilities[row] !== 0) {
      this.volatility = this.#volatilities[row]!;
      this.volume = this.#volumes[row]!;
      return;
    }
    this.volatility = volatilityAt(this.#market, symbol, row, bars);
    this.volume = averageVolumeAt(this.#market, first, row, bars);
    if (this.#remembers) this.#remember(row, bars);
  }

  #remember(row: Row, bars: number): void {
    if (bars !== this.#bars) {
      this.#bars = bars;
      this.#volatilities = new Float64Array(this.#market.close.length);
      this.#volumes = new Float64Array(this.#market.close.length);
    }
    this.#volatilities[row] = this.volatility;
    this.#volumes[row] = this.volume;
  }
}

/** No row: of a symbol that has no volume, or where nothing asks for it. */
export const NEVER: Row = 2_147_483_647;

/** By symbol, the row of its first bar with volume. Later bars must not say whether an earlier one had a market. */
export function firstVolumes(market: Market): Rows {
  const { symbols, firstRow, volume } = market;
  return Int32Array.from(symbols, (_, s) => {
    for (let row = firstRow[s]!; row < firstRow[s + 1]!; row++) if (volume[row]! > 0) return row;
    return NEVER;
  });
}
