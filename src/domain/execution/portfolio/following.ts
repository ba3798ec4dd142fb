import type { Market } from '../../market.ts';
import type { Following } from '../../run.ts';
import { dividendAt } from '../contracts.ts';
import type { Rows, Session } from '../../units.ts';

/** Writes down how holdings follow their targets, session by session. */
export class FollowingLog {
  readonly #rebalances: Session[] = [];
  readonly #drift: Float64Array;
  readonly #targetReturn: Float64Array;

  constructor(sessions: number) {
    this.#drift = new Float64Array(sessions).fill(Number.NaN);
    this.#targetReturn = new Float64Array(sessions).fill(Number.NaN);
  }

  rebalanced(session: Session): void {
    this.#rebalances.push(session);
  }

  /** A session's return of the targets that were in force at the close before; rows are those of its close, −1 none. */
  earned(session: Session, targets: Float64Array, today: Rows, market: Market): void {
    const { close } = market;
    let sum = 0;
    for (let s = 0; s < targets.length; s++) {
      const row = today[s]!;
      if (row < 0 || !(Math.abs(targets[s]!) > 0)) continue;
      sum += targets[s]! * ((close[row]! + dividendAt(market, row)) / close[row - 1]! - 1);
    }
    this.#targetReturn[session] = sum;
  }

  /** Weights at a session's close beside the targets in force; of a symbol without one its own weight is the target. */
  drifted(session: Session, targets: Float64Array, weights: Float64Array, cash: number): void {
    let apart = 0;
    let invested = 0;
    for (let s = 0; s < targets.length; s++) {
      const target = Number.isNaN(targets[s]!) ? weights[s]! : targets[s]!;
      apart += Math.abs(weights[s]! - target);
      invested += target;
    }
    this.#drift[session] = (apart + Math.abs(cash - (1 - invested))) / 2;
  }

  following(): Following {
    return {
      rebalances: Int32Array.from(this.#rebalances),
      drift: this.#drift,
      targetReturn: this.#targetReturn,
    };
  }
}
