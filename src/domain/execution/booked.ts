import { type ExitReason, exitReasons } from '../run.ts';
import type { Price, Row, Step } from '../units.ts';
import type { CostModel } from './costs.ts';
import type { Phase } from './dealer.ts';
import { FillLog } from './fill-log.ts';
import type { Position } from './position.ts';

/**
 * A fill that a market gave. Quantities and prices are the simulation's (units, linked prices); costs are in currency, and
 * beside the price where they are not in it.
 */
export interface BookedFill {
  readonly symbol: number;
  /** The position's side. */
  readonly side: 1 | -1;
  readonly what: 'entry' | 'exit';
  /** Where in the bar of its step. */
  readonly phase: Phase;
  /** 0 of an exit that was to be, and that its bar had no volume for. */
  readonly quantity: number;
  readonly price: Price;
  /** The price before costs that are in it: stops and targets are measured from that. */
  readonly asked: Price;
  readonly commission: number;
  readonly spread: number;
  readonly slippage: number;
  readonly impact: number;
  /** Of an entry: the bar whose close decided on it, and whether its stop was touched inside the bar. */
  readonly signalRow: Row;
  readonly stopped: boolean;
  /** Its order waits for the next bar with what this one did not give; and units that the position still wants at the next opens. */
  readonly waits: boolean;
  readonly wanted: number;
  /** Of an exit. */
  readonly reason: ExitReason;
  readonly ambiguous: boolean;
}

/** Fills that stand in place of those that the simulator would have made, up to a step. */
export interface Booked {
  /** The last step whose fills are the market's; later ones are the simulator's. */
  readonly through: Step;
  /** Those of a step, in the order in which they are booked. */
  at(step: Step): readonly BookedFill[];
}

/** Settlements are no fills of a market: they are booked by the data, whoever trades. */
const settlements: ReadonlySet<ExitReason> = new Set(['delisting', 'split']);

/** Writes fills down so that they can be booked again; with the first stop and target of entries. */
export class BookLog extends FillLog {
  readonly steps = new Map<Step, LoggedFill[]>();

  override add(
    position: Position,
    side: 1 | -1,
    quantity: number,
    price: Price,
    row: Row,
    step: Step,
    costs: CostModel | null,
  ): void {
    super.add(position, side, quantity, price, row, step, costs);
    const isEntry = side === position.side;
    const reason = isEntry ? 'end' : exitReasons[position.reason]!;
    if (!isEntry && settlements.has(reason)) return;
    this.#log(position, step, {
      what: isEntry ? 'entry' : 'exit',
      quantity,
      price,
      asked: isEntry ? position.asked : price,
      commission: costs?.commission ?? 0,
      spread: costs?.spread ?? 0,
      slippage: costs?.slippage ?? 0,
      impact: costs?.impact ?? 0,
      reason,
    });
  }

  override missed(position: Position, reason: ExitReason, step: Step): void {
    const { mark } = position;
    const nothing = { quantity: 0, commission: 0, spread: 0, slippage: 0, impact: 0 };
    this.#log(position, step, { what: 'exit', price: mark, asked: mark, reason, ...nothing });
  }

  override carried(symbol: number, step: Step, wanted: number): void {
    const own = this.steps.get(step) ?? [];
    const at = own.findLastIndex((fill) => fill.symbol === symbol);
    const rest = { waits: wanted === 0, wanted };
    if (at >= 0) own[at] = { ...own[at]!, ...rest };
    else this.steps.set(step, [...own, { ...nothing, symbol, phase: this.phase, ...rest }]);
  }

  #log(
    { symbol, side, signalRow, stopped, ambiguous, score, stop, target }: Position,
    step: Step,
    fill: Pick<
      BookedFill,
      | 'what'
      | 'quantity'
      | 'price'
      | 'asked'
      | 'commission'
      | 'spread'
      | 'slippage'
      | 'impact'
      | 'reason'
    >,
  ): void {
    const logged: LoggedFill = {
      ...fill,
      symbol,
      side,
      phase: this.phase,
      signalRow,
      stopped,
      waits: false,
      wanted: 0,
      ambiguous,
      score,
      stop,
      target,
    };
    const same = this.steps.get(step);
    if (same === undefined) this.steps.set(step, [logged]);
    else same.push(logged);
  }
}

/** An entry whose bar had no volume for it. */
const nothing: Omit<LoggedFill, 'symbol' | 'phase' | 'waits' | 'wanted'> = {
  side: 1,
  what: 'entry',
  quantity: 0,
  price: 0,
  asked: 0,
  commission: 0,
  spread: 0,
  slippage: 0,
  impact: 0,
  signalRow: 0,
  stopped: false,
  reason: 'rebalance',
  ambiguous: false,
  score: Number.NaN,
  stop: Number.NaN,
  target: Number.NaN,
};

/** A fill with what its order carries: infinite levels are off. */
export interface LoggedFill extends BookedFill {
  readonly score: number;
  readonly stop: Price;
  readonly target: Price;
}
