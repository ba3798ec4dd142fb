import type { Step } from '../units.ts';
import type { Replay } from './replay.ts';

/** Finds what a replay did in a step, and what changed from one close to the next. */
export class ReplayIndex {
  readonly #replay: Replay;
  /** Fills in the order of their steps: those of a step from `#start[step]` on. */
  readonly #start: Int32Array;
  readonly #fills: Int32Array;

  constructor(replay: Replay) {
    this.#replay = replay;
    const { step, length } = replay.fills;
    this.#start = new Int32Array(replay.equity.day.length + 1);
    for (let i = 0; i < length; i++) this.#start[step[i]! + 1]!++;
    for (let s = 1; s < this.#start.length; s++) this.#start[s]! += this.#start[s - 1]!;
    this.#fills = new Int32Array(length);
    const next = this.#start.slice();
    for (let i = 0; i < length; i++) this.#fills[next[step[i]!]!++] = i;
  }

  /** Numbers of the fills in a step, in the order in which they were booked. */
  fillsIn(step: Step): Int32Array {
    return this.#fills.subarray(this.#start[step], this.#start[step + 1]);
  }

  /** The first step after one, or the last before it, in which something is filled; null where there is none. */
  nextFill(step: Step, by: 1 | -1): Step | null {
    const { length } = this.#replay.equity.day;
    for (let at = step + by; at >= 0 && at < length; at += by)
      if (this.#start[at + 1]! > this.#start[at]!) return at;
    return null;
  }

  alertsIn(step: Step): Replay['alerts'] {
    const { alerts, alertStep } = this.#replay;
    return alerts.filter((_, i) => alertStep[i] === step);
  }

  /** Places of the entries that the close of a step ordered. */
  ordered(step: Step): number[] {
    const { entries } = this.#replay;
    const before = this.#waitingAt(step - 1);
    return placesAt(entries, step).filter(
      (place) => before.get(entries.symbol[place]!) !== entries.signalRow[place],
    );
  }

  /** Places of the entries that waited for a step, and neither filled nor wait after it. */
  lapsed(step: Step): number[] {
    const { entries, trades, fills } = this.#replay;
    const still = this.#waitingAt(step);
    const filled = new Set(
      Array.from(this.fillsIn(step), (fill) => trades.symbol[fills.trade[fill]!]!),
    );
    return placesAt(entries, step - 1).filter((place) => {
      const symbol = entries.symbol[place]!;
      return !filled.has(symbol) && still.get(symbol) !== entries.signalRow[place];
    });
  }

  /** Places of the positions that the close of a step ordered to leave. */
  leaving(step: Step): number[] {
    const { positions } = this.#replay;
    const { spell, spells } = positions;
    const before = new Set(
      placesAt(positions, step - 1)
        .filter((place) => spells.ordered[spell[place]!]! >= 0)
        .map((place) => spells.symbol[spell[place]!]!),
    );
    return placesAt(positions, step).filter(
      (place) => spells.ordered[spell[place]!]! >= 0 && !before.has(spells.symbol[spell[place]!]!),
    );
  }

  /** By symbol, the bar whose close decided on the entry that waits. */
  #waitingAt(step: Step): ReadonlyMap<number, number> {
    const { entries } = this.#replay;
    return new Map(
      placesAt(entries, step).map((place) => [entries.symbol[place]!, entries.signalRow[place]!]),
    );
  }
}

/** The places of what stands after a step's close. */
export function placesAt({ start }: { readonly start: Int32Array }, step: Step): number[] {
  const from = start[step] ?? 0;
  return Array.from({ length: (start[step + 1] ?? from) - from }, (_, i) => from + i);
}
