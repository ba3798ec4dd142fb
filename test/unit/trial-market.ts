import type { Market, Signals } from '../../src/domain/market.ts';

/** Seeded random walks from 2000-01-01 on, a bar a day, with random signals beside them. */
export function walks(
  symbols: number,
  bars: number,
  seed = 1,
): { market: Market; signals: Signals } {
  const random = uniform(seed);
  const rows = symbols * bars;
  const column = () => new Float64Array(rows);
  const market = {
    symbols: Array.from({ length: symbols }, (_, s) => `S${s}`),
    firstRow: Int32Array.from({ length: symbols + 1 }, (_, s) => s * bars),
    day: Int32Array.from({ length: rows }, (_, row) => 10_957 + (row % bars)),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column().fill(1e6),
  };
  const signals = {
    side: new Int8Array(rows),
    exit: new Int8Array(rows),
    score: column(),
    atr: column().fill(1),
    sizeFactor: column().fill(1),
    halfSpread: null,
  };
  let close = 0;
  for (let row = 0; row < rows; row++) {
    const open = row % bars === 0 ? 100 : close;
    close = open * (1 + 0.04 * (random() - 0.5));
    market.open[row] = open;
    market.close[row] = close;
    market.high[row] = Math.max(open, close) * (1 + 0.01 * random());
    market.low[row] = Math.min(open, close) * (1 - 0.01 * random());
    signals.side[row] = random() < 0.2 ? (random() < 0.5 ? 1 : -1) : 0;
    signals.score[row] = random();
  }
  return { market, signals };
}

function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
