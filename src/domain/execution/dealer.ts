import type { OrderCounts, TooDear } from '../run.ts';
import type { Day, Price, Row, Step } from '../units.ts';

/** Where in a bar an entry fills. */
export type Phase = 'open' | 'inside' | 'close';

/** An order that waits for its symbol's next bar. */
export interface StandingEntry {
  readonly symbol: number;
  /** The bar whose close decided on it. */
  readonly signalRow: Row;
  /** The side of the position; 0 where targets say only at the fill which way they lie. */
  readonly side: 1 | -1 | 0;
  /** NaN where it has none. */
  readonly limit: Price;
  readonly stop: Price;
}

/** Turns what a strategy says into fills of one account: signals into entries, or target weights into holdings. */
export interface Dealer {
  readonly counts: OrderCounts;
  /** Value that orders wanted and volume did not give. */
  readonly unfilledValue: number;
  /** Signals that gave no order because their symbol was held. */
  readonly held?: number;
  /** Symbols whose whole unit was too dear. */
  readonly tooDear?: ReadonlyMap<number, TooDear>;
  /** The number of the last session that takes no entries. */
  pausedThrough: number;
  /** Orders that wait for their symbol's bar. */
  readonly waiting: number;
  /** A step opens; what it tells by being there decides what waited for it. */
  begin?(step: Step): void;
  /** Orders meet the bars of this step. */
  meet(step: Step): void;
  fill(phase: Phase, step: Step, day: Day): void;
  /** What fills could not get from an earlier bar's volume is tried again at this open. */
  carryOn?(step: Step, day: Day): void;
  /** The bars of a step are over. */
  end?(step: Step): void;
  /** What the close of a step says becomes orders. */
  order(step: Step): void;
  /** The step is marked: equity and cash at its close. */
  close?(step: Step, equity: number, cash: number): void;
  /**
   * A market has answered the orders that this step's bars were to fill: with fills of these symbols, and with none of others. Those that
   * are carried wait for their symbol's next bar.
   */
  passBy(step: Step, filled: ReadonlySet<number>, carried: ReadonlySet<number>): void;
  /** Orders that wait, as they would be sent. */
  standing(): readonly StandingEntry[];
  /** Ends all waiting orders after a step's close. */
  cancelAll(step: Step, cause: 'paused' | 'pending'): void;
  /** A trade ended in this row's bar. */
  ended?(symbol: number, row: Row, lost: boolean, atClose: boolean): void;
}
