import ccxt from 'ccxt';
import { describe, expect, test, vi } from 'vitest';
import { misfitOf } from '../../src/cli/brokers/ccxt-orders.ts';
import { type ExchangeAccess, openExchange } from '../../src/cli/brokers/ccxt.ts';
import type { OrderRequest } from '../../src/domain/live/broker.ts';
import { planted } from '../secrets.ts';
import { BinanceStandIn } from './binance/stand-in.ts';
import { type Trial, hurry, keepsThePort } from './contract.ts';

const keys = { key: planted[1]!, secret: planted[3]!, passphrase: '' };
const symbol = 'BTC/USDT';
const base = {
  ...{ symbol, side: 'buy', kind: 'limit', quantity: 2, limit: 100, stop: null },
  ...{ lasts: 'until-cancelled', reduces: false, pair: null },
} as const satisfies Omit<OrderRequest, 'clientId'>;

const spotMarket = {
  ...{ id: 'BTCUSDT', symbol, base: 'BTC', quote: 'USDT', type: 'spot', spot: true },
  precision: { amount: 0.001, price: 0.01 },
};

const access = (more: Partial<ExchangeAccess> = {}): ExchangeAccess => ({
  ...{ exchange: 'binance', keys, isReal: false, currency: 'USDT', limits: hurry },
  ...more,
});

async function opened() {
  const house = new BinanceStandIn(keys);
  const origin = await house.server.listen();
  house.history = [[Date.UTC(2026, 2, 1), 99, 101, 98, 100]];
  return { house, origin, broker: await openExchange(access({ origin })) };
}

describe('an exchange keeps the port', () => {
  keepsThePort(async (): Promise<Trial> => {
    const { house, broker } = await opened();
    return {
      broker,
      resting: base,
      dear: { ...base, quantity: 1000 },
      taken: (clientId) => house.orders.filter((one) => one.clientId === clientId).length,
      order: (kind, ...faults) => house.server.order(kind, ...faults),
      trade: (quantity) => house.trade(quantity),
      close: () => house.server.close(),
    };
  });
});

async function inHouse(
  work: (parts: Awaited<ReturnType<typeof opened>>) => Promise<void>,
): Promise<void> {
  const parts = await opened();
  try {
    await work(parts);
  } finally {
    parts.house.server.close();
  }
}

describe('what an exchange cannot do is refused before anything is sent', () => {
  test.each([
    ['a short', { side: 'sell' }, 'no shorts'],
    ['a pair', { pair: { stop: 90, target: 110 } }, 'Send the stop alone'],
    ['an auction', { lasts: 'at-open' }, 'has no auctions'],
    ['an order for a day', { lasts: 'day' }, 'Send it until cancelled'],
    ['a quantity between lots', { quantity: 0.0005 }, 'Round it to its lot'],
    ['a quantity beyond its decimals', { quantity: 1.00005 }, 'Round it to its lot'],
    ['a price between ticks', { limit: 100.001 }, '100.001 is no price'],
    ['another market', { symbol: 'ETH/USDT' }, 'has no market ETH/USDT'],
  ] as const)('%s', (_, more, words) =>
    inHouse(async ({ house, broker }) => {
      const before = house.server.calls.length;
      const sent = await broker.submit({ ...base, ...more, clientId: 'misfit' });
      expect(sent).toMatchObject({ status: 'refused', why: expect.stringContaining(words) });
      expect(house.server.calls.length).toBe(before);
    }),
  );
});

test('a market buy is refused where its quantity would be read as money', () => {
  const exchange = new ccxt.bitget({ enableRateLimit: false });
  exchange.setMarkets([spotMarket]);
  const buy = { ...base, kind: 'market', limit: null, clientId: 'cost' } as const;
  expect(misfitOf(exchange, buy, false)).toBe(
    'bitget counts what is bought at the market by its cost. Send a limit order.',
  );
  expect(misfitOf(exchange, { ...base, clientId: 'limit' }, false)).toBe(null);
  const stop = { ...base, kind: 'stop', limit: null, stop: 110, clientId: 'stop' } as const;
  expect(misfitOf(exchange, stop, false)).toContain('Stops on bitget are plans');
});

/** https://github.com/binance/binance-spot-api-docs/blob/master/errors.md */
test.each([
  [-1015, 'Too many new orders.', { effect: 'not-sent', passes: true }],
  [-1021, 'Timestamp for this request is outside of the recvWindow.', { effect: 'not-sent' }],
  [-1022, 'Signature for this request is not valid.', { effect: 'not-sent', passes: false }],
  [-1006, 'Unexpected response. Execution status unknown.', { effect: 'unknown' }],
  [-1007, 'Timeout waiting for response from backend server.', { effect: 'unknown' }],
  [-1000, 'An unknown error occurred.', { effect: 'unknown' }],
  [-9876, 'What ccxt has no name for.', { effect: 'unknown', passes: true }],
])('%d while an order is sent: %s', (code, msg, failure) =>
  inHouse(async ({ house, broker }) => {
    house.server.words = { status: 400, body: { code, msg } };
    const sent = broker.submit({ ...base, clientId: 'code' });
    await expect(sent).rejects.toMatchObject(failure);
  }),
);

