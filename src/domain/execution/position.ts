import { type ExitReason, exitReasons } from '../run.ts';
import { onTick } from './contracts.ts';
import type { CostModel } from './costs.ts';
import type { Price, Row, Step } from '../units.ts';

/** Distances from a price, in price units, Infinity where off, and the unit that they are in. */
export interface Levels {
  readonly reference: Price;
  readonly unit: Price;
  readonly stopDistance: Price;
  readonly targetDistance: Price;
  readonly breakEvenAfter: Price;
}

/** A position before its first fill. */
export interface PositionStart {
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly signalRow: Row;
  readonly entryRow: Row;
  readonly entryStep: Step;
  readonly row: Row;
  readonly price: Price;
  readonly levels: Omit<Levels, 'unit'>;
  readonly score: number;
  /** The smallest step of a price; 0 for any. */
  readonly tick: Price;
  readonly late: 'inside' | 'close' | null;
  readonly stopped: boolean;
}

/**
 * One position from its first fill to its last; it becomes a trade. A level that is off stands where no price
 * reaches it: −Infinity or Infinity. Objects are used again once their trade is written.
 */
export class Position {
  /** Its place among the trades. */
  trade = 0;
  symbol = 0;
  side: 1 | -1 = 1;
  signalRow: Row = 0;
  score = 0;

  /** First entry. */
  entryRow: Row = 0;
  entryStep: Step = 0;
  /** Mean of all entry fills, weighted by quantity. */
  entryPrice: Price = 0;
  /** Units entered so far, units still open, units that the entry could not get from its bar's volume. */
  entered = 0;
  quantity = 0;
  wanted = 0;
  /** The price at which the entry was first asked for. */
  asked: Price = 0;
  /** Value of the entry and exit fills; differ from quantity × price only where there were several. */
  entryValue = 0;
  exitValue = 0;

  /** The first stop and target. */
  stop: Price = 0;
  target: Price = 0;
  /** The target in force, the tightest stop, and whose that is. */
  targetLevel: Price = 0;
  level: Price = 0;
  levelReason: 'stop' | 'trailing' | 'break-even' = 'stop';
  /** Price distance that arms the break-even stop; Infinity is off. */
  breakEvenAfter: Price = Infinity;

  /** Highest and lowest price while held, mirrored for shorts: best is the one in favour. */
  best: Price = 0;
  worst: Price = 0;
  /** The close most in favour while held; beyond all prices before the first. */
  bestClose: Price = 0;
  /** The symbol's bar of this session, −1 where it has none. */
  today: Row = -1;
  /** The symbol's newest bar, today's included. */
  row: Row = 0;
  /** Bars held, the entry bar being the first; a bar whose open ends the position by order isn't one. */
  bars = 0;
  /** Last close. */
  mark: Price = 0;
  /** Why it leaves at its next fill; null while nothing is ordered. */
  ordered: ExitReason | null = null;
  /** The order is for the next open whatever fill the study prefers: a kill-switch, a carried rest. */
  urgent = false;
  /** The session whose bar had no volume left for its exit; −1 for none. */
  cappedIn: Step = -1;
  /** It came in after this bar's open: inside it or at its close. */
  late: 'inside' | 'close' | null = null;
  /** It came in after the open of its entry bar. */
  enteredLate = false;
  /** Its entry's stop was touched inside the bar. */
  stopped = false;
  /** The bar that it has taken in already, finer bar by finer bar; −1 for none. */
  seen: Row = -1;

  commission = 0;
  spread = 0;
  slippage = 0;
  impact = 0;
  borrow = 0;
  /** Received by a long, paid by a short. */
  dividends = 0;

  /** −1 while open. */
  exitRow: Row = -1;
  exitStep: Step = -1;
  exitPrice: Price = 0;
  /** Index into exitReasons, −1 while open. */
  reason = -1;
  ambiguous = false;

  /** What it made of prices and dividends, before costs. */
  get gross(): number {
    return this.dividends === 0 ? this.#gain : this.#gain + this.dividends;
  }

