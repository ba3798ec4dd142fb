import { type Market, stepsByRow } from '../market.ts';
import type { ExitReason } from '../run.ts';
import type { CostSettings, RiskSettings } from '../study/schema.ts';
import type { CostModel } from './costs.ts';
import { dividendAt, unitsPerContract } from './contracts.ts';
import { Position } from './position.ts';
import type { FillLog } from './fill-log.ts';
import type { TradeLog } from './trade-log.ts';
import type { Price, Row, Step } from '../units.ts';

/** A fill that ends a position, or the part of it that the bar's volume takes. */
export interface Exit {
  readonly price: Price;
  readonly reason: ExitReason;
  readonly ambiguous: boolean;
}

/** Days that a year of interest and borrow fees has. */
export const YEAR = 365;

/**
 * Cash and positions. Buying takes value and costs from cash; selling short adds the proceeds, which stay a
 * liability: equity = cash + Σ signed quantity × mark. Sums run in order of entry, so their bits are fixed.
 * What is on margin is booked the same way; its value counts as cash again where cash is read (`settled`), as if it
 * were settled at every close.
 */
export class Account {
  cash: number;
  /** Received less paid. */
  interest = 0;
  /** Open positions in order of entry. */
  readonly open: Position[] = [];
  /** The side of each symbol's open position, 0 where it has none. */
  readonly held: Int8Array;
  /** Value of longs and of shorts, at the prices of the last `value`. */
  longs = 0;
  shorts = 0;
  /** Margin that positions bind which are not paid in full, and the value of those that are, at the same prices. */
  bound = 0;
  paid = 0;
  #atMarks = false;
  readonly #market: Market;
  /** Whether there are instruments on margin. */
  readonly #margins: boolean;
  readonly #leverage: number;
  readonly #rates: Pick<CostSettings, 'borrowFee' | 'interest' | 'marginInterest'>;
  readonly #costs: CostModel;
  readonly #log: TradeLog;
  readonly #fills: FillLog | null;
  readonly #unused: Position[] = [];
  /** How many of `open` have ended and are not yet released. */
  #ended = 0;

  constructor(
    risk: RiskSettings,
    market: Market,
    rates: CostSettings,
    costs: CostModel,
    log: TradeLog,
    fills: FillLog | null,
  ) {
    this.cash = risk.initialCash;
    this.held = new Int8Array(market.symbols.length);
    this.#market = market;
    this.#margins = market.contracts?.margin.some((margin) => margin > 0) ?? false;
    this.#leverage = risk.leverage;
    this.#rates = rates;
    this.#costs = costs;
    this.#log = log;
    this.#fills = fills;
  }

  /** Finds each position's bar that opens in the step of this number, and takes what the calendar days before it cost. */
  startStep(number: number, days: number): void {
    const market = this.#market;
    const numbers = stepsByRow(market);
    const { borrowFee, interest, marginInterest } = this.#rates;
    let shorts = 0;
    for (const position of this.open) {
      const next = position.row + 1;
      const trades = next < market.firstRow[position.symbol + 1]! && numbers[next] === number;
      position.today = trades ? next : -1;
      // A contract on margin is borrowed from nobody.
      if (position.side < 0 && !this.#isOnMargin(position)) {
        const value = position.quantity * position.mark;
        shorts += value;
        const fee = (value * borrowFee * days) / YEAR;
        position.borrow += fee;
        this.cash -= fee;
      }
      if (trades) position.row = next;
    }
    // Proceeds of short sales are collateral: they earn nothing.
    const cash = this.settled();
    const free = cash - shorts;
    const rate = cash < 0 ? marginInterest : interest;
    if (rate === 0) return;
    const earned = ((cash < 0 ? cash : Math.max(0, free)) * rate * days) / YEAR;
    this.interest += earned;
    this.cash += earned;
  }

