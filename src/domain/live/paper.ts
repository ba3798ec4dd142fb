import type { Instant } from '../units.ts';
import type { BrokerFill, BrokerOrder, OrderRequest } from './broker.ts';

/** What the paper account has been sent, and what it has filled; all that has to be kept of it. */
export interface PaperState {
  readonly orders: readonly PaperOrder[];
  readonly fills: readonly BrokerFill[];
  /** When the last step was known that is filled; null before the first. */
  readonly through: Instant | null;
}

export interface PaperOrder {
  readonly request: OrderRequest;
  readonly order: BrokerOrder;
}

export const noPaper: PaperState = { orders: [], fills: [], through: null };
