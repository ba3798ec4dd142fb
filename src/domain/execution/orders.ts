import type { Market } from '../market.ts';
import type { OrderCounts } from '../run.ts';

type Counts = { -readonly [cause in keyof OrderCounts]: OrderCounts[cause] };

/**
 * Entry orders that wait for their symbol's next bar, at most one a symbol. An order has one chance, that
 * bar's open; whatever keeps it from filling there cancels it and is counted.
 *
 * `signals` counts every signal in range. Those that gave no order because the symbol was held are what
 * remains after all causes: signals − filled − noSlot − expired − tooSmall − paused − noAtr − pending.
 */
export class Orders {
  readonly counts: Counts = {
    signals: 0,
    filled: 0,
    noSlot: 0,
    expired: 0,
    tooSmall: 0,
    paused: 0,
    noAtr: 0,
    pending: 0,
  };
  /** By symbol, while its order waits. */
  readonly signalRow: Int32Array;
  readonly signalSession: Int32Array;
  readonly #waiting: Int32Array;
  #count = 0;
  readonly #expireAfter: number;

  constructor(symbols: number, expireAfter: number) {
    this.signalRow = new Int32Array(symbols);
    this.signalSession = new Int32Array(symbols);
    this.#waiting = new Int32Array(symbols);
    this.#expireAfter = expireAfter;
  }

  place(symbol: number, signalRow: number, session: number): void {
    this.signalRow[symbol] = signalRow;
    this.signalSession[symbol] = session;
    this.#waiting[this.#count++] = symbol;
  }

  /** Hands over the symbols whose order has its chance at this session's open; orders that come too late expire. */
  meet(market: Market, session: number, day: number, chance: (symbol: number) => void): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const symbol = this.#waiting[i]!;
      const row = this.signalRow[symbol]! + 1;
      if (row >= market.firstRow[symbol + 1]! || market.day[row] !== day)
        this.#waiting[kept++] = symbol;
      else if (session - this.signalSession[symbol]! > this.#expireAfter) this.counts.expired++;
      else chance(symbol);
    }
    this.#count = kept;
  }

  /** Ends all waiting orders after a session's close; those that could still have filled are counted as `cause`. */
  cancelAll(session: number, cause: 'paused' | 'pending'): void {
    for (let i = 0; i < this.#count; i++) {
      const waited = session - this.signalSession[this.#waiting[i]!]!;
      if (waited >= this.#expireAfter) this.counts.expired++;
      else this.counts[cause]++;
    }
    this.#count = 0;
  }
}
