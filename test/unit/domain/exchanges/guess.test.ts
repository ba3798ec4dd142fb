import { describe, expect, it, test } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import type { ExchangeCode } from '../../../../src/domain/exchanges/exchanges.ts';
import { guessExchange } from '../../../../src/domain/exchanges/guess.ts';
import { sessionColumns, sessions } from '../../../../src/domain/exchanges/sessions.ts';

describe('by symbols', () => {
  test.each([
    ['7203.T', 'XTKS'],
    ['VOD.L', 'XLON'],
    ['sap.de', 'XETR'],
    ['0700.HK', 'XHKG'],
    ['600519.SS', 'XSHG'],
    ['000001.SZ', 'XSHE'],
    ['INFY.NS', 'XNSE'],
    ['PETR4.SA', 'BVMF'],
    ['BTC-USD', 'CRYPTO'],
    ['BTCUSDT', 'CRYPTO'],
    ['ETH/BTC', 'CRYPTO'],
    ['EURUSD', 'FOREX'],
    ['EUR/USD', 'FOREX'],
    ['EURUSD=X', 'FOREX'],
    ['ES=F', 'CMES'],
    ['AAPL', null],
    ['BRK.B', null],
    ['CL=F', null],
  ])('%s is of %s', (symbol, exchange) => {
    expect(guessExchange({ symbols: [symbol] })?.exchange ?? null).toBe(exchange);
  });

  it('all of them must say the same', () => {
    expect(guessExchange({ symbols: ['7203.T', '6758.T'] })).toEqual({
      exchange: 'XTKS',
      why: 'All symbols are, such as “7203.T”, written as symbols of XTKS are.',
    });
    expect(guessExchange({ symbols: ['7203.T', 'VOD.L'] })).toBeNull();
    expect(guessExchange({ symbols: ['7203.T', 'AAPL'] })).toBeNull();
  });
});

describe('by dates', () => {
  const guess = (code: ExchangeCode, drop: (i: number) => boolean = () => false): string | null => {
    const from = dayFromIso(code === 'XSAU' ? '2021-02-01' : '2014-01-01');
    const { day } = sessionColumns(code, from, dayFromIso('2023-12-31'));
    return (
      guessExchange({ symbols: ['X'], days: day.filter((_, i) => !drop(i)) })?.exchange ?? null
    );
  };

  test.each([
    'XNYS',
    'XTSE',
    'XLON',
    'XETR',
    'XTKS',
    'XHKG',
    'XSHG',
    'XSAU',
    'XBOM',
    'CRYPTO',
  ] as const)('%s', (code) => {
    expect(guess(code)).toBe(code);
    expect(guess(code, (i) => i % 100 === 7)).toBe(code); // with gaps
  });

  it('of exchanges that kept the same days it names none', () => {
    expect(guess('XPAR')).toBeNull();
    expect(guess('XAMS')).toBeNull();
  });

  it('says why', () => {
    const { day } = sessionColumns('XTKS', dayFromIso('2022-01-01'), dayFromIso('2023-12-31'));
    const days = day.filter((_, i) => i !== 5);
    expect(guessExchange({ symbols: ['X'], days })).toEqual({
      exchange: 'XTKS',
      why: '489 of 489 dates are in sessions of XTKS, which had 1 more.',
    });
  });

  it('few days, or days of no exchange, say nothing', () => {
    expect(guess('XNYS', (i) => i > 40)).toBeNull();
    expect(guess('XNYS', (i) => i % 3 === 0)).toBeNull();
    expect(guessExchange({ symbols: [] })).toBeNull();
  });
});

describe('by hours', () => {
  const year = ['2023-01-01', '2023-12-31'].map(dayFromIso) as [number, number];
  /** From the beginning of each part of a session on. */
  function bars(code: ExchangeCode, length: number): Float64Array {
    const opens: number[] = [];
    for (const { open, breakStart, breakEnd, close } of sessions(code, ...year)) {
      for (let at = open; at < (breakStart ?? close); at += length) opens.push(at);
      if (breakEnd !== null) for (let at = breakEnd; at < close; at += length) opens.push(at);
    }
    return Float64Array.from(opens);
  }

  test.each([
    'XNYS',
    'XLON',
    'XPAR',
    'XTKS',
    'XHKG',
    'XSHG',
    'XASX',
    'CMES',
    'FOREX',
    'CRYPTO',
  ] as const)('%s', (code) => {
    const found = (length: number): string | null =>
      guessExchange({ symbols: [], opens: bars(code, length) })?.exchange ?? null;
    expect(found(1800)).toBe(code === 'XPAR' ? null : code); // Paris, Amsterdam and Brussels are one
    expect(found(3600)).toBe(code === 'XPAR' ? null : code);
  });
});
