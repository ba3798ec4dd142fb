import { type Detail, type Market, type Signals, stepsByRow } from '../market.ts';
import type { OrderCounts } from '../run.ts';
import type { ExecutionSettings } from '../study/schema.ts';
import { onTick, tickAt } from './contracts.ts';
import type { StandingEntry } from './dealer.ts';
import type { BarPrices } from './exits.ts';
import { detailFor } from './inside-bar.ts';
import type { Setting } from './setting.ts';
import type { Price, Prices, Row, Rows, Step, StepIndices } from '../units.ts';

type Counts = { -readonly [cause in keyof OrderCounts]: OrderCounts[cause] };

/** Of no orders. */
export const emptyCounts = (): Counts => ({
  signals: 0,
  filled: 0,
  noSlot: 0,
  expired: 0,
  tooSmall: 0,
  noPower: 0,
  paused: 0,
  cooldown: 0,
  noAtr: 0,
  unmet: 0,
  noVolume: 0,
  pending: 0,
  capped: 0,
});

/** Where and how an order fills in the bar that it meets. */
export interface Chance {
  price: Price;
  /** Inside the bar, after its open. */
  inside: boolean;
  /** It waited for its price: no spread, no slippage. */
  limit: boolean;
  /** Its stop was touched inside the bar, on the way to the bar's best price. */
  stopped: boolean;
}

/**
 * Entry orders that wait for their symbol's next bar, at most one a symbol. A market order has one chance, that
 * bar; a priced one has as many bars as it works for. Whatever keeps it from filling cancels it and is counted.
 */
export class Orders {
  readonly counts = emptyCounts();
  /** Signals that gave no order because their symbol was held. */
  held = 0;
  /** By symbol, while its order waits. */
  readonly signalRow: Rows;
  readonly signalStep: StepIndices;
  readonly #side: Int8Array;
  readonly #limit: Prices;
  readonly #stop: Prices;
  /** The row of the bar that it waits for, and the step since which it does. */
  readonly #next: Rows;
  readonly #since: StepIndices;
  readonly #worked: Int32Array;
  readonly #active: Uint8Array;
  readonly #waiting: Int32Array;
  #count = 0;
  readonly #execution: ExecutionSettings;
  readonly #detail: Detail | null;
  readonly #chance: Chance = { price: 0, inside: false, limit: false, stopped: false };

  readonly #session: Int32Array;

  /** `session` has the number of each step's session. */
  constructor({ market, settings, session }: Setting) {
    const symbols = market.symbols.length;
    this.#execution = settings.execution;
    this.#session = session;
    this.#detail = detailFor(market, settings);
    this.signalRow = new Int32Array(symbols);
    this.signalStep = new Int32Array(symbols);
    this.#side = new Int8Array(symbols);
    this.#limit = new Float64Array(symbols);
    this.#stop = new Float64Array(symbols);
    this.#next = new Int32Array(symbols);
    this.#since = new Int32Array(symbols);
    this.#worked = new Int32Array(symbols);
    this.#active = new Uint8Array(symbols);
    this.#waiting = new Int32Array(symbols);
  }

  get waiting(): number {
    return this.#count;
  }

  place(symbol: number, row: Row, step: Step, market: Market, signals: Signals): void {
    this.signalRow[symbol] = row;
    this.signalStep[symbol] = step;
    this.#next[symbol] = row + 1;
    this.#since[symbol] = step;
    this.#worked[symbol] = 0;
    // A newer signal takes the place of an order that still works.
    if (this.#active[symbol] === 1) this.counts.unmet++;
    else this.#waiting[this.#count++] = symbol;
    this.#active[symbol] = 1;
    const { order, offsetUnit, limitOffset, stopOffset } = this.#execution;
    if (order === 'market') return;
    const side = signals.side[row]! > 0 ? 1 : -1;
    const close = market.close[row]!;
    const unit = offsetUnit === 'atr' ? signals.atr[row]! : close;
    const tick = tickAt(market, symbol, row);
    // A stop waits for the tick beyond its price, a limit for the better one.
    const stop = onTick(close + side * stopOffset * unit, tick, side);
    const limited = (price: Price): Price => onTick(price, tick, side > 0 ? -1 : 1);
    this.#side[symbol] = side;
    this.#stop[symbol] = order === 'limit' ? Number.NaN : stop;
    this.#limit[symbol] =
      order === 'limit'
        ? limited(close - side * limitOffset * unit)
        : order === 'stop'
          ? Number.NaN
          : limited(stop + side * limitOffset * unit);
  }

  /**
   * Gives every order whose symbol has a bar that opens in this step, whose number is given, its chance: `meets` hears of it and the order is gone,
   * unless its price was not met and it goes on working. Orders that come too late expire.
   */
  meet(
    market: Market,
    step: Step,
    number: number,
    meets: (symbol: number, row: Row, step: Step, chance: Chance) => void,
  ): void {
    const numbers = stepsByRow(market);
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const symbol = this.#waiting[i]!;
      const row = this.#next[symbol]!;
      this.#active[symbol] = 0;
      if (row >= market.firstRow[symbol + 1]! || numbers[row] !== number) {
        this.#keep(symbol, kept++);
      } else if (this.#waited(symbol, step) > this.#execution.expireAfter) {
        this.counts.expired++;
      } else if (this.#meets(symbol, row, market)) {
        meets(symbol, row, step, this.#chance);
      } else if (++this.#worked[symbol]! >= this.#execution.validFor) {
        this.counts.unmet++;
      } else {
        this.#next[symbol] = row + 1;
        this.#since[symbol] = step;
        this.#keep(symbol, kept++);
      }
    }
    this.#count = kept;
  }

  /** The same, where a market has answered: it filled the orders of these symbols, and no others. */
  passBy(
    market: Market,
    step: Step,
    number: number,
    filled: ReadonlySet<number>,
    carried: ReadonlySet<number>,
  ): void {
    const numbers = stepsByRow(market);
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const symbol = this.#waiting[i]!;
      const row = this.#next[symbol]!;
      this.#active[symbol] = 0;
      if (carried.has(symbol)) {
        this.#next[symbol] = row + 1;
        this.#since[symbol] = this.signalStep[symbol]!;
        this.#keep(symbol, kept++);
      } else if (filled.has(symbol)) this.counts.filled++;
      else if (row >= market.firstRow[symbol + 1]! || numbers[row] !== number)
        this.#keep(symbol, kept++);
      else if (this.#waited(symbol, step) > this.#execution.expireAfter) this.counts.expired++;
      // A price that was met gave its chance, whatever kept the order from filling.
      else if (
        this.#meets(symbol, row, market) ||
        ++this.#worked[symbol]! >= this.#execution.validFor
      )
        this.counts.unmet++;
      else {
        this.#next[symbol] = row + 1;
        this.#since[symbol] = step;
        this.#keep(symbol, kept++);
      }
    }
    this.#count = kept;
  }

  standing(signals: Signals): StandingEntry[] {
    return Array.from(this.#waiting.subarray(0, this.#count), (symbol) => {
      const signalRow = this.signalRow[symbol]!;
      const isMarket = this.#execution.order === 'market';
      return {
        symbol,
        signalRow,
        side: signals.side[signalRow]! > 0 ? 1 : -1,
        limit: isMarket ? Number.NaN : this.#limit[symbol]!,
        stop: isMarket ? Number.NaN : this.#stop[symbol]!,
      };
    });
  }

