import { expect, test } from 'vitest';
import { type Broker, BrokerFailure, type OrderRequest } from '../../src/domain/live/broker.ts';
import { foundIn, planted } from '../secrets.ts';
import type { Fault, Kind } from './stand-in.ts';

/** A broker, and what controls the stand-in that it speaks with. */
export interface Trial {
  readonly broker: Broker;
  /** A limit order that rests until the market trades at it. */
  readonly resting: Omit<OrderRequest, 'clientId'>;
  /** The same, too large for the account. */
  readonly dear: Omit<OrderRequest, 'clientId'>;
  /** Orders with this id of ours that have been taken. */
  readonly taken: (clientId: string) => number;
  /** The next calls of a kind go wrong. */
  readonly order: (kind: Kind, ...faults: readonly Fault[]) => void;
  /** So much of the resting orders is bought at their price. */
  readonly trade: (quantity: number) => void;
  readonly close: () => void;
}

/** The brokers of these tests soon lose patience, and do not wait in line. */
export const hurry = { patience: 400, pause: 1, pace: { calls: 10_000, seconds: 1 } };

async function failureOf(work: Promise<unknown>): Promise<BrokerFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof BrokerFailure) return error;
    throw error;
  }
  throw new Error('It was done.');
}

let count = 0;
const nextId = (): string => `outsample${String(++count).padStart(4, '0')}`;

/** What a call to submit leaves open, and how many orders there are then. */
const faults: readonly (readonly [Fault, BrokerFailure['effect'], taken: number])[] = [
  ['limited', 'not-sent', 0],
  ['locked', 'not-sent', 0],
  ['broken-before', 'unknown', 0],
  ['broken-after', 'unknown', 1],
  ['cut-before', 'unknown', 0],
  ['cut-after', 'unknown', 1],
  ['cut-inside', 'unknown', 1],
  ['silent-before', 'unknown', 0],
  ['silent-after', 'unknown', 1],
  ['no-json-after', 'unknown', 1],
  ['elsewhere', 'unknown', 0],
];