  /** Finds each position's bar of a step again, after other steps have opened. */
  findBars(number: number): void {
    const numbers = stepsByRow(this.#market);
    for (const position of this.open)
      position.today = numbers[position.row] === number ? position.row : -1;
  }

  /** Pays longs, and charges shorts, what goes ex before today's open. */
  payDividends(): void {
    for (const position of this.open)
      if (position.today >= 0) this.#payDividend(position, position.quantity);
  }

  /** Cash, with contracts on margin settled at their marks. */
  settled(): number {
    let cash = this.cash;
    if (this.#margins)
      for (const position of this.open)
        if (this.#isOnMargin(position)) cash += position.side * position.quantity * position.mark;
    return cash;
  }

  /** Money paid in, or out below zero. */
  pay(amount: number): void {
    this.cash += amount;
  }

  /** Values positions at today's opens (at marks where a symbol has no bar, or all at marks); returns equity at these. */
  value(at: 'open' | 'mark'): number {
    this.#atMarks = at === 'mark';
    let equity = this.cash;
    let longs = 0;
    let shorts = 0;
    for (const position of this.open) {
      const value = this.valueOf(position);
      if (position.side > 0) {
        longs += value;
        equity += value;
      } else {
        shorts += value;
        equity -= value;
      }
    }
    this.longs = longs;
    this.shorts = shorts;
    this.paid = longs + shorts;
    this.bound = 0;
    if (this.#margins) this.#valueMargins();
    return equity;
  }

  /** Exposure of one position at the prices of the last `value`. */
  valueOf({ quantity, today, mark }: Position): number {
    return quantity * (this.#atMarks || today < 0 ? mark : this.#market.open[today]!);
  }

  /** Equity at the prices of the last `value`. */
  get worth(): number {
    return this.cash + this.longs - this.shorts;
  }

  /**
   * What may still be bought or sold short at the prices of the last `value`: leverage × equity − gross exposure,
   * never negative. At leverage 1 longs cancel, so it is cash less twice the shorts: their proceeds buy nothing,
   * and their exposure is covered once more. A contract on margin binds that in place of its exposure.
   */
  buyingPower(): number {
    const power = this.#margins
      ? this.#leverage * (this.worth - this.bound) - this.paid
      : this.#leverage === 1
        ? this.cash - 2 * this.shorts
        : this.#leverage * this.worth - (this.longs + this.shorts);
    return Math.max(0, power);
  }

  /** A position without its fill, to be begun. */
  take(): Position {
    return this.#unused.pop() ?? new Position();
  }

  /** Books the first fill of a begun position; the costs are those of the last quote. */
  enter(position: Position, quantity: number): void {
    position.trade = this.#log.reserve();
    this.add(position, quantity, position.entryRow, position.entryStep);
    this.open.push(position);
    this.held[position.symbol] = position.side;
  }

  /** Books an entry fill at the last quote, in this row's bar. */
  add(position: Position, quantity: number, row: Row, step: Step): void {
    const total = this.#charge(position, quantity);
    const { price } = this.#costs;
    position.add(quantity, price);
    // Dated back to the close before, it was held when this bar's dividend went ex.
    if (row < position.today) this.#payDividend(position, quantity);
    const value = quantity * price;
    this.cash = position.side > 0 ? this.cash - (value + total) : this.cash + (value - total);
    this.#fills?.add(position, position.side, quantity, price, row, step, this.#costs);
  }

  /**
   * Books an exit fill of this quantity at the last quote; true when nothing is left of the position, which then
   * waits for `release`.
   */
  reduce(
    position: Position,
    quantity: number,
    exit: Omit<Exit, 'price'>,
    row: Row,
    step: Step,
  ): boolean {
    const total = this.#charge(position, quantity);
    const costs = this.#costs;
    return this.#sell(position, quantity, costs.price, total, exit, row, step, costs);
  }

  /** Books an exit that is no trade on a market and costs nothing: a delisting, a fraction that a split left. */
  settle(
    position: Position,
    price: Price,
    reason: ExitReason,
    step: Step,
    quantity = position.quantity,
  ): void {
    const { row } = position;
    this.#sell(position, quantity, price, 0, { reason, ambiguous: false }, row, step, null);
  }

  /** What an order could not get from its bar's volume waits: its order for the next bar, or units that a position still wants. */
  carried(symbol: number, step: Step, wanted: number): void {
    this.#fills?.carried(symbol, step, wanted);
  }

  /** Lets go of the positions that have ended since the last call, and writes their trades. */
  release(): void {
    if (this.#ended === 0) return;
    const { open } = this;
    let kept = 0;
    for (const position of open) {
      if (position.quantity > 0) {
        open[kept++] = position;
        continue;
      }
      this.#log.write(position);
      this.held[position.symbol] = 0;
      this.#unused.push(position);
    }
    // Setting its length would throw the array's storage away.
    for (; this.#ended > 0; this.#ended--) open.pop();
  }

  /** Writes the trades of positions that stay open, marked at their last close. */
  finish(): void {
    for (const position of this.open) {
      position.leaveOpen();
      this.#log.write(position);
    }
  }

  #sell(
    position: Position,
    quantity: number,
    price: Price,
    total: number,
    { reason, ambiguous }: Omit<Exit, 'price'>,
    row: Row,
    step: Step,
    costs: CostModel | null,
  ): boolean {
    const value = quantity * price;
    this.cash = position.side > 0 ? this.cash + (value - total) : this.cash - (value + total);
    if (row < position.today) this.#payDividend(position, -quantity);
    position.take(quantity, price, reason, row, step, ambiguous);
    const side = position.side > 0 ? -1 : 1;
    this.#fills?.add(position, side, quantity, price, row, step, costs);
    if (position.quantity > 0) return false;
    this.#ended++;
    return true;
  }

  #payDividend(position: Position, quantity: number): void {
    const dividend = dividendAt(this.#market, position.today);
    if (dividend === 0) return;
    const amount = position.side * quantity * dividend;
    position.dividends += amount;
    this.cash += amount;
  }

  #isOnMargin({ symbol }: Position): boolean {
    return this.#margins && !Number.isNaN(this.#market.contracts!.margin[symbol]!);
  }

  #valueMargins(): void {
    this.paid = 0;
    for (const position of this.open)
      if (this.#isOnMargin(position)) this.bound += position.quantity * this.#marginOf(position);
      else this.paid += this.valueOf(position);
  }

  /** Margin of one unit. */
  #marginOf({ symbol, row }: Position): number {
    const perContract = this.#market.contracts!.margin[symbol]!;
    return perContract / unitsPerContract(this.#market, symbol, row);
  }

  #charge(position: Position, quantity: number): number {
    const total = position.charge(this.#costs, quantity);
    this.#costs.booked(quantity);
    return total;
  }
}