  /** Lets an order that this row's bar gave nothing wait for its symbol's next one, as long as it would have waited for this. */
  carry(symbol: number, row: Row): void {
    this.#next[symbol] = row + 1;
    this.#since[symbol] = this.signalStep[symbol]!;
    this.#active[symbol] = 1;
    this.#waiting[this.#count++] = symbol;
  }

  /** Sessions for which an order has waited. */
  #waited(symbol: number, step: Step): number {
    return this.#session[step]! - this.#session[this.#since[symbol]!]!;
  }

  #keep(symbol: number, at: number): void {
    this.#waiting[at] = symbol;
    this.#active[symbol] = 1;
  }

  /** Ends all waiting orders after a step's close; those that could still have filled are counted as `cause`. */
  cancelAll(step: Step, cause: 'paused' | 'pending'): void {
    for (let i = 0; i < this.#count; i++) {
      const waited = this.#waited(this.#waiting[i]!, step);
      if (waited >= this.#execution.expireAfter) this.counts.expired++;
      else this.counts[cause]++;
      this.#active[this.#waiting[i]!] = 0;
    }
    this.#count = 0;
  }

  /** The same through the finer bars, where there are some and the price is not met at the bar's open. */
  #meets(symbol: number, row: Row, market: Market): boolean {
    const stop = this.#stop[symbol]!;
    const isMet = this.#isMet(symbol, row, market);
    const detail = this.#detail;
    const chance = this.#chance;
    const isTouched = (isMet && chance.inside) || !Object.is(stop, this.#stop[symbol]);
    if (detail === null || !isTouched || this.#execution.order === 'market') return isMet;
    const [from, to] = [detail.first[row]!, detail.end[row]!];
    if (from === to) return isMet;
    this.#stop[symbol] = stop;
    for (let fine = from; fine < to; fine++) {
      if (!this.#isMet(symbol, fine, detail)) continue;
      chance.inside = true;
      return true;
    }
    return false;
  }

  /** Whether a bar gives the order its price, and which; fills `#chance`. */
  #isMet(symbol: number, row: Row, market: BarPrices): boolean {
    const chance = this.#chance;
    const { order, fill } = this.#execution;
    const open = market.open[row]!;
    chance.inside = false;
    chance.limit = false;
    chance.stopped = false;
    if (order === 'market') {
      chance.price =
        fill === 'next-close'
          ? market.close[row]!
          : fill === 'prior-close'
            ? market.close[row - 1]!
            : open;
      return true;
    }
    const side = this.#side[symbol]!;
    const worst = side > 0 ? market.low[row]! : market.high[row]!;
    const best = side > 0 ? market.high[row]! : market.low[row]!;
    const stop = this.#stop[symbol]!;
    const limit = this.#limit[symbol]!;
    if (order === 'stop') {
      chance.price = side * open >= side * stop ? open : stop;
      chance.inside = chance.stopped = chance.price !== open;
      return side * best >= side * stop;
    }
    if (order === 'stop-limit' && !Number.isNaN(stop)) {
      if (side * best < side * stop) return false;
      if (side * open < side * stop) {
        // Touched inside the bar: it fills there if the limit allows; what the bar did afterwards is unknown.
        this.#stop[symbol] = Number.NaN;
        chance.price = stop;
        chance.inside = chance.stopped = chance.limit = true;
        return side * stop <= side * limit;
      }
      this.#stop[symbol] = Number.NaN;
    }
    chance.limit = true;
    chance.price = side * open <= side * limit ? open : limit;
    chance.inside = chance.price !== open;
    return side * worst <= side * limit;
  }
}
