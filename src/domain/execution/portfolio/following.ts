import type { Market } from '../../market.ts';
import type { Following } from '../../run.ts';
import { dividendAt } from '../contracts.ts';
import type { Rows, Step } from '../../units.ts';

/** Writes down how holdings follow their targets, session by session. */
export class FollowingLog {
  readonly #rebalances: Step[] = [];
  readonly #drift: Float64Array;
  readonly #targetReturn: Float64Array;

  constructor(steps: number) {
    this.#drift = new Float64Array(steps).fill(Number.NaN);
    this.#targetReturn = new Float64Array(steps).fill(Number.NaN);
  }

  rebalanced(step: Step): void {
    this.#rebalances.push(step);
  }

  /** A session's return of the targets that were in force at the close before; rows are those of its close, −1 none. */
  earned(step: Step, targets: Float64Array, today: Rows, market: Market): void {
    const { close } = market;
    let sum = 0;
    for (let s = 0; s < targets.length; s++) {
      const row = today[s]!;
      if (row < 0 || !(Math.abs(targets[s]!) > 0)) continue;
      sum += targets[s]! * ((close[row]! + dividendAt(market, row)) / close[row - 1]! - 1);
    }
    this.#targetReturn[step] = sum;
  }

  /** Weights at a session's close beside the targets in force; of a symbol without one its own weight is the target. */
  drifted(step: Step, targets: Float64Array, weights: Float64Array, cash: number): void {
    let apart = 0;
    let invested = 0;
    for (let s = 0; s < targets.length; s++) {
      const target = Number.isNaN(targets[s]!) ? weights[s]! : targets[s]!;
      apart += Math.abs(weights[s]! - target);
      invested += target;
    }
    this.#drift[step] = (apart + Math.abs(cash - (1 - invested))) / 2;
  }

  following(): Following {
    return {
      rebalances: Int32Array.from(this.#rebalances),
      drift: this.#drift,
      targetReturn: this.#targetReturn,
    };
  }
}
