import { describe, expect, test } from 'vitest';
import { Rest } from '../../src/cli/live-rest.ts';
import { openAlpaca } from '../../src/cli/brokers/alpaca.ts';
import { planted } from '../secrets.ts';
import { AlpacaStandIn } from './alpaca/stand-in.ts';
import { type Trial, hurry, keepsThePort } from './contract.ts';

const keys = { id: planted[0]!, secret: planted[3]! };

async function opened() {
  const house = new AlpacaStandIn(keys);
  const hosts = await house.open();
  const day = Date.UTC(2026, 1, 27, 5);
  house.history = [['SPY', day, 99, 101, 98, 100]];
  const open = () => openAlpaca({ keys, isReal: false, hosts, limits: hurry });
  return { house, hosts, open, broker: await open() };
}

const base = {
  symbol: 'SPY',
  side: 'buy',
  kind: 'limit',
  stop: null,
  reduces: false,
  pair: null,
} as const;

describe('Alpaca keeps the port', () => {
  keepsThePort(async (): Promise<Trial> => {
    const { house, broker } = await opened();
    return {
      broker,
      resting: { ...base, quantity: 10, limit: 99, lasts: 'day' },
      dear: { ...base, quantity: 10_000, limit: 99, lasts: 'day' },
      taken: (clientId) => house.market.all.filter((one) => one.clientId === clientId).length,
      order: (kind, ...faults) => house.server.order(kind, ...faults),
      trade: (volume) =>
        house.market.bar('SPY', { open: 99, high: 100, low: 98, close: 99, volume }),
      close: () => house.close(),
    };
  });
});

/** A session's orders, seen by broker and house. */
const order = (clientId: string, more: object) => ({
  ...base,
  clientId,
  quantity: 10,
  limit: null,
  kind: 'market' as const,
  lasts: 'day' as const,
  ...more,
});
const bar = (open: number, high: number, low: number, close: number, volume = 1000) => ({
  ...{ open, high, low, close, volume },
});

async function inHouse(
  work: (parts: Awaited<ReturnType<typeof opened>>) => Promise<void>,
): Promise<void> {
  const parts = await opened();
  try {
    await work(parts);
  } finally {
    parts.house.close();
  }
}

describe('orders of every kind', () => {
  test('market at the next price, limit at its own or better, stop at its own or worse, stop-limit once triggered', () =>
    inHouse(async ({ house, broker }) => {
      const priced = [
        ['market', null, null, 100],
        ['limit', 99.5, null, 99.5],
        ['limit', 100.5, null, 100],
        ['stop', null, 101, 101],
        ['stop-limit', 101.5, 101, 100],
        ['limit', 90, null, null],
      ] as const;
      for (const [i, [kind, limit, stop]] of priced.entries())
        await broker.submit(order(`kind${i}`, { kind, limit, stop, quantity: 1 }));
      house.market.bar('SPY', bar(100, 102, 99, 101));
      for (const [i, [, , , price]] of priced.entries()) {
        const told = await broker.orderOf({ clientId: `kind${i}`, symbol: 'SPY' });
        expect([i, told?.averagePrice]).toEqual([i, price]);
        expect(told?.status).toBe(price === null ? 'accepted' : 'filled');
      }
    }));

  test('at the open and at the close they take part in the auction alone; those for the day end with it', () =>
    inHouse(async ({ house, broker }) => {
      const lasting = ['at-open', 'at-close', 'day', 'until-cancelled'] as const;
      for (const lasts of lasting)
        await broker.submit(order(lasts.replace('-', ''), { lasts, kind: 'limit', limit: 99 }));
      const ask = (lasts: (typeof lasting)[number]) =>
        broker.orderOf({ clientId: lasts.replace('-', ''), symbol: 'SPY' });
      house.market.open({ SPY: 98 });
      expect(await ask('at-open')).toMatchObject({ status: 'filled', averagePrice: 98 });
      house.market.bar('SPY', bar(100, 101, 100, 100));
      house.market.close({ SPY: 100 });
      expect(await ask('at-close')).toMatchObject({ status: 'expired' });
      expect(await ask('day')).toMatchObject({ status: 'expired', filled: 0 });
      expect(await ask('until-cancelled')).toMatchObject({ status: 'accepted' });
      expect(await broker.clock()).toMatchObject({ isOpen: false });
    }));

  test('nothing trades while a symbol is halted', () =>
    inHouse(async ({ house, broker }) => {
      await broker.submit(order('halted', {}));
      house.market.halted.add('SPY');
      house.market.bar('SPY', bar(100, 101, 99, 100));
      expect(await broker.orderOf({ clientId: 'halted', symbol: 'SPY' })).toMatchObject({
        status: 'accepted',
      });
    }));

  test('a quantity of a billionth is written out', () =>
    inHouse(async ({ house, broker }) => {
      await broker.submit(order('small', { quantity: 1e-9 }));
      expect(JSON.parse(house.server.calls.at(-1)!.body)).toMatchObject({ qty: '0.000000001' });
    }));

  test('sold short is below zero', () =>
    inHouse(async ({ house, broker }) => {
      await broker.submit(order('short', { side: 'sell' }));
      house.market.bar('SPY', bar(100, 101, 99, 100));
      expect(await broker.positions()).toEqual([
        { symbol: 'SPY', quantity: -10, averagePrice: 100 },
      ]);
    }));
});

