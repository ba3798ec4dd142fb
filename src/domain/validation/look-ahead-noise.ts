import type { Listings, Market } from '../market.ts';
import { randomStream } from '../random.ts';
import type { Day } from '../units.ts';

/** Prices and volumes that could have been, row by row beside a market's; NaN where it has no volume. */
export type NoiseBars = Pick<Market, 'open' | 'high' | 'low' | 'close' | 'volume'>;

/**
 * Bars of noise: every price is the real one less up to a tenth of it, so that moves are a crash's and no value
 * outgrows the exact integers of the real ones; volume is a fifth of the real one and more.
 */
export function noiseBars(market: Market, seed: number): NoiseBars {
  const { uniform } = randomStream(seed, 'look-ahead noise in bars');
  const shaken = (column: Float64Array): Float64Array =>
    column.map((price) => price * (0.9 + 0.1 * uniform()));
  const open = shaken(market.open);
  const close = shaken(market.close);
  const high = shaken(market.high);
  const low = shaken(market.low);
  for (let row = 0; row < open.length; row++) {
    high[row] = Math.max(open[row]!, high[row]!, close[row]!);
    low[row] = Math.min(open[row]!, low[row]!, close[row]!);
  }
  const volume = market.volume.map((traded) => traded * (0.2 + 0.8 * uniform()));
  return { open, high, low, close, volume };
}

/** Factors that turn a series' values into noise: from a half to one. */
export function noiseFactors(length: number, seed: number, series: string): Float64Array {
  const { uniform } = randomStream(seed, `look-ahead noise in ${series}`);
  return Float64Array.from({ length }, () => 0.5 + 0.5 * uniform());
}

const never = 2_147_483_647;

/** What is known of delistings at a day's close: those to come are not, or (`noise`) come otherwise. */
export function knownListings(listings: Listings, day: Day, noise: number | null): Listings {
  const { group, groups } = listings;
  const delistedOn = listings.delistedOn.slice();
  const delistingReturn = listings.delistingReturn.slice();
  const stream = noise === null ? null : randomStream(noise, 'look-ahead noise in delistings');
  for (let s = 0; s < delistedOn.length; s++) {
    // Drawn for every symbol, so that what one gets does not hang on the others.
    const [later, otherReturn] = [stream?.below(60) ?? 0, stream?.uniform() ?? 0];
    if (delistedOn[s]! <= day || delistedOn[s] === never) continue;
    delistedOn[s] = stream === null ? never : delistedOn[s]! + later;
    delistingReturn[s] = stream === null ? Number.NaN : -otherReturn;
  }
  return { delistedOn, delistingReturn, group, groups };
}
