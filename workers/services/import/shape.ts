import { type Market, rowsOf } from '../../../src/domain/market.ts';
import type { Coverage, Distribution } from '../../../src/domain/quality.ts';
import type { Day } from '../../../src/domain/units.ts';

const mostSpans = 120;
const bins = 40;

/** In which spans of time each symbol has bars. */
export function coverageOf(market: Market, from: Day, to: Day): Coverage {
  const { day } = market;
  const spans = Math.min(mostSpans, to - from + 1);
  const bars = new Uint32Array(market.symbols.length * spans);
  for (let s = 0; s < market.symbols.length; s++) {
    const [first, end] = rowsOf(market, s);
    for (let row = first; row < end; row++) {
      const span = Math.floor(((day[row]! - from) * spans) / (to - from + 1));
      bars[s * spans + span]!++;
    }
  }
  return { from, to, spans, bars };
}

/** How the values of each column are spread, and the returns from close to close. */
export function distributionsOf(market: Market): Distribution[] {
  const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
  return [
    ...columns.map((column) => ({ column, ...spread(() => [market[column]]) })),
    { column: 'returns', ...spread(() => returnsOf(market)) },
  ];
}

/** By symbol, in the same array: all returns would be as long as all closes. */
function* returnsOf(market: Market): Iterable<Float64Array> {
  const { symbols, close } = market;
  const bars = symbols.map((_, s) => rowsOf(market, s)).map(([first, end]) => end - first);
  const returns = new Float64Array(bars.reduce((most, one) => Math.max(most, one), 0));
  for (const [s, length] of bars.entries()) {
    const [first] = rowsOf(market, s);
    for (let i = 1; i < length; i++) returns[i - 1] = close[first + i]! / close[first + i - 1]! - 1;
    yield returns.subarray(0, Math.max(0, length - 1));
  }
}

/** Counts in equal bins from the lowest value to the highest; no bins where there are no values. Values are gone through twice. */
function spread(parts: () => Iterable<Float64Array>): Omit<Distribution, 'column'> {
  let low = Infinity;
  let high = -Infinity;
  for (const values of parts())
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (low > high) return { edges: [], counts: [] };
  const width = high - low;
  const counts = new Int32Array(width > 0 ? bins : 1);
  for (const values of parts())
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      const bin = width > 0 ? Math.min(Math.floor(((value - low) / width) * bins), bins - 1) : 0;
      counts[bin]! += 1;
    }
  const step = width / bins || 1;
  return {
    edges: Array.from({ length: counts.length + 1 }, (_, i) => low + i * step),
    counts: [...counts],
  };
}