test.each([
  ['a key that may not trade', 403, { message: 'forbidden.' }, 'not-sent'],
  ['an address that there is not', 404, 'Not Found', 'not-sent'],
  ['an order without an id', 200, { status: 'new' }, 'unknown'],
  ['an order in a state that nobody knows', 200, { id: 'x', status: 'odd' }, 'unknown'],
  ['a list', 200, [], 'unknown'],
] as const)('an answer that is none of an order: %s', (_, status, body, effect) =>
  inHouse(async ({ house, broker }) => {
    house.server.words = { status, body };
    await expect(broker.submit(order('odd', {}))).rejects.toMatchObject({ effect });
  }),
);

test('what may be done with a symbol is asked once in an hour', () =>
  inHouse(async ({ house, broker }) => {
    for (let times = 0; times < 3; times++)
      expect(await broker.instruments(['SPY', 'QQQ'])).toMatchObject([
        { symbol: 'SPY', isTradable: true, isShortable: true, lot: 1e-9, tick: 0.01 },
        { symbol: 'QQQ' },
      ]);
    expect(house.server.calls).toHaveLength(2);
  }));

test('an account that may not trade says why', () =>
  inHouse(async ({ house, broker }) => {
    for (const [state, words] of [
      [{ status: 'ACCOUNT_CLOSED' }, 'ACCOUNT_CLOSED'],
      [{ account_blocked: true }, 'blocked'],
      [{ trading_blocked: true }, 'may not trade'],
      [{ trade_suspended_by_user: true }, 'You have suspended'],
    ] as const) {
      house.state = state;
      expect((await broker.account()).blocked).toContain(words);
    }
  }));

