import type { KnownIntent } from '../../../../src/domain/live/intent.ts';

/** An order to buy 3 ABC, in a state; its price has all 53 bits. */
export const intent = (clientId: string, state: KnownIntent['state']): KnownIntent => ({
  order: {
    clientId,
    symbol: 'ABC',
    side: 'buy',
    quantity: 3,
    kind: 'market',
    limit: null,
    stop: null,
    lasts: 'day',
    reduces: false,
    pair: null,
  },
  purpose: 'enter',
  what: 'entry',
  positionSide: 1,
  decidedAt: 10,
  signalAt: 10,
  at: 'open',
  reason: null,
  price: 0.1 + 0.2,
  state,
  brokerId: null,
  filled: 0,
  averagePrice: null,
  why: null,
});
