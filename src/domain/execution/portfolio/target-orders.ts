import type { OrderCounts } from '../../run.ts';
import type { Row, Rows, Step, StepIndices } from '../../units.ts';
import type { StandingEntry } from '../dealer.ts';
import { emptyCounts } from '../orders.ts';

/**
 * Symbols whose holdings are to become a target at their next bar. Each order is counted once, by what became of it:
 * a rest that volume did not give is carried under the count of its first part.
 */
export class TargetOrders {
  readonly counts = emptyCounts();
  readonly #expireAfter: number;
  /** In order of number, but for rests. */
  #waits: number[] = [];
  /** By symbol: the bar that it waits for, the bar of its signal, and the step of that. */
  readonly #next: Rows;
  readonly #signalRow: Rows;
  readonly #since: StepIndices;
  /** 1 where it is said what became of the order. */
  readonly #counted: Uint8Array;

  readonly #session: Int32Array;

  /** `session` has the number of each step's session. */
  constructor(symbols: number, expireAfter: number, session: Int32Array) {
    this.#expireAfter = expireAfter;
    this.#session = session;
    this.#next = new Int32Array(symbols);
    this.#signalRow = new Int32Array(symbols);
    this.#since = new Int32Array(symbols);
    this.#counted = new Uint8Array(symbols);
  }

  get waiting(): number {
    return this.#waits.length;
  }

  signalRow(symbol: number): Row {
    return this.#signalRow[symbol]!;
  }

  /** The step whose close said it. */
  since(symbol: number): Step {
    return this.#since[symbol]!;
  }

  /** Newer targets are to take the place of those that still wait. */
  replaceAll(): void {
    for (const symbol of this.#waits) this.count(symbol, 'unmet');
    this.#waits = [];
  }

  /** An order of a step's close, for the bar in `next`. */
  place(symbol: number, signalRow: Row, next: Row, step: Step): void {
    this.counts.signals++;
    this.#signalRow[symbol] = signalRow;
    this.#next[symbol] = next;
    this.#since[symbol] = step;
    this.#counted[symbol] = 0;
    this.#waits.push(symbol);
  }

  /** Those whose bar is this step's (by symbol in `today`) and may trade; they wait no longer. */
  meet(step: Step, today: Rows, pausedThrough: number): number[] {
    const met: number[] = [];
    const kept: number[] = [];
    for (const symbol of this.#waits) {
      if (today[symbol] !== this.#next[symbol]) kept.push(symbol);
      else if (this.#waited(symbol, step) > this.#expireAfter) this.count(symbol, 'expired');
      else if (this.#session[step]! <= pausedThrough) this.count(symbol, 'paused');
      else met.push(symbol);
    }
    this.#waits = kept;
    return met;
  }

  /** A market has answered the orders of these symbols' bars in `today`. */
  passBy(today: Rows, filled: ReadonlySet<number>, carried: ReadonlySet<number>): void {
    const kept: number[] = [];
    for (const symbol of this.#waits) {
      if (today[symbol] !== this.#next[symbol]) kept.push(symbol);
      else if (!carried.has(symbol)) this.count(symbol, filled.has(symbol) ? 'filled' : 'unmet');
    }
    this.#waits = kept;
    // Rests stand behind orders that waited longer.
    for (const symbol of carried) this.carry(symbol, today[symbol]!);
  }

  standing(): StandingEntry[] {
    return this.#waits.map((symbol) => ({
      symbol,
      signalRow: this.#signalRow[symbol]!,
      side: 0,
      limit: Number.NaN,
      stop: Number.NaN,
    }));
  }

  /** What volume did not give is tried again at the symbol's next bar. */
  carry(symbol: number, row: Row): void {
    this.#next[symbol] = row + 1;
    this.#waits.push(symbol);
  }

  cancelAll(step: Step, cause: 'paused' | 'pending'): void {
    for (const symbol of this.#waits) {
      const late = this.#waited(symbol, step) >= this.#expireAfter;
      this.count(symbol, late ? 'expired' : cause);
    }
    this.#waits = [];
  }

  /** Sessions for which an order has waited. */
  #waited(symbol: number, step: Step): number {
    return this.#session[step]! - this.#session[this.#since[symbol]!]!;
  }

  /** What became of a symbol's order, said once; `cut` where it was filled in part. */
  count(
    symbol: number,
    cause: Exclude<keyof OrderCounts, 'signals' | 'capped'>,
    cut = false,
  ): void {
    if (this.#counted[symbol] === 1) return;
    this.#counted[symbol] = 1;
    this.counts[cause]++;
    if (cut) this.counts.capped++;
  }
}
