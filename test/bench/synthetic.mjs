/** Made-up bars for the benchmark: seeded random walks, no market's history. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

/** Writes synthetic-SYMBOLSxBARS.csv in long format (symbol,date,open,high,low,close,volume). */
export async function writeSynthetic(folder, symbols, bars, seed = 1) {
  const name = `synthetic-${symbols}x${bars}.csv`;
  const path = join(folder, name);
  const file = createWriteStream(path);
  const hash = createHash('sha256');
  const dates = weekdays(bars);
  const random = mulberry32(seed);
  let bytes = 0;
  const write = async (text) => {
    hash.update(text);
    bytes += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  await write('symbol,date,open,high,low,close,volume\n');
  for (let s = 0; s < symbols; s++) await write(walk(symbolName(s), dates, random));
  file.end();
  await once(file, 'finish');
  return { name, path, symbols, bars, rows: symbols * bars, bytes, sha256: hash.digest('hex') };
}

export const symbolName = (s) => `SYN${String(s + 1).padStart(4, '0')}`;

/** One symbol's lines: calm days, and on one day in fifty a burst of range and volume. */
function walk(symbol, dates, random) {
  const lines = [];
  let close = 50 + 100 * random();
  for (const date of dates) {
    const burst = random() < 0.02 ? 4 : 1;
    const open = close * (1 + 0.004 * (random() - 0.5));
    // The pull towards 100 keeps a long walk within prices that two decimals can tell apart.
    close = open * (1 + 0.03 * burst * (random() - 0.5) + 0.001 * (100 / open - 1));
    const high = Math.max(open, close) * (1 + 0.008 * burst * random());
    const low = Math.min(open, close) * (1 - 0.008 * burst * random());
    const volume = Math.round(1e6 * burst * (0.5 + random()));
    const prices = [open, high, low, close].map((price) => price.toFixed(2));
    lines.push(`${symbol},${date},${prices.join(',')},${volume}\n`);
  }
  return lines.join('');
}

/** The first `count` Mondays to Fridays from 2001-01-01 on. */
function weekdays(count) {
  const dates = [];
  for (let time = Date.UTC(2001, 0, 1); dates.length < count; time += 86_400_000) {
    const date = new Date(time);
    if (date.getUTCDay() % 6 !== 0) dates.push(date.toISOString().slice(0, 10));
  }
  return dates;
}

export function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
