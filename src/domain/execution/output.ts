import type { Market, StepTimes } from '../market.ts';
import type { Equity } from '../run.ts';
import { TradeLog } from './trade-log.ts';

/** Where a simulation writes its trades and its curve. */
export class Output {
  readonly log: TradeLog;
  readonly equity: Equity;

  /** `isForMany`: it will be cleared for others. */
  constructor(market: Market, steps: StepTimes, side: Int8Array, isForMany: boolean) {
    const hasDividends = (market.contracts?.dividend ?? null) !== null;
    this.log = new TradeLog(Math.min(countOf(side), MOST_RESERVED), hasDividends, isForMany);
    this.equity = emptyEquity(steps);
  }

  /** Empties it for another simulation: what the one before gave is gone. */
  clear(): void {
    this.log.clear();
    const { equity, cash, gross, net, positions } = this.equity;
    for (const column of [equity, cash, gross, net, positions]) column.fill(0);
  }
}

/** Trades for which room is made at the start: more only grow. */
const MOST_RESERVED = 1_000_000;

/** Entry signals: there are no more trades than these. */
function countOf(side: Int8Array): number {
  let count = 0;
  // Sides are odd or 0; a branch here would be guessed wrong at every other signal.
  for (let row = 0; row < side.length; row++) count += side[row]! & 1;
  return count;
}

/** A curve of zeros. */
export function emptyEquity({ day, clock }: StepTimes): Equity {
  return {
    day,
    ...(clock && { opens: clock.opens, known: clock.known }),
    ...(clock?.perYear !== undefined && { perYear: clock.perYear }),
    equity: new Float64Array(day.length),
    cash: new Float64Array(day.length),
    gross: new Float64Array(day.length),
    net: new Float64Array(day.length),
    positions: new Int32Array(day.length),
  };
}
