import type { OrderCounts, TooDear } from '../run.ts';
import type { Day, Row, Session } from '../units.ts';

/** Where in a bar an entry fills. */
export type Phase = 'open' | 'inside' | 'close';

/** Turns what a strategy says into fills of one account: signals into entries, or target weights into holdings. */
export interface Dealer {
  readonly counts: OrderCounts;
  /** Value that orders wanted and volume did not give. */
  readonly unfilledValue: number;
  /** Signals that gave no order because their symbol was held. */
  readonly held?: number;
  /** Symbols whose whole unit was too dear. */
  readonly tooDear?: ReadonlyMap<number, TooDear>;
  /** The last session that takes no entries. */
  pausedThrough: Session;
  /** Orders that wait for their symbol's bar. */
  readonly waiting: number;
  /** A session begins; what it tells by being there decides what waited for it. */
  begin?(session: Session): void;
  /** Orders meet the bars of this session. */
  meet(session: Session, day: Day): void;
  fill(phase: Phase, session: Session, day: Day): void;
  /** What fills could not get from an earlier bar's volume is tried again at this open. */
  carryOn?(session: Session, day: Day): void;
  /** What the close of a session says becomes orders. */
  order(session: Session): void;
  /** The session is marked: equity and cash at its close. */
  close?(session: Session, equity: number, cash: number): void;
  /** Ends all waiting orders after a session's close. */
  cancelAll(session: Session, cause: 'paused' | 'pending'): void;
  /** A trade ended in this row's bar. */
  ended?(symbol: number, row: Row, lost: boolean, atClose: boolean): void;
}
