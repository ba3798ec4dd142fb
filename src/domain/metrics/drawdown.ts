import type { Ratio, Ratios, Step } from '../units.ts';

/** Times below a peak, one after another. */
export interface Drawdowns {
  /** Session of the peak that equity fell from; −1 is the initial cash. */
  readonly peak: readonly Step[];
  /** Session that reached the peak again, or the last. */
  readonly end: readonly Step[];
  readonly recovered: readonly boolean[];
  /** Lowest equity ÷ peak − 1, below 0. */
  readonly depth: readonly Ratio[];
  /** The lowest of `depth`; 0 where there was no drawdown. */
  readonly deepest: Ratio;
  /** Σ over all sessions of (equity ÷ highest so far − 1)². */
  readonly squares: number;
}

/** Drawdowns of closing equity. `initial` is the first peak; without it the first close is. */
export function drawdownsOf(equity: Float64Array, initial?: number): Drawdowns {
  const peaks: number[] = [];
  const ends: number[] = [];
  const recovered: boolean[] = [];
  const depths: number[] = [];
  let deepest = 0;
  let squares = 0;
  let peakAt = initial === undefined ? 0 : -1;
  let peak = initial ?? equity[0]!;
  let depth = 0;
  const close = (end: number, back: boolean): void => {
    peaks.push(peakAt);
    ends.push(end);
    recovered.push(back);
    depths.push(depth);
    deepest = Math.min(deepest, depth);
  };
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    if (value >= peak) {
      if (depth < 0) close(session, true);
      depth = 0;
      peak = value;
      peakAt = session;
    } else {
      const below = value / peak - 1;
      squares += below * below;
      depth = Math.min(depth, below);
    }
  }
  if (depth < 0) close(equity.length - 1, false);
  return { peak: peaks, end: ends, recovered, depth: depths, deepest, squares };
}

/** The largest and the mean of a length taken of every drawdown, given its number. */
export function lengthsOf(
  { peak }: Drawdowns,
  lengthOf: (drawdown: number) => number,
): { readonly longest: number; readonly mean: number } {
  let longest = 0;
  let sum = 0;
  for (let i = 0; i < peak.length; i++) {
    const length = lengthOf(i);
    longest = Math.max(longest, length);
    sum += length;
  }
  return { longest, mean: sum / peak.length };
}

export function meanDepth({ depth }: Drawdowns): Ratio {
  let sum = 0;
  for (const one of depth) sum += one;
  return sum / depth.length;
}

/** equity ÷ highest equity so far − 1, per session: 0 at a peak, negative under water. `initial` is the first peak. */
export function underwaterOf(equity: ArrayLike<number>, initial: number): Ratios {
  const under = new Float64Array(equity.length);
  let peak = initial;
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    if (value > peak) peak = value;
    under[session] = value / peak - 1;
  }
  return under;
}

/** One time below a peak, by sessions. */
export interface Episode {
  /** −1 is the initial cash. */
  readonly peak: Step;
  readonly trough: Step;
  /** Session that reached the peak again; null where none did. */
  readonly recovered: Step | null;
  /** The last of it: the recovery, or the last session. */
  readonly end: Step;
  /** Equity at the trough ÷ peak − 1, below 0. */
  readonly depth: Ratio;
}

/** The deepest drawdowns, the deepest first; of equal ones the earlier. `initial` is the first peak. */
export function worstDrawdowns(equity: Float64Array, initial: number, most: number): Episode[] {
  const all = drawdownsOf(equity, initial);
  return Array.from(all.peak, (_, i) => i)
    .sort((a, b) => all.depth[a]! - all.depth[b]! || a - b)
    .slice(0, most)
    .map((i) => {
      const [peak, end] = [all.peak[i]!, all.end[i]!];
      let trough = peak + 1;
      for (let session = trough; session <= end; session++)
        if (equity[session]! < equity[trough]!) trough = session;
      const recovered = all.recovered[i] ? end : null;
      return { peak, trough, recovered, end, depth: all.depth[i]! };
    });
}
