import { describe, expect, it } from 'vitest';
import type { BrokerAccount } from '../../../../src/domain/live/broker.ts';
import {
  defaultGuards,
  type Guards,
  haltFor,
  objectionTo,
  type Watched,
} from '../../../../src/domain/live/guards.ts';
import type { Intent, KnownIntent } from '../../../../src/domain/live/intent.ts';
import { intent } from './intents.ts';

const account: BrokerAccount = {
  number: '1',
  currency: 'USD',
  equity: 10_000,
  cash: 10_000,
  buyingPower: 10_000,
  blocked: null,
};
const { order, ...made } = intent('a', 'sending');
const entry: Intent = {
  ...made,
  order: { ...order, quantity: 10 },
  decidedAt: 1000,
  signalAt: 1000,
  price: 100,
};
const exit: Intent = { ...entry, purpose: 'leave', what: 'exit' };
const sentBefore: KnownIntent = {
  ...entry,
  order: { ...entry.order, clientId: 'b' },
  state: 'filled',
  brokerId: 'x',
  filled: 10,
  averagePrice: 100,
  why: null,
};
const watched: Watched = {
  now: 1010,
  account,
  positions: [{ symbol: 'ABC', quantity: 5, averagePrice: 90 }],
  intents: [sentBefore],
  sentAt: new Map([['b', 1000]]),
  lastClose: (symbol) => (symbol === 'ABC' ? 100 : undefined),
  knownAt: 1000,
  nextKnownAt: 2000,
  brokerNow: 1010,
  isOpen: { calendar: true, broker: true },
};
const said = (guards: Partial<Guards>, more: Partial<Watched> = {}, intent = entry) =>
  objectionTo(intent, { ...defaultGuards, ...guards }, { ...watched, ...more });

describe('guards', () => {
  it('let an order through that keeps to all of them', () => {
    expect(said({})).toBeNull();
  });

  it.each<[string, Partial<Guards>, Partial<Watched>]>([
    ['worth 1000, more than 999', { orderValue: 999 }, {}],
    ['day’s entries would be worth 2000, more than 1999', { dailyTurnover: 1999 }, {}],
    ['position would be worth 1500, more than 1400', { positionValue: 1400 }, {}],
    ['more than 10 % of equity', { grossExposure: 0.1 }, {}],
    ['10 % from the last close, more than 5 %', { priceBand: 0.05 }, { lastClose: () => 90.91 }],
    ['another was to be there 1500 s ago', {}, { now: 3500, brokerNow: 3500 }],
    ['are 100 s apart, more than 30 s', {}, { brokerNow: 1110 }],
    [
      'the market is open, and the broker says that it is closed',
      {},
      { isOpen: { calendar: true, broker: false } },
    ],
    [
      'may not trade: Pattern day trader',
      {},
      { account: { ...account, blocked: 'Pattern day trader' } },
    ],
    ['1 orders were sent within a minute', { ordersPerMinute: 1 }, {}],
  ])('hold an entry back: %s', (words, guards, more) => {
    expect(said(guards, more)).toContain(words);
  });

  it('let exits through whatever they are worth, at the pace of calls', () => {
    expect(said({ orderValue: 1, positionValue: 1 }, { now: 9000 }, exit)).toBeNull();
    expect(said({ ordersPerMinute: 1 }, {}, exit)).toContain('within a minute');
  });

  it('halt where a day has lost its share, and not a cent before', () => {
    const guards = { ...defaultGuards, dailyLoss: 0.02 };
    expect(haltFor(guards, 98.01, 100)).toBeNull();
    expect(haltFor(guards, 98, 100)).toBe(
      'Equity fell from 100 to 98 within the day, by 2 % or more.',
    );
    expect(haltFor(guards, 1, null)).toBeNull();
    expect(haltFor(defaultGuards, 1, 100)).toBeNull();
  });
});
