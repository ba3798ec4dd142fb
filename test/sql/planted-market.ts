/** A made-up market whose edges are known: what pays after which sign, beside nothing but noise. */
import { dayFromIso, isoFromDay, weekday } from '../../src/domain/calendar.ts';
import { randomStream } from '../../src/domain/random.ts';

export interface Edges {
  /** Return of the five bars after a burst of volume, against the move of the five bars before. */
  readonly volume: number;
  /** Return of a bar after one with a wide range, with the move. */
  readonly range: number;
  /** Loss of all symbols on each of five sessions after VIX has jumped. */
  readonly fear: number;
}

export const noEdge: Edges = { volume: 0, range: 0, fear: 0 };

/** Twelve symbols over so many weekdays as CSV files; `after` a session other random numbers are drawn. */
export function plantedMarket(
  edges: Edges,
  { seed = 1, sessions = 900, after = Infinity, otherSeed = 0 } = {},
): { readonly bars: string; readonly macro: string } {
  const days: number[] = [];
  for (let day = dayFromIso('2015-01-01'); days.length < sessions; day++)
    if (weekday(day) < 5) days.push(day);
  const dates = days.map(isoFromDay);
  const drawn = (name: string) => {
    const [first, second] = [seed, otherSeed].map((s) => randomStream(s, name));
    return (t: number) => (t > after ? second! : first!);
  };

  const fearAt = drawn('fear');
  const levelAt = drawn('levels');
  const jumps = dates.map((_, t) => fearAt(t).uniform() < 1 / 40);
  const macro = ['series,date,value'];
  for (const [t, date] of dates.entries()) {
    macro.push(`VIX,${date},${jumps[t]! ? 40 : 15}`);
    for (const [series, base] of [
      ['INDEX', 1000],
      ['OIL', 50],
    ] as const)
      macro.push(`${series},${date},${(base * (1 + 0.04 * levelAt(t).normal())).toFixed(4)}`);
  }

  const bars = ['symbol,date,open,high,low,close,volume'];
  for (const symbol of 'ABCDEFGHIJKL') {
    const at = drawn(symbol);
    const closes = [100];
    let wide = 0;
    let reactions: { left: number; drift: number }[] = [];
    for (const [t, date] of dates.entries()) {
      const { normal, uniform } = at(t);
      const before = closes.at(-1)!;
      const feared = jumps.slice(Math.max(0, t - 5), t).includes(true) ? edges.fear : 0;
      const drift = reactions.reduce((sum, one) => sum + one.drift, 0) - feared;
      reactions = reactions
        .map(({ left, drift }) => ({ left: left - 1, drift }))
        .filter(({ left }) => left > 0);
      const open = before * (1 + 0.001 * normal());
      const close = before * (1 + drift + 0.01 * normal());
      closes.push(close);
      if (wide === 0 && uniform() < 1 / 60) wide = 14;
      const margin = wide > 0 ? 0.04 : 0.004;
      const high = Math.max(open, close) * (1 + margin * (0.5 + uniform()));
      const low = Math.min(open, close) * (1 - margin * (0.5 + uniform()));
      // Too frequent to pass the entry threshold of 3 without a wide range: their z-score is about 2.6.
      const burst = uniform() < 1 / 8;
      const volume = Math.round(1e5 * (1 + 0.2 * uniform()) * (burst ? 4 : 1));
      bars.push(
        `${symbol},${date},${[open, high, low, close].map((x) => x.toFixed(6)).join(',')},${volume}`,
      );
      const move = t < 5 ? 0 : Math.sign(close - closes[closes.length - 6]!);
      if (burst) reactions.push({ left: 5, drift: (-move * edges.volume) / 5 });
      if (wide > 0) {
        reactions.push({ left: 1, drift: move * edges.range });
        wide -= 1;
      }
    }
  }
  return { bars: bars.join('\n'), macro: macro.join('\n') };
}