/** What every broker keeps (src/domain/live/broker.ts), whatever happens between it and us. */
export function keepsThePort(open: () => Promise<Trial>): void {
  const opened = async (work: (trial: Trial) => Promise<void>): Promise<void> => {
    const trial = await open();
    try {
      await work(trial);
    } finally {
      trial.close();
    }
  };

  test('an order rests, trades in two parts and is done; each part is told once', () =>
    opened(async ({ broker, resting, trade }) => {
      const { quantity, limit, symbol } = resting;
      const order = { ...resting, clientId: nextId() };
      const sent = await broker.submit(order);
      expect(sent).toMatchObject({ clientId: order.clientId, symbol, quantity, filled: 0 });
      expect(sent).toMatchObject({ status: 'accepted', averagePrice: null, why: null });
      expect(await broker.workingOrders()).toEqual([sent]);

      trade(quantity / 2);
      const half = { status: 'partly-filled', filled: quantity / 2, averagePrice: limit };
      expect(await broker.orderOf(order)).toMatchObject(half);
      trade(quantity / 2);
      expect(await broker.orderOf(order)).toMatchObject({ status: 'filled', filled: quantity });
      expect(await broker.workingOrders()).toEqual([]);
      expect(await broker.positions()).toMatchObject([{ symbol, quantity }]);

      const fills = await broker.fills(sent.submittedAt, [symbol]);
      expect(fills).toMatchObject([
        { clientId: order.clientId, brokerId: sent.brokerId, quantity: quantity / 2 },
        { side: resting.side, price: limit },
      ]);
      expect(new Set(fills.map(({ id }) => id)).size).toBe(2);
      expect(await broker.fills(sent.submittedAt, [symbol])).toEqual(fills);
      expect(await broker.fills(sent.submittedAt, [])).toEqual([]);
    }));

  test('a repeat of an id makes no second order, neither while it works nor after', () =>
    opened(async ({ broker, resting, taken, trade }) => {
      const order = { ...resting, clientId: nextId() };
      const sent = await broker.submit(order);
      expect(await broker.submit(order)).toEqual(sent);
      trade(resting.quantity);
      expect(await broker.submit(order)).toMatchObject({
        brokerId: sent.brokerId,
        status: 'filled',
      });
      expect(taken(order.clientId)).toBe(1);
    }));

  test.each(faults)('%s while an order is sent: %s', (fault, effect, orders) =>
    opened(async ({ broker, resting, taken, order: fail }) => {
      const order = { ...resting, clientId: nextId() };
      fail('submit', fault);
      const failure = await failureOf(broker.submit(order));
      expect(failure).toMatchObject({ effect, after: fault === 'limited' ? 1 : null });
      expect(failure.passes).toBe(fault !== 'locked' && fault !== 'elsewhere');
      expect(foundIn({ failure: `${failure.stack} ${JSON.stringify(failure)}` })).toEqual([]);
      expect(taken(order.clientId)).toBe(orders);
      // What the broker says of it is the truth.
      expect(await broker.orderOf(order)).toEqual(
        orders === 0 ? null : expect.objectContaining({ status: 'accepted' }),
      );
    }),
  );

  test('where nobody listens nothing was sent', () =>
    opened(async ({ broker, resting, close }) => {
      close();
      const failure = await failureOf(broker.submit({ ...resting, clientId: nextId() }));
      expect(failure).toMatchObject({ effect: 'not-sent', passes: true });
      expect(failure.problem).toContain('ECONNREFUSED');
    }));

  test('a question is asked again while that helps, and never an order', () =>
    opened(async ({ broker, resting, taken, order: fail }) => {
      fail('ask', 'broken-before', 'cut-before', 'silent-before');
      const { symbol } = resting;
      expect(await broker.instruments([symbol, 'NONE'])).toMatchObject([{ symbol }]);
      const order = { ...resting, clientId: nextId() };
      expect(await broker.orderOf(order)).toBe(null);
      fail('ask', 'locked');
      expect(await failureOf(broker.account())).toMatchObject({
        effect: 'not-sent',
        passes: false,
      });
      expect(taken(order.clientId)).toBe(0);
    }));

  test('an order beyond the account is refused in the broker’s words', () =>
    opened(async ({ broker, dear, taken }) => {
      const order = { ...dear, clientId: nextId() };
      const refused = await broker.submit(order);
      expect(refused).toMatchObject({ status: 'refused', filled: 0, brokerId: '' });
      expect(refused.why).toMatch(/insufficient/);
      expect(taken(order.clientId)).toBe(0);
    }));

  test('what a broker says of an order is passed on without the keys that it gives back', () =>
    opened(async ({ broker, resting, order: fail }) => {
      fail('submit', 'refused');
      const refused = await broker.submit({ ...resting, clientId: nextId() });
      expect(refused).toMatchObject({ status: 'refused', why: expect.stringContaining('No: ') });
      expect(foundIn({ refused: JSON.stringify(refused) })).toEqual([]);
    }));

  test('a cancel ends what is left; one that comes too late harms nothing', () =>
    opened(async ({ broker, resting, trade }) => {
      const first = await broker.submit({ ...resting, clientId: nextId() });
      trade(resting.quantity / 2);
      await broker.cancel(first);
      const half = { status: 'cancelled', filled: resting.quantity / 2 };
      expect(await broker.orderOf(first)).toMatchObject(half);

      const second = await broker.submit({ ...resting, clientId: nextId() });
      trade(resting.quantity);
      await broker.cancel(second);
      expect(await broker.orderOf(second)).toMatchObject({ status: 'filled' });
    }));

  test('a cancel without the broker’s id ends the order of our id, and no other', () =>
    opened(async ({ broker, resting }) => {
      const [first, second] = [nextId(), nextId()];
      for (const clientId of [first, second]) await broker.submit({ ...resting, clientId });
      const { symbol } = resting;
      await broker.cancel({ clientId: first, brokerId: '', symbol });
      await broker.cancel({ clientId: 'neversent', brokerId: '', symbol });
      expect(await broker.workingOrders()).toMatchObject([{ clientId: second }]);
    }));

  test('a cancel that broke off may have been done', () =>
    opened(async ({ broker, resting, order: fail }) => {
      const sent = await broker.submit({ ...resting, clientId: nextId() });
      fail('cancel', 'cut-after');
      expect(await failureOf(broker.cancel(sent))).toMatchObject({ effect: 'unknown' });
      expect(await broker.orderOf(sent)).toMatchObject({ status: 'cancelled' });
    }));

  test('the account is told, and no key with anything', () =>
    opened(async ({ broker, resting }) => {
      const told = {
        account: await broker.account(),
        clock: await broker.clock(),
        instruments: await broker.instruments([resting.symbol]),
        bars: await broker.bars([resting.symbol], '1d', 0),
      };
      expect(told.account.equity).toBeGreaterThan(0);
      expect(told.account.blocked).toBe(null);
      expect(told.bars.at.length).toBeGreaterThan(0);
      expect(foundIn({ told: JSON.stringify(told) }, planted)).toEqual([]);
    }));
}