  get net(): number {
    return this.gross - this.costs;
  }

  /** side × quantity × (exit − entry). */
  get #gain(): number {
    const { side, entered, entryPrice, exitPrice, entryValue, exitValue } = this;
    if (exitValue === entered * exitPrice && entryValue === entered * entryPrice)
      return entered * (side > 0 ? exitPrice - entryPrice : entryPrice - exitPrice);
    return side > 0 ? exitValue - entryValue : entryValue - exitValue;
  }

  get costs(): number {
    return this.commission + this.spread + this.slippage + this.impact + this.borrow;
  }

  /** Begins a position; its fill follows with `add`. Distances in price units, Infinity is off. */
  begin(entry: PositionStart): void {
    const { side, price, levels } = entry;
    const { reference } = levels;
    this.symbol = entry.symbol;
    this.side = side;
    this.signalRow = entry.signalRow;
    this.score = entry.score;
    this.entryRow = entry.entryRow;
    this.entryStep = entry.entryStep;
    this.entryPrice = this.asked = price;
    this.entered = this.quantity = this.wanted = 0;
    this.entryValue = this.exitValue = 0;
    const down = side > 0 ? -1 : 1;
    this.stop = this.level = onTick(reference - side * levels.stopDistance, entry.tick, down);
    this.levelReason = 'stop';
    this.target = this.targetLevel = onTick(
      reference + side * levels.targetDistance,
      entry.tick,
      side,
    );
    this.breakEvenAfter = levels.breakEvenAfter;
    this.best = this.worst = this.mark = price;
    this.bestClose = side * -Infinity;
    this.today = this.row = entry.row;
    this.bars = 0;
    this.ordered = null;
    this.urgent = false;
    this.cappedIn = -1;
    this.late = entry.late;
    this.enteredLate = entry.late !== null;
    this.stopped = entry.stopped;
    this.seen = -1;
    this.commission = this.spread = this.slippage = this.impact = this.borrow = 0;
    this.dividends = 0;
    this.exitRow = this.exitStep = this.reason = -1;
    this.exitPrice = price;
    this.ambiguous = false;
  }

  /** Takes in what a fill of this quantity costs at the last quote; returns that, in currency. */
  charge(costs: CostModel, quantity: number): number {
    const total = costs.charge(quantity);
    this.commission += costs.commission;
    this.spread += costs.spread;
    this.slippage += costs.slippage;
    this.impact += costs.impact;
    return total;
  }

  /** An entry fill. */
  add(quantity: number, price: Price): void {
    const value = quantity * price;
    if (this.entered > 0) {
      this.entryPrice = (this.entryValue + value) / (this.entered + quantity);
    } else {
      this.entryPrice = price;
    }
    this.entered += quantity;
    this.quantity += quantity;
    this.entryValue += value;
  }

  /** An exit fill; the position has ended when nothing is left. */
  take(
    quantity: number,
    price: Price,
    why: ExitReason,
    row: Row,
    step: Step,
    ambiguous: boolean,
  ): void {
    const whole = quantity === this.entered;
    this.quantity = quantity === this.quantity ? 0 : this.quantity - quantity;
    this.exitValue += quantity * price;
    this.exitPrice = whole ? price : this.exitValue / (this.entered - this.quantity);
    this.exitRow = row;
    this.exitStep = step;
    this.reason = exitReasons.indexOf(why);
    this.ambiguous ||= ambiguous;
    if (this.side * price > this.side * this.best) this.best = price;
    if (this.side * price < this.side * this.worst) this.worst = price;
  }

  /** Stands open at the end of the data: marked at its last close, what was sold at its own price. */
  leaveOpen(): void {
    this.exitValue += this.quantity * this.mark;
    this.exitPrice = this.quantity === this.entered ? this.mark : this.exitValue / this.entered;
    this.exitRow = this.exitStep = this.reason = -1;
  }
}
