import { describe, expect, it } from 'vitest';
import { haltOf, type LiveState } from '../../../../src/domain/live/account.ts';
import type { BrokerFill } from '../../../../src/domain/live/broker.ts';
import { calibratedSlippage } from '../../../../src/domain/live/drift.ts';
import { meanPriceOf } from '../../../../src/domain/live/fills.ts';
import { liveGauges } from '../../../../src/domain/live/gauges.ts';
import { clientIdOf } from '../../../../src/domain/live/intent.ts';
import { planFor } from '../../../../src/domain/live/plan.ts';
import { differences } from '../../../../src/domain/live/reconcile.ts';
import { account } from '../../../property/live-worlds.ts';
import { intent } from './intents.ts';

const fill = (clientId: string | null, quantity: number, symbol = 'ABC'): BrokerFill => ({
  id: `${clientId} ${quantity}`,
  clientId,
  brokerId: '',
  symbol,
  side: 'buy',
  quantity,
  price: 2,
  commission: null,
  at: 11,
});

describe('an order', () => {
  it('has one id whenever it is decided again, which every broker takes', () => {
    expect(clientIdOf('live', 'ABC', 'enter', 1)).toBe(clientIdOf('live', 'ABC', 'enter', 1));
    expect(clientIdOf('live', 'ABC', 'enter', 1)).toMatch(/^[0-9a-f]{32}$/);
    expect(clientIdOf('live', 'ABC', 'enter', 2)).not.toBe(clientIdOf('live', 'ABC', 'enter', 1));
  });

  it('is sent once, unless it surely never arrived or was held back; what is no longer wanted is cancelled where it works', () => {
    const known = (
      ['sending', 'accepted', 'partly-filled', 'filled', 'refused', 'held', 'unsent'] as const
    ).map((state) => intent(state, state));
    expect(
      planFor([...known, intent('fresh', 'held')], known).send.map(({ order }) => order.clientId),
    ).toEqual(['held', 'unsent', 'fresh']);
    expect(planFor([], known).cancel.map(({ state }) => state)).toEqual([
      'accepted',
      'partly-filled',
    ]);
  });
});

describe('broker and book', () => {
  const state = { fills: [fill('a', 3)], intents: [intent('a', 'filled')] };
  const held = (quantity: number, symbol = 'ABC') => [{ symbol, quantity, averagePrice: 1 }];

  it('agree up to roundings', () => {
    expect(differences(held(3 + 1e-12), state, null)).toEqual([]);
  });

  it('differ in words that name both', () => {
    expect(differences(held(2), state, null)).toEqual([
      'The broker holds 2 ABC, and by the fills of this study it is 3.',
    ]);
    expect(differences([...held(3), ...held(7, 'XYZ')], state, null)).toEqual([
      'The broker holds 7 XYZ that this study did not buy; it is left alone.',
    ]);
    expect(
      differences(held(3), { ...state, fills: [...state.fills, fill(null, 1)] }, null),
    ).toEqual(['1 fills in symbols of this study are of orders that it did not send.']);
  });
});

describe('what is watched', () => {
  const state: LiveState = {
    account,
    intents: [intent('a', 'refused'), intent('b', 'sending')],
    sentAt: new Map(),
    fills: [],
    events: [
      { at: 1, kind: 'halted', text: 'Enough.', facts: {} },
      { at: 2, kind: 'resumed', text: 'On.', facts: {} },
    ],
  };

  it('is halted from the last halt to the next resumption', () => {
    expect(haltOf(state)).toBeNull();
    expect(haltOf({ events: state.events.slice(0, 1) })).toBe('Enough.');
  });

  it('has gauges, none of them without a value', () => {
    const gauges = liveGauges({
      study: 's',
      state,
      equity: 5,
      cash: 4,
      positions: 1,
      drift: null,
      knownAt: 100,
      now: 130,
    });
    const values = Object.fromEntries(
      gauges.map(({ name, samples }) => [name.replace('outsample_live_', ''), samples[0]!.value]),
    );
    expect(values).toEqual({
      equity: 5,
      cash: 4,
      positions: 1,
      orders: 2,
      refused_orders: 1,
      held_orders: 0,
      unknown_orders: 1,
      data_age_seconds: 30,
      halted: 0,
    });
  });

  it('says what slippage a study would have to book', () => {
    expect(calibratedSlippage(10, { slippage: 4 })).toBe(14);
    expect(calibratedSlippage(10, { slippage: -30 })).toBe(0);
  });

  it('means prices by quantity, and leaves one price as it is', () => {
    expect(meanPriceOf([{ quantity: 7, price: 153.14 }])).toBe(153.14);
    expect(
      meanPriceOf([
        { quantity: 1, price: 10 },
        { quantity: 3, price: 20 },
      ]),
    ).toBe(17.5);
  });
});