describe('stop and target', () => {
  const closing = { side: 'sell', reduces: true, kind: 'limit', lasts: 'until-cancelled' };
  const pair = { stop: 95, target: 110 };

  test.each([
    ['target', bar(105, 111, 104, 110), 110],
    ['stop', bar(97, 98, 94, 95), 95],
    ['stop, beyond which it opened,', bar(93, 94, 92, 93), 93],
    ['stop, where one bar touches both,', bar(100, 111, 94, 100), 95],
  ])('of a position end each other: by the %s', (_, traded, price) =>
    inHouse(async ({ house, broker }) => {
      await broker.submit(order('entry', {}));
      house.market.bar('SPY', bar(100, 101, 99, 100));
      const sent = await broker.submit(order('pair', { ...closing, pair }));
      expect(await broker.workingOrders()).toEqual([sent]);
      house.market.bar('SPY', traded);
      const done = await broker.orderOf(sent);
      expect(done).toMatchObject({ status: 'filled', filled: 10, averagePrice: price });
      expect(await broker.workingOrders()).toEqual([]);
      expect(await broker.positions()).toEqual([]);
    }),
  );

  test('whichever filled, the execution is of the order that was sent, in a process that never saw it too', () =>
    inHouse(async ({ house, broker, open }) => {
      await broker.submit(order('entry', {}));
      house.market.bar('SPY', bar(100, 101, 99, 100));
      await broker.submit(order('pair', { ...closing, pair }));
      house.market.bar('SPY', bar(97, 98, 94, 95));
      for (const one of [broker, await open()])
        expect(await one.fills(0, ['SPY'])).toMatchObject([
          { clientId: 'entry', side: 'buy', price: 100 },
          { clientId: 'pair', side: 'sell', price: 95 },
        ]);
    }));

  test('a cancelled pair leaves none of the two', () =>
    inHouse(async ({ house, broker }) => {
      const sent = await broker.submit(order('pair', { ...closing, pair }));
      await broker.cancel(sent);
      expect(await broker.orderOf(sent)).toMatchObject({ status: 'cancelled' });
      expect(house.market.all.every(({ status }) => status === 'canceled')).toBe(true);
    }));

  test('of an order that opens wait until it is filled, and are told as its own', () =>
    inHouse(async ({ house, broker, open }) => {
      const sent = await broker.submit(order('bracket', { pair, lasts: 'until-cancelled' }));
      house.market.bar('SPY', bar(100, 112, 94, 100));
      expect(await broker.orderOf(sent)).toMatchObject({ status: 'filled', averagePrice: 100 });
      const rest = await (await open()).workingOrders();
      // What closes it are orders with ids of Alpaca's.
      expect(rest.map(({ side }) => side)).toEqual(['sell', 'sell']);
      expect(rest.some(({ clientId }) => clientId === 'bracket')).toBe(false);
      house.market.bar('SPY', bar(100, 111, 99, 110));
      expect(await broker.workingOrders()).toEqual([]);
      expect(await broker.fills(0, ['SPY'])).toMatchObject([
        { clientId: 'bracket', side: 'buy', price: 100 },
        { clientId: 'bracket', side: 'sell', price: 110 },
      ]);
    }));

  test('of a fraction of a share are refused', () =>
    inHouse(async ({ broker }) => {
      const sent = await broker.submit(order('part', { ...closing, pair, quantity: 0.5 }));
      expect(sent).toMatchObject({ status: 'refused', why: expect.stringContaining('fractional') });
    }));
});

