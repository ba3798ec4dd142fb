import { afterAll, beforeAll, expect, it } from 'vitest';
import { alpacaView } from '../../../src/domain/live/alpaca-view.ts';
import { readAlpaca } from '../../../workers/services/remote/alpaca-account.ts';
import { AlpacaStandIn } from '../../live/alpaca/stand-in.ts';
import { planted } from '../../secrets.ts';

const keys = { id: planted[0]!, secret: planted[3]! };
const house = new AlpacaStandIn(keys);
let host = '';
beforeAll(async () => {
  ({ trading: host } = await house.open());
});
afterAll(() => {
  house.close();
});
const ports = { fetch: globalThis.fetch, isPage: false, isSecurePage: false, pause: 1 };

it('an account is read with its positions, working orders and hours; keys go in headers alone', async () => {
  const order = { symbol: 'SPY', side: 'buy', quantity: 3, type: 'market' } as const;
  const rest = { limit: null, stop: null, group: 'simple' } as const;
  house.market.take({ ...order, ...rest, clientId: 'a', lasting: 'day' }, null);
  house.market.bar('SPY', { open: 100, high: 101, low: 99, close: 100, volume: 1e6 });
  const limit = { ...order, ...rest, clientId: 'b', type: 'limit', lasting: 'gtc' } as const;
  house.market.take({ ...limit, limit: 90 }, null);
  const { account, clock, positions, orders } = await readAlpaca(host, keys, ports);
  expect(account).toMatchObject({ currency: 'USD', blocked: null });
  expect(typeof clock.isOpen).toBe('boolean');
  expect(positions).toMatchObject([{ symbol: 'SPY', quantity: 3, averagePrice: 100 }]);
  expect(orders).toEqual([
    {
      symbol: 'SPY',
      side: 'buy',
      quantity: 3,
      filled: 0,
      kind: 'limit',
      limit: 90,
      stop: null,
      status: 'new',
    },
  ]);
  for (const { method, path, query } of house.server.calls) {
    expect(method).toBe('GET');
    expect(`${path}${query.toString()}`).not.toContain(keys.id);
  }
});

it('a refused key, and what is not as documented, are told without the keys', async () => {
  const told = async (asked: Promise<unknown>) => {
    const error: unknown = await asked.catch((error: unknown) => error);
    const text = JSON.stringify((error as { data?: unknown }).data);
    for (const key of planted) expect(text).not.toContain(key);
    return text;
  };
  expect(await told(readAlpaca(host, { ...keys, secret: planted[7]! }, ports))).toContain(
    'asks who is calling',
  );
  house.server.order('ask', 'no-json-after');
  expect(await told(readAlpaca(host, keys, ports))).toContain('network');
  await expect(readAlpaca('http://alpaca.example', keys, ports)).rejects.toThrow('plain http');
  expect(() => alpacaView(['{}', '{}', '[]', '[]'])).toThrow('lacks a text');
  expect(() => alpacaView(['<html>', '{}', '[]', '[]'])).toThrow('no JSON');
});
