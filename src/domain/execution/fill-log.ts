import type { ExitReason, Fills } from '../run.ts';
import type { Row, Step } from '../units.ts';
import { GrowingColumns } from './columns.ts';
import type { CostModel } from './costs.ts';
import type { Phase } from './dealer.ts';
import type { Position } from './position.ts';

/** Single fills as growing columns. */
export class FillLog {
  /** Where in their bars the next fills are. */
  phase: Phase = 'open';
  readonly #rows = new GrowingColumns({
    trade: Int32Array,
    row: Int32Array,
    step: Int32Array,
    side: Int8Array,
    quantity: Float64Array,
    price: Float64Array,
    commission: Float64Array,
    spread: Float64Array,
    slippage: Float64Array,
    impact: Float64Array,
    held: Float64Array,
  });

  /** A booked fill at the costs of the last charge; without costs, a settlement at this price. */
  add(
    position: Position,
    side: 1 | -1,
    quantity: number,
    price: number,
    row: Row,
    step: Step,
    costs: CostModel | null,
  ): void {
    const i = this.#rows.reserve();
    const c = this.#rows.columns;
    c.trade[i] = position.trade;
    c.row[i] = row;
    c.step[i] = step;
    c.side[i] = side;
    c.quantity[i] = quantity;
    c.price[i] = price;
    if (costs !== null) {
      c.commission[i] = costs.commission;
      c.spread[i] = costs.spread;
      c.slippage[i] = costs.slippage;
      c.impact[i] = costs.impact;
    }
    c.held[i] = position.side * position.quantity;
  }

  /** An exit that its bar had no volume for: it is no fill, and goes on at the next open. */
  missed(_position: Position, _reason: ExitReason, _step: Step): void {
    // Of interest to those that book fills again.
  }

  /** What an order wants beyond its fill waits: so many units for its position, or, at 0, the order itself. */
  carried(_symbol: number, _step: Step, _wanted: number): void {
    // Of interest to those that book fills again.
  }

  fills(): Fills {
    return this.#rows.table();
  }
}