describe('more than a page holds', () => {
  test('bars of several symbols come whole, in order, and only those that are over', () =>
    inHouse(async ({ house, broker }) => {
      const day = 86_400_000;
      const today = Date.UTC(2026, 2, 2, 5); // Midnight in New York; the session is open.
      const daily = (symbol: string, days: number) =>
        Array.from(
          { length: days },
          (_, i) =>
            [
              ...([symbol, today - (days - 1 - i) * day] as const),
              ...([i, i + 2, i - 2, i + 1] as const),
            ] as const,
        );
      house.history = [...daily('SPY', 8), ...daily('QQQ', 4)];
      const ask = () => broker.bars(['SPY', 'QQQ'], '1d', 0);
      const told = await ask();
      expect(told.symbol).toEqual([...Array(3).fill('QQQ'), ...Array(7).fill('SPY')]);
      expect(told.at[3]).toBe((today - 7 * day) / 1000);
      expect([told.open[9], told.high[9], told.low[9], told.close[9], told.volume[9]]).toEqual([
        6, 8, 4, 7, 1000,
      ]);
      house.market.close({});
      expect((await ask()).symbol).toHaveLength(12);
      // Those inside a day are over when their time is.
      house.market.now = today + 7 * 3_600_000;
      house.history = [0, 1, 2].map((k) => ['SPY', today + (5 + k) * 3_600_000, 1, 1, 1, 1]);
      expect((await broker.bars(['SPY'], '1h', 0)).at).toHaveLength(2);
    }));

  test('executions and working orders too', () =>
    inHouse(async ({ house, broker }) => {
      const { market } = house;
      await broker.submit(order('many', { quantity: 230 }));
      for (let i = 0; i < 230; i++) market.bar('SPY', bar(100, 101, 99, 100, 1));
      const fills = await broker.fills(0, ['SPY']);
      expect(new Set(fills.map(({ id }) => id)).size).toBe(230);
      expect(fills.every(({ clientId }) => clientId === 'many')).toBe(true);
      const last = fills.at(-10)!.at;
      expect(await broker.fills(last, ['SPY'])).toHaveLength(10);

      for (let i = 0; i < 510; i++)
        market.take(
          {
            ...{ clientId: `rests${i}`, symbol: 'SPY', side: 'buy', quantity: 1, type: 'limit' },
            ...{ lasting: 'gtc', limit: 1, stop: null, group: 'simple' },
          },
          null,
        );
      const working = await broker.workingOrders();
      expect(new Set(working.map(({ clientId }) => clientId)).size).toBe(510);
    }));
});

describe('the stream', () => {
  /** Waits until something is so. */
  const until = async (is: () => boolean): Promise<void> => {
    for (let i = 0; i < 500 && !is(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(is()).toBe(true);
  };

  test('tells what has changed, whatever order and number events come in, and goes on after it broke off', () =>
    inHouse(async ({ house, broker }) => {
      const told: (string | null)[] = [];
      const end = new AbortController();
      const watching = broker.watch!((clientId) => told.push(clientId), end.signal);
      await until(() => house.listeners === 1);
      await broker.submit(order('first', {}));
      await until(() => told.includes('first'));
      house.delivery = 'twice';
      await broker.submit(order('second', {}));
      await until(() => told.filter((one) => one === 'second').length === 2);
      house.delivery = 'late';
      await broker.submit(order('third', {}));
      await broker.submit(order('fourth', {}));
      await until(() => told.includes('third') && told.includes('fourth'));
      expect(told.indexOf('fourth')).toBeLessThan(told.indexOf('third'));
      // Hints: what broker and house know of the orders is the same for all that.
      house.market.bar('SPY', bar(100, 101, 99, 100));
      expect(await broker.fills(0, ['SPY'])).toHaveLength(4);

      house.drop();
      await until(() => house.listeners === 1);
      await until(() => told.includes(null));
      end.abort();
      await watching;
      await until(() => house.listeners === 0);
    }));

  test('ends the rest between two looks, and a house that tells nothing is looked at in time', () =>
    inHouse(async ({ house, broker }) => {
      const end = new AbortController();
      const rest = new Rest(broker, end.signal, () => undefined);
      await until(() => house.listeners === 1);
      const resting = rest.take(3600);
      await broker.submit(order('first', {}));
      await resting;
      // What is told while nobody rests is not forgotten.
      await broker.submit(order('second', {}));
      await rest.take(3600);
      await new Rest({}, end.signal, () => undefined).take(0.01);
      const last = rest.take(3600);
      end.abort();
      await last;
    }));

  test('ends where the key is refused, and does not begin where it is not wanted any more', () =>
    inHouse(async ({ house, hosts, broker }) => {
      const other = { id: planted[7]!, secret: planted[11]! };
      const stranger = await openAlpaca({ keys: other, isReal: false, hosts });
      const watching = stranger.watch!(() => undefined, new AbortController().signal);
      await expect(watching).rejects.toMatchObject({ effect: 'not-sent', passes: false });
      await broker.watch!(() => undefined, AbortSignal.abort());
      expect(house.listeners).toBe(0);
    }));
});