describe('orders and what they cost', () => {
  test('a market order is done at once; a sale of what is there too', () =>
    inHouse(async ({ house, broker }) => {
      const market = { ...base, kind: 'market', limit: null, lasts: 'day' } as const;
      const bought = await broker.submit({ ...market, clientId: 'bought' });
      expect(bought).toMatchObject({ status: 'filled', filled: 2, averagePrice: 100 });
      house.last = 110;
      expect(await broker.account()).toMatchObject({
        ...{ number: 'binance', currency: 'USDT', equity: 10_019.8, cash: 9799.8 },
      });
      const sold = { ...market, side: 'sell', reduces: true, clientId: 'sold' } as const;
      expect(await broker.submit(sold)).toMatchObject({ status: 'filled', averagePrice: 110 });
      expect(await broker.positions()).toEqual([]);
    }));

  test('a stop is an order like others where the exchange has it so', () =>
    inHouse(async ({ house, broker }) => {
      house.balances['BTC'] = 2;
      const stop = { ...base, side: 'sell', reduces: true, kind: 'stop', limit: null } as const;
      const sent = await broker.submit({ ...stop, stop: 90, clientId: 'stop' });
      expect(house.orders).toMatchObject([{ type: 'STOP_LOSS', stop: 90 }]);
      expect(await broker.orderOf(sent)).toMatchObject({ status: 'accepted', side: 'sell' });
    }));

  test('a fee in the coin itself is told in the currency, one in a third coin is not', () =>
    inHouse(async ({ house, broker }) => {
      const costs: (number | null)[] = [];
      for (const [i, coin] of ['USDT', 'BTC', 'BNB'].entries()) {
        house.feeIn = coin;
        const sent = await broker.submit({ ...base, clientId: `fee${i}` });
        house.trade(2);
        const fills = await broker.fills(sent.submittedAt, [symbol]);
        costs.push(fills.at(-1)!.commission);
      }
      expect(costs).toEqual([0.2, 0.2, null]);
      // What was bought is not all there, where the fee was taken from it.
      expect(await broker.positions()).toEqual([{ symbol, quantity: 5.998, averagePrice: null }]);
    }));

  test('lot, tick, least quantity and least value are the market’s', () =>
    inHouse(async ({ broker }) => {
      expect(await broker.instruments(['BTCUSDT', 'ETH/USDT'])).toEqual([
        {
          ...{ symbol, isTradable: true, isShortable: false },
          ...{ lot: 0.001, tick: 0.01, leastQuantity: 0.001, leastValue: 5 },
        },
      ]);
    }));

  test('more than a page holds comes whole, each once, and only bars that are over', () =>
    inHouse(async ({ house, broker }) => {
      const sent = await broker.submit({ ...base, clientId: 'many' });
      for (let i = 0; i < 1200; i++) house.trade(0.001);
      const fills = await broker.fills(sent.submittedAt, ['BTCUSDT', 'ETHUSDT']);
      expect(new Set(fills.map(({ id }) => id)).size).toBe(1200);
      expect(fills).toHaveLength(1200);

      const minute = Math.floor(Date.now() / 60_000) * 60_000;
      house.history = Array.from({ length: 1300 }, (_, i) => [
        ...([minute - (1299 - i) * 60_000, 1, 2, 0.5, 1.5] as const),
      ]);
      const bars = await broker.bars([symbol], '1m', minute / 1000 - 1250 * 60);
      expect(bars.at).toHaveLength(1250);
      expect(bars.at.at(-1)).toBe(minute / 1000 - 60);
      expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([
        ...[1, 2, 0.5, 1.5, 5],
      ]);
    }));
});

describe('what cannot be done safely is not opened', () => {
  test.each([
    ['ccxt has no exchange “nowhere”', { exchange: 'nowhere' }],
    ['Set CCXT_API_KEY and CCXT_SECRET', { keys: { ...keys, secret: '' } }],
    ['kraken has no sandbox', { exchange: 'kraken' }],
    ['No real money on kraken', { exchange: 'kraken', isReal: true }],
    ['Real money is traded on binance, binanceus', { exchange: 'coinbase', isReal: true }],
  ])('%s', async (words, more) => {
    await expect(openExchange(access(more))).rejects.toThrow(words);
  });

  test.each([
    [false, 'https://testnet.binance.vision'],
    [true, 'https://api.binance.com'],
  ])('real money: %s calls %s alone', async (isReal, origin) => {
    const called: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      called.push(new URL(url).origin);
      return Promise.resolve(new Response('{}', { status: 404 }));
    });
    try {
      await openExchange(access({ isReal })).catch(() => undefined);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(new Set(called)).toEqual(new Set([origin]));
  });
});
