import type { ExitReason } from '../run.ts';
import type { Price, Row } from '../units.ts';
import type { StandingEntry } from './dealer.ts';

/** What stands after a close. */
export interface Standing {
  readonly entries: readonly StandingEntry[];
  readonly positions: readonly StandingPosition[];
}

/** A position and what is to become of it; levels that are off are infinite. */
export interface StandingPosition {
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly quantity: number;
  /** Why it leaves at its next fill; null while nothing is ordered. */
  readonly ordered: ExitReason | null;
  readonly stop: Price;
  readonly stopReason: 'stop' | 'trailing' | 'break-even';
  readonly target: Price;
  /** Its last close, and the mean price of its entry. */
  readonly mark: Price;
  readonly entryPrice: Price;
  readonly signalRow: Row;
}
