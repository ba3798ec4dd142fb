/** Each source against a server that speaks as it is documented to. */
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { sourceOf } from '../../../src/domain/sources/registry.ts';
import { queryOf } from '../../../src/domain/sources/query.ts';
import { collect } from '../../../workers/services/remote/collect.ts';
import { type Server, errorOf, ports, serve } from './server.ts';

let server: Server;
afterEach(() => server.close());

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const json = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
};
const csv = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'Content-Type': 'text/csv' }).end(text);
};
const parametersOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URL(url, 'http://x').searchParams;

const collected = (
  id: string,
  symbols: string,
  { from = '2024-01-01', to = '2024-01-03', keys = [] as string[], options = {} } = {},
) => {
  const typed = { symbols, from, to, keys, options, origin: server.origin };
  const at = '2024-06-01T10:00:00.000Z';
  return collect(queryOf(sourceOf(id), typed), { ports, at, onProgress: () => undefined });
};

describe('wikimedia', () => {
  it('gives the views of an article, under the symbol that it stands for', async () => {
    server = await serve((_, response) => {
      const item = (timestamp: string, views: number) => ({
        project: 'en.wikipedia',
        article: 'Apple_Inc.',
        granularity: 'daily',
        timestamp,
        access: 'all-access',
        agent: 'user',
        views,
      });
      json(response, { items: [item('2024010100', 9500), item('2024010200', 11000)] });
    });
    const { name, csv, provenance } = await collected('wikimedia', 'AAPL=Apple Inc.');
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/api/rest_v1/metrics/pageviews/per-article/en.wikipedia/all-access/user/Apple_Inc./daily/20240101/20240103',
    ]);
    expect(name).toBe('AAPL-wikimedia.csv');
    expect(csv).toBe('date,symbol,views\n2024-01-01,AAPL,9500\n2024-01-02,AAPL,11000\n');
    expect(provenance).toMatchObject({
      query: { symbols: { AAPL: 'Apple Inc.' }, from: '2024-01-01', to: '2024-01-03' },
      fetchedAt: '2024-06-01T10:00:00.000Z',
      terms: expect.stringContaining('CC0'),
      rows: 2,
      from: '2024-01-01',
      to: '2024-01-02',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('binance', () => {
  const bar = (opened: number) => [
    opened,
    '42283.58000000',
    '44184.10000000',
    '42180.77000000',
    '44179.55000000',
    '27174.29903000',
    opened + 86_399_999,
    '1169996409.16',
    1126448,
    '13887.1',
    '598042671.9',
    '0',
  ];

  it('is asked page by page, a thousand bars each', async () => {
    server = await serve((request, response) => {
      const parameters = parametersOf(request);
      const [start, end] = ['startTime', 'endTime'].map((one) => Number(parameters.get(one)));
      const bars = [];
      for (
        let at = Math.ceil(start! / 864e5) * 864e5;
        at <= end! && bars.length < 1000;
        at += 864e5
      )
        bars.push(bar(at));
      json(response, bars);
    });
    const { csv, provenance } = await collected('binance', 'BTCUSDT', {
      from: '2018-01-01',
      to: '2023-12-31',
    });
    expect(server.asked).toHaveLength(3);
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'date,symbol,open,high,low,close,volume',
      '2018-01-01,BTCUSDT,42283.58000000,44184.10000000,42180.77000000,44179.55000000,27174.29903000',
    ]);
    expect(provenance).toMatchObject({ rows: 2191, from: '2018-01-01', to: '2023-12-31' });
    expect(provenance.addresses).toEqual([`${server.origin}/api/v3/klines?…`]);
  });

  it('leaves out the bar of a day that is not over', async () => {
    server = await serve((_, response) => {
      json(
        response,
        ['2024-05-31', '2024-06-01'].map((one) => bar(day(one))),
      );
    });
    const { csv, told } = await collected('binance', 'BTCUSDT', { to: '2024-06-01' });
    expect(csv).toContain('2024-05-31');
    expect(csv).not.toContain('2024-06-01');
    expect(told).toEqual(['One row is left out: 2024-06-01 is not over (UTC).']);
  });
});

describe('coinbase', () => {
  it('is asked in windows of 300 days; its candles come newest first, low before high', async () => {
    server = await serve((request, response) => {
      const parameters = parametersOf(request);
      const candles = [];
      for (
        let at = day(parameters.get('end')!.slice(0, 10));
        at >= day(parameters.get('start')!.slice(0, 10));
        at -= 864e5
      )
        candles.push([at / 1000, 9, 12, 10, 11, 1.5]);
      json(response, candles);
    });
    const { csv, provenance } = await collected('coinbase', 'BTC-USD', {
      from: '2022-01-01',
      to: '2023-12-31',
    });
    expect(server.asked).toHaveLength(3);
    expect(csv.split('\n').slice(1, 3)).toEqual([
      '2022-01-01,BTC-USD,10,12,9,11,1.5',
      '2022-01-02,BTC-USD,10,12,9,11,1.5',
    ]);
    expect(provenance.rows).toBe(730);
  });
});

describe('kraken', () => {
  it('gives bars under a name of its own, and faults with status 200', async () => {
    server = await serve((request, response) => {
      if (parametersOf(request).get('pair') === 'XBTUSD')
        json(response, {
          error: [],
          result: {
            XXBTZUSD: [
              [
                day('2024-01-01') / 1000,
                '37000.0',
                '37500.0',
                '36800.0',
                '37200.0',
                '37100.0',
                '150.5',
                320,
              ],
            ],
            last: day('2024-01-01') / 1000,
          },
        });
      else json(response, { error: ['EQuery:Unknown asset pair'] });
    });
    expect((await collected('kraken', 'BTC=XBTUSD')).csv).toContain(
      '2024-01-01,BTC,37000.0,37500.0,36800.0,37200.0,150.5\n',
    );
    expect(await errorOf(collected('kraken', 'NONE'))).toMatchObject({
      problem: 'Kraken gave no bars for NONE.',
      place: { value: 'EQuery:Unknown asset pair' },
    });
  });
});

describe('frankfurter', () => {
  it('gives rates of the ECB as a series with the name of its pair', async () => {
    server = await serve((_, response) => {
      json(response, {
        amount: 1,
        base: 'EUR',
        start_date: '2024-01-02',
        end_date: '2024-01-03',
        rates: { '2024-01-02': { USD: 1.0956 }, '2024-01-03': { USD: 1.0919 } },
      });
    });
    const { csv } = await collected('frankfurter', 'USD');
    expect(csv).toBe('date,series,value\n2024-01-02,EURUSD,1.0956\n2024-01-03,EURUSD,1.0919\n');
    expect(server.asked[0]!.path).toBe('/v1/2024-01-01..2024-01-03?base=EUR&symbols=USD');
  });
});

describe('fred', () => {
  it('gives a series, without the days that have no value', async () => {
    server = await serve((_, response) => {
      csv(response, 'observation_date,VIXCLS\n2024-01-01,\n2024-01-02,13.20\n2024-01-03,.\n');
    });
    const { csv: text } = await collected('fred', 'VIX=VIXCLS');
    expect(text).toBe('date,series,value\n2024-01-02,VIX,13.20\n');
    expect(server.asked[0]!.path).toBe(
      '/graph/fredgraph.csv?id=VIXCLS&cosd=2024-01-01&coed=2024-01-03',
    );
  });
});

describe('with keys', () => {
  it('alpaca: two headers, and pages by token', async () => {
    server = await serve((request, response) => {
      const bars = (t: string) => [
        { t, o: 187.15, h: 188.44, l: 183.885, c: 185.64, v: 82488700, n: 1, vw: 1 },
      ];
      if (parametersOf(request).get('page_token') === 'more')
        json(response, {
          bars: bars('2024-01-03T05:00:00Z'),
          next_page_token: null,
          symbol: 'AAPL',
        });
      else
        json(response, {
          bars: bars('2024-01-02T05:00:00Z'),
          next_page_token: 'more',
          symbol: 'AAPL',
        });
    });
    const { csv } = await collected('alpaca', 'AAPL', { keys: ['PKTEST', 'sEcReT'] });
    expect(csv.split('\n').slice(1, 3)).toEqual([
      '2024-01-02,AAPL,187.15,188.44,183.885,185.64,82488700',
      '2024-01-03,AAPL,187.15,188.44,183.885,185.64,82488700',
    ]);
    expect(server.asked[0]!.headers).toMatchObject({
      'apca-api-key-id': 'PKTEST',
      'apca-api-secret-key': 'sEcReT',
    });
  });

  it('tiingo: adjusted prices, or raw ones', async () => {
    server = await serve((_, response) => {
      json(response, [
        {
          date: '2024-01-02T00:00:00.000Z',
          open: 10,
          high: 12,
          low: 9,
          close: 11,
          volume: 5,
          adjOpen: 5,
          adjHigh: 6,
          adjLow: 4.5,
          adjClose: 5.5,
          adjVolume: 10,
          divCash: 0,
          splitFactor: 1,
        },
      ]);
    });
    const keys = ['t0ken'];
    expect((await collected('tiingo', 'AAPL', { keys })).csv).toContain('AAPL,5,6,4.5,5.5,10');
    const raw = await collected('tiingo', 'AAPL', { keys, options: { prices: 'raw' } });
    expect(raw.csv).toContain('AAPL,10,12,9,11,5');
    expect(server.asked[0]!.headers.authorization).toBe('Token t0ken');
  });

  it('alpha-vantage: the key is in the address, and stands in no provenance', async () => {
    server = await serve((_, response) => {
      csv(
        response,
        'timestamp,open,high,low,close,volume\r\n2024-01-03,10,12,9,11,5\r\n2024-01-02,9,11,8,10,4\r\n',
      );
    });
    const answer = await collected('alpha-vantage', 'IBM', { keys: ['hunter2hunter2'] });
    expect(answer.csv.split('\n').slice(1, 3)).toEqual([
      '2024-01-02,IBM,9,11,8,10,4',
      '2024-01-03,IBM,10,12,9,11,5',
    ]);
    expect(server.asked[0]!.path).toContain('apikey=hunter2hunter2');
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('alpha-vantage: a fault with status 200 that repeats the key', async () => {
    server = await serve((_, response) => {
      json(response, {
        Information:
          'We have detected your API key as hunter2hunter2 and our limit is 25 requests per day.',
      });
    });
    const error = await errorOf(collected('alpha-vantage', 'IBM', { keys: ['hunter2hunter2'] }));
    expect(error.problem).toBe('Alpha Vantage gave no bars for IBM.');
    expect(error.place?.value).toContain('your API key as …');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it('finnhub: columns beside one another, and “no_data”', async () => {
    let answer: object = {
      s: 'ok',
      t: [day('2024-01-02') / 1000],
      o: [10],
      h: [12],
      l: [9],
      c: [11],
      v: [5],
    };
    server = await serve((_, response) => json(response, answer));
    const keys = ['t0ken'];
    expect((await collected('finnhub', 'AAPL', { keys })).csv).toContain(
      '2024-01-02,AAPL,10,12,9,11,5',
    );
    expect(server.asked[0]!.headers['x-finnhub-token']).toBe('t0ken');
    answer = { s: 'no_data' };
    expect((await errorOf(collected('finnhub', 'AAPL', { keys }))).problem).toMatch(
      /has nothing for/,
    );
    answer = { error: "You don't have access to this resource." };
    expect((await errorOf(collected('finnhub', 'AAPL', { keys }))).place?.value).toMatch(/access/);
  });

  it('a key that is missing, or that would go over an open line, stops it before any call', async () => {
    server = await serve((_, response) => response.end());
    expect(() => collected('tiingo', 'AAPL')).toThrow(/needs a key: API token.*TIINGO_API_KEY/);
    const typed = {
      symbols: 'AAPL',
      from: '2024-01-01',
      to: '2024-01-02',
      keys: ['k3y'],
      options: {},
      origin: 'http://proxy.example',
    };
    const query = queryOf(sourceOf('tiingo'), typed);
    const at = '2024-06-01T10:00:00.000Z';
    expect(
      (await errorOf(collect(query, { ports, at, onProgress: () => undefined }))).problem,
    ).toMatch(/not sent over plain http/);
    expect(server.asked).toEqual([]);
  });
});

describe('any source', () => {
  const ids = [
    'wikimedia',
    'binance',
    'coinbase',
    'kraken',
    'frankfurter',
    'fred',
    'alpaca',
    'tiingo',
    'alpha-vantage',
    'finnhub',
  ];
  const keys = ['s3cret-key-1', 's3cret-key-2'];

  it.each(ids)('%s: what is not as documented is refused, and no key is told', async (id) => {
    for (const body of ['', '{}', '[]', 'null', '[[1]]', '{"items":[{}]}', 'x,y\n1,2', 'echo']) {
      server = await serve(({ url, headers }, response) => {
        csv(response, body === 'echo' ? JSON.stringify({ error: [url, headers] }) : body);
      });
      const error = await errorOf(collected(id, 'X', { keys }));
      expect(error.kind).toBe('network');
      expect(JSON.stringify(error)).not.toMatch(/s3cret|undefined|NaN|\[object/);
      server.close();
    }
  });

  it('one symbol that fails ends the rest', async () => {
    server = await serve(({ url }, response) => {
      if (url!.includes('BAD')) response.writeHead(404).end();
      else setTimeout(() => response.end('observation_date,X\n2024-01-02,1\n'), 5);
    });
    const many = Array.from({ length: 40 }, (_, i) => `S${i}`).join();
    expect((await errorOf(collected('fred', `BAD,${many}`))).problem).toMatch(
      /nothing at this address/,
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });

  it('its pace is kept', async () => {
    const times: number[] = [];
    server = await serve((_, response) => {
      times.push(performance.now());
      response.end('observation_date,X\n2024-01-02,1\n');
    });
    await collected('fred', 'A,B,C,D,E');
    expect(times[4]! - times[0]!).toBeGreaterThan(1900);
  });
});
