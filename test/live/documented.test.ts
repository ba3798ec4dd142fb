import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { BinanceStandIn } from './binance/stand-in.ts';
import * as binance from './binance/answers.ts';
import * as alpaca from './alpaca/answers.ts';
import { Market, type Wanted } from './alpaca/market.ts';
import { AlpacaStandIn } from './alpaca/stand-in.ts';

type Samples = Readonly<Record<string, { readonly source: string; readonly sample: object }>>;
const samplesOf = (house: string): Samples =>
  JSON.parse(readFileSync(`test/live/${house}/documented.json`, 'utf8')) as Samples;

/** What a value is: numbers written as texts are not numbers, nor texts. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [formOf(value[0])];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, formOf(one)]));
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'decimal';
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? 'instant' : 'text';
}

const order: Wanted = {
  ...{ clientId: 'outsample0001', symbol: 'SPY', side: 'buy', quantity: 10, type: 'limit' },
  ...{ lasting: 'day', limit: 99, stop: null, group: 'simple' },
};

describe('the stand-in of Alpaca answers as documented', () => {
  const samples = samplesOf('alpaca');

  test('orders, field by field', () => {
    const taken = alpaca.orderAnswer(new Market().take(order, null), true);
    expect(formOf(taken)).toEqual(formOf(samples['order']!.sample));
    expect(Object.keys(taken)).toEqual(Object.keys(samples['order']!.sample));
  });

  test('accounts, as far as they are told', () => {
    const told = formOf(alpaca.accountAnswer(new Market(), {})) as object;
    expect(formOf(samples['account']!.sample)).toMatchObject(told);
  });

  test('errors and the stream', async () => {
    const errors = [alpaca.errorAnswer(1, 'no'), samples['error']!.sample];
    expect(formOf(errors[0])).toEqual(formOf(errors[1]));
    const house = new AlpacaStandIn({ id: 'id', secret: 'secret' });
    const { stream } = await house.open();
    const socket = new WebSocket(stream);
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'listen', data: { streams: ['trade_updates'] } }));
    const [told] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(told.toString())).toEqual(samples['listening']!.sample);
    house.close();
  });
});

test('the stand-in of Binance answers as documented', () => {
  const samples = samplesOf('binance');
  const house = new BinanceStandIn({ key: 'key', secret: 'secret' });
  house.orders.push({
    ...{ id: 1, clientId: 'outsample0001', side: 'BUY', type: 'LIMIT', quantity: 2, price: 100 },
    ...{ stop: 0, at: 1_772_463_600_000, status: 'NEW', filled: 0, value: 0 },
  });
  house.trade(1);
  const [one] = house.orders;
  const { symbols } = binance.infoAnswer() as { readonly symbols: readonly object[] };
  const told = {
    sent: binance.sentAnswer(one!),
    order: binance.orderAnswer(one!),
    trade: binance.tradeAnswer(house.trades[0]!),
    account: binance.accountAnswer({ BTC: 1 }),
    ticker: binance.tickerAnswer(100),
    symbol: { ...symbols[0], filters: [] },
  };
  for (const [name, answer] of Object.entries(told))
    expect([name, formOf(answer)]).toEqual([name, formOf(samples[name]!.sample)]);
});
