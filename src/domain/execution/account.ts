import type { Market } from '../market.ts';
import type { ExitReason } from '../run.ts';
import {
  type CostRates,
  commissionOf,
  costsOf,
  type FillKind,
  slippageOf,
  spreadOf,
} from './costs.ts';
import type { Position } from './position.ts';

/**
 * Cash and positions. Buying takes value and costs from cash; selling short adds the proceeds, which stay a
 * liability: equity = cash + Σ signed quantity × mark. Sums run in order of entry, so their bits are fixed.
 */
export class Account {
  cash: number;
  /** Open positions in order of entry. */
  readonly open: Position[] = [];
  /** Every position ever entered, in order of entry. */
  readonly all: Position[] = [];
  /** 1 where the symbol has an open position. */
  readonly held: Uint8Array;
  readonly #rates: CostRates;

  constructor(initialCash: number, symbols: number, rates: CostRates) {
    this.cash = initialCash;
    this.held = new Uint8Array(symbols);
    this.#rates = rates;
  }

  /** Finds each position's bar of this session. */
  startSession(market: Market, day: number): void {
    for (const position of this.open) {
      const next = position.row + 1;
      const trades = next < market.firstRow[position.symbol + 1]! && market.day[next] === day;
      position.today = trades ? next : -1;
      if (trades) position.row = next;
    }
  }

  /**
   * What may still be bought or sold short at this open: equity − gross exposure, never negative. Longs stand
   * in both with the same sign and cancel, so it is cash less twice the shorts: their proceeds buy nothing,
   * and their exposure is covered once more. Shorts stand at today's open, or at their last close without one.
   */
  buyingPower(market: Market): number {
    let shorts = 0;
    for (const { side, quantity, today, mark } of this.open) {
      if (side < 0) shorts += quantity * (today < 0 ? mark : market.open[today]!);
    }
    return Math.max(0, this.cash - 2 * shorts);
  }

  /** Books an entry: a market fill. */
  enter(position: Position): void {
    const value = position.quantity * position.entryPrice;
    const costs = this.#charge(position, value, 'market');
    this.cash = position.side > 0 ? this.cash - (value + costs) : this.cash + (value - costs);
    this.open.push(position);
    this.all.push(position);
    this.held[position.symbol] = 1;
  }

  /**
   * Books the exit of every open position for which `leaves` answers with a fill. Those who stay keep their order.
   */
  leave(leaves: (position: Position) => Exit | null): void {
    let kept = 0;
    for (const position of this.open) {
      const exit = leaves(position);
      if (exit === null) this.open[kept++] = position;
      else this.#close(position, exit);
    }
    this.open.length = kept;
  }

  /** Takes today's closes as marks and returns equity; where a symbol has no bar its last close stays. */
  markAtClose(market: Market): number {
    for (const position of this.open) {
      if (position.today >= 0) position.mark = market.close[position.today]!;
    }
    return this.equity();
  }

  equity(): number {
    let equity = this.cash;
    for (const { side, quantity, mark } of this.open) equity += side * quantity * mark;
    return equity;
  }

  /** Σ |quantity| × mark. */
  grossExposure(): number {
    let gross = 0;
    for (const { quantity, mark } of this.open) gross += quantity * mark;
    return gross;
  }

  #close(position: Position, exit: Exit): void {
    const value = position.quantity * exit.price;
    // A target is a limit order: commission only. All others cross the spread and slip.
    const costs = this.#charge(position, value, exit.reason === 'target' ? 'limit' : 'market');
    this.cash = position.side > 0 ? this.cash + (value - costs) : this.cash - (value + costs);
    position.exitRow = position.row;
    position.exitPrice = exit.price;
    position.reason = exit.reason;
    position.ambiguous = exit.ambiguous;
    this.held[position.symbol] = 0;
  }

  #charge(position: Position, value: number, kind: FillKind): number {
    position.commission += commissionOf(value, this.#rates);
    position.spread += spreadOf(value, kind, this.#rates);
    position.slippage += slippageOf(value, kind, this.#rates);
    return costsOf(value, kind, this.#rates);
  }
}

/** A fill that ends a position. */
export interface Exit {
  readonly price: number;
  readonly reason: ExitReason;
  readonly ambiguous: boolean;
}
