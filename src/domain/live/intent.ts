import { textDigest } from '../digest.ts';
import type { ExitReason } from '../run.ts';
import type { Instant, Price } from '../units.ts';
import type { BrokerOrder, OrderRequest, OrderStatus } from './broker.ts';

/** What an order does to a position. */
export type Purpose = 'enter' | 'leave' | 'resize' | 'protect' | 'flatten';

/** An order that live trading has decided on, as it is written down before it is sent. */
export interface Intent {
  readonly order: OrderRequest;
  readonly purpose: Purpose;
  /** Whether it makes a position, or a larger one; and the position's side. */
  readonly what: 'entry' | 'exit';
  readonly positionSide: 1 | -1;
  /** When the step that decided on it was known. */
  readonly decidedAt: Instant;
  /** When the bar was known whose signal it follows; null where it follows none. */
  readonly signalAt: Instant | null;
  /** Where in the next bar it is to fill. */
  readonly at: 'open' | 'inside' | 'close';
  readonly reason: ExitReason | null;
  /** As printed, what the fill was reckoned at: the last close, or the order's own price. */
  readonly price: Price;
}

/**
 * What is known of an intent. `sending`: it was written down, and perhaps sent; the broker is to be asked. `unsent`: it surely did
 * not reach the broker, and may be sent while it is wanted. `held`: a guard, or the person, did not let it go.
 */
export type IntentState = 'sending' | 'unsent' | 'held' | OrderStatus;

/** An intent and what became of it. */
export interface KnownIntent extends Intent {
  readonly state: IntentState;
  readonly brokerId: string | null;
  readonly filled: number;
  readonly averagePrice: Price | null;
  /** Why it was refused, held or not sent; null else. */
  readonly why: string | null;
}

/** An intent that no broker has answered yet. */
export const unanswered = (
  intent: Intent,
  state: 'sending' | 'held',
  why: string | null = null,
): KnownIntent => ({ ...intent, state, brokerId: null, filled: 0, averagePrice: null, why });

/** Whether an intent may still change a position. */
export const mayFill = ({ state }: Pick<KnownIntent, 'state'>): boolean =>
  state === 'sending' || state === 'accepted' || state === 'partly-filled';

/** What a broker's answer makes of an intent. */
export const answered = (intent: KnownIntent, order: BrokerOrder): KnownIntent => ({
  ...intent,
  state: order.status,
  brokerId: order.brokerId,
  filled: order.filled,
  averagePrice: order.averagePrice,
  why: order.why,
});

/**
 * The id of an order, made of what it is for: the same order has the same id whenever it is decided again, so that a call
 * which is made twice cannot become two orders. `parts` are the live account, the instant, the symbol, the purpose and
 * what else tells it from others. 32 hexadecimal digits, which every broker takes.
 */
export const clientIdOf = (...parts: readonly (string | number)[]): string =>
  textDigest(JSON.stringify(parts)).slice(0, 32);
