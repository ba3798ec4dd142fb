import type { File } from './lab.ts';

/** Made-up bars: a seeded random walk with bursts of range and volume, so that Harvester finds panics. */
export function syntheticBars(symbols: number, bars: number, seed = 1): File {
  const random = mulberry32(seed);
  const lines = ['symbol,date,open,high,low,close,volume'];
  const first = Date.UTC(2010, 0, 4);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const name = `SYN${String(symbol + 1).padStart(3, '0')}`;
    let close = 50 + 100 * random();
    for (let bar = 0; bar < bars; bar++) {
      const burst = random() < 0.02 ? 4 : 1;
      const open = close * (1 + 0.004 * (random() - 0.5));
      close = open * (1 + 0.03 * burst * (random() - 0.5));
      const high = Math.max(open, close) * (1 + 0.008 * burst * random());
      const low = Math.min(open, close) * (1 - 0.008 * burst * random());
      const day = new Date(first + bar * 86_400_000).toISOString().slice(0, 10);
      const volume = Math.round(1e6 * burst * (0.5 + random()));
      const prices = [open, high, low, close].map((price) => price.toFixed(2));
      lines.push([name, day, ...prices, volume].join(','));
    }
  }
  return { name: 'synthetic-bars.csv', text: `${lines.join('\n')}\n` };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
