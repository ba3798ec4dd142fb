import type { Instant } from '../units.ts';
import type { BrokerFill } from './broker.ts';
import type { KnownIntent } from './intent.ts';

/** A study that is traded: with which broker, since when, on what. */
export interface LiveAccount {
  /** Made of all that follows. */
  readonly id: string;
  /** Canonical JSON of the complete study, and its digest. */
  readonly study: string;
  readonly studyDigest: string;
  /** Digest of the SQL that makes the signals, with the values that it is given. */
  readonly signalsDigest: string;
  readonly engine: string;
  readonly broker: string;
  /** The broker's account. */
  readonly number: string;
  readonly isReal: boolean;
  readonly startedAt: Instant;
  /** Equity at the start: what the account begins with in place of the study's initial cash. */
  readonly equity: number;
  /** Why it trades although the study was not backtested and passed so; null where it was. */
  readonly unproven: string | null;
}

/** What happened beside orders and fills; kept, and told to a person. */
export interface LiveEvent {
  readonly at: Instant;
  readonly kind:
    | 'started'
    | 'halted'
    | 'resumed'
    | 'differs'
    | 'held'
    | 'refused'
    | 'unprotected'
    | 'drift'
    | 'equity'
    | 'guards';
  /** One sentence. */
  readonly text: string;
  /** Numbers behind it, by name. */
  readonly facts: Readonly<Record<string, number>>;
}

/** All that is known of a live account. */
export interface LiveState {
  readonly account: LiveAccount;
  readonly intents: readonly KnownIntent[];
  /** When each intent was written down, or sent last where it was held back or did not arrive before. */
  readonly sentAt: ReadonlyMap<string, Instant>;
  readonly fills: readonly BrokerFill[];
  /** Newest last. */
  readonly events: readonly LiveEvent[];
}

/** Why nothing more is sent; null where trading goes on. */
export function haltOf({ events }: Pick<LiveState, 'events'>): string | null {
  const last = events.findLast(({ kind }) => kind === 'halted' || kind === 'resumed');
  return last?.kind === 'halted' ? last.text : null;
}

/**
 * Where a live account is kept. What is written is there, whatever happens to this process, once a call has resolved.
 */
export interface LiveBook {
  load(): Promise<LiveState>;
  /** Writes intents down before they are sent; those that are there are given their new state. */
  write(intents: readonly KnownIntent[], at: Instant): Promise<void>;
  /** Writes fills down; one that is there is left as it is. */
  fill(fills: readonly BrokerFill[]): Promise<void>;
  note(event: LiveEvent): Promise<void>;
}
