// What instruments and cash events files become: checked, linked into the bars, and read by the lab.
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import { barLines, errorOf, faultOf, file, importAll } from '../unit/import/importing.ts';
import { rows } from './rows.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

/** One bar per line: symbol, date, open, close, volume. */
const bars = (...lines: string[]): InputFile =>
  file(
    'bars.csv',
    `symbol,date,open,high,low,close,volume\n${lines
      .map((line) => line.split(' '))
      .map(([symbol, date, open, close = open, volume = '1000']) => {
        const [high, low] = [
          Math.max(Number(open), Number(close)),
          Math.min(Number(open), Number(close)),
        ];
        return `${symbol},${date},${open},${high},${low},${close},${volume}\n`;
      })
      .join('')}`,
  );
const instruments = (header: string, ...lines: string[]): InputFile =>
  file('instruments.csv', `${header}\n${lines.join('\n')}\n`);
const events = (header: string, ...lines: string[]): InputFile =>
  file('events.csv', `${header}\n${lines.join('\n')}\n`);
const notesOf = ({ summary }: Dataset): string[] => summary.notes.map(({ text }) => text);
const contractsOf = async (...files: InputFile[]) =>
  (await importAll(engine, files)).market.contracts;

// Opens and closes around Apple's two newest splits, 7 for 1 and 4 for 1, as they were traded: rounded, volume invented.
const apple = bars(
  'AAPL 2014-06-05 646 647 2800',
  'AAPL 2014-06-06 650 645.57 2800',
  'AAPL 2014-06-09 92.7 93.7 28000',
  'AAPL 2020-08-28 504 499.23 2800',
  'AAPL 2020-08-31 127.58 129.04 56000',
);
/** Without a spell over the gap the two halves would be two companies. */
const listed = file('universe.csv', 'symbol,from,to\nAAPL,1980-12-12,\n');
const splits = events('symbol,date,split', 'AAPL,2014-06-09,7:1', 'AAPL,2020-08-31,4:1');

describe('splits', () => {
  it('are linked forward: prices times, volume by, all of them since the first bar', async () => {
    const dataset = await importAll(engine, [apple, listed, splits]);
    expect(barLines(dataset)).toEqual([
      'AAPL 2014-06-05 646 647 646 647 2800',
      'AAPL 2014-06-06 650 650 645.57 645.57 2800',
      `AAPL 2014-06-09 ${92.7 * 7} ${93.7 * 7} ${92.7 * 7} ${93.7 * 7} 4000`,
      `AAPL 2020-08-28 ${504 * 7} ${504 * 7} ${499.23 * 7} ${499.23 * 7} 400`,
      `AAPL 2020-08-31 ${127.58 * 28} ${129.04 * 28} ${127.58 * 28} ${129.04 * 28} 2000`,
    ]);
    expect([...dataset.market.contracts!.splits!]).toEqual([1, 1, 7, 7, 28]);
    expect(dataset.market.contracts!.dividend).toBeNull();
    expect(notesOf(dataset).filter((text) => /split/.test(text))).toEqual([
      expect.stringMatching(/^Prices are linked over splits: AAPL \(2\)/),
    ]);
  });

  const spans: readonly [written: string, shares: number][] = [
    ['4', 4],
    ['4:1', 4],
    ['4/1', 4],
    ['4-for-1', 4],
    ['4 for 1', 4],
    ['4.000000/1.000000', 4],
    ['3:2', 1.5],
    ['0.1', 0.1],
    ['1:10', 0.1],
    ['1-for-10', 0.1],
  ];
  it.each(spans)('%s is %d shares for one', async (written, shares) => {
    const traded = bars('A 2020-01-02 60', `A 2020-01-03 ${60 / shares}`);
    const contracts = await contractsOf(
      traded,
      events('symbol,date,split', `A,2020-01-03,${written}`),
    );
    expect(contracts!.splits![1]).toBe(shares);
  });

  it.each(['four', '4:0', '-2', '4:1:00', '1e9', 'inf'])('%s is none', async (written) => {
    const fault = await faultOf(
      importAll(engine, [apple, events('symbol,date,split', `AAPL,2014-06-09,${written}`)]),
    );
    expect(fault).toMatchObject({
      kind: 'import',
      file: 'events.csv',
      line: 2,
      column: 'split',
      value: written,
    });
  });

  it('that do not jump in the prices are refused: these are adjusted by it already', async () => {
    const adjusted = bars('AAPL 2020-08-28 126 124.8', 'AAPL 2020-08-31 127.58 129.04');
    expect(
      await errorOf(
        importAll(engine, [adjusted, events('symbol,date,split', 'AAPL,2020-08-31,4:1')]),
      ),
    ).toEqual({
      kind: 'import',
      problem:
        'AAPL closes at 124.8 on 2020-08-28 and opens at 127.58 on 2020-08-31: no jump such as a split of 4 for 1 makes, so the prices are adjusted by it already.',
      remedy:
        'Give the prices as they were traded, or leave the split out; dividends must then be per share as the prices are.',
      place: { file: 'events.csv', given: 1, line: 2, column: 'split', value: '4:1' },
    });
    // Nor does one the wrong way round.
    const turned = bars('A 2020-01-02 80', 'A 2020-01-03 20');
    expect(
      await faultOf(importAll(engine, [turned, events('symbol,date,split', 'A,2020-01-03,1:4')])),
    ).toMatchObject({ line: 2 });
  });

  it('on the first bar or before do nothing, and count at the next bar where their date has none', async () => {
    const traded = bars('A 2020-01-02 80', 'A 2020-01-03 80', 'A 2020-01-06 40', 'A 2020-01-07 40');
    const dataset = await importAll(engine, [
      traded,
      events(
        'symbol,date,split',
        'A,2019-06-03,3',
        'A,2020-01-02,5',
        'A,2020-01-04,2',
        'A,2021-01-04,7',
      ),
    ]);
    expect([...dataset.market.contracts!.splits!]).toEqual([1, 1, 2, 2]);
    expect([...dataset.market.close]).toEqual([80, 80, 80, 80]);
    expect(notesOf(dataset)).toContain(
      'Events that do not fall between two bars of their symbol are left out: A (3).',
    );
  });

  it('begin anew with a company that takes over the name', async () => {
    const { market } = await importAll(engine, [apple, splits]);
    expect(market.symbols).toEqual(['AAPL#1', 'AAPL#2']);
    expect([...market.contracts!.splits!]).toEqual([1, 1, 7, 1, 4]);
    expect([...market.close].slice(3)).toEqual([499.23, 129.04 * 4]);
  });

  it('cannot multiply prices without end', async () => {
    const days = Array.from(
      { length: 30 },
      (_, i) => `2020-02-${String(i + 1).padStart(2, '0')}`,
    ).slice(0, 29);
    // Each split a little below what a day tells.
    const flat = bars(...['2020-01-31', ...days].map((day) => `A ${day} 10`));
    const mild = (split: number) =>
      events('symbol,date,split', ...days.map((day) => `A,${day},${split}`));
    expect((await importAll(engine, [flat, mild(1.2)])).market.contracts!.splits![29]).toBeCloseTo(
      1.2 ** 29,
      6,
    );
    const wild = bars(...['2020-01-31', ...days].map((day, i) => `A ${day} ${1e6 / 3 ** i}`));
    expect(await faultOf(importAll(engine, [wild, mild(3)]))).toMatchObject({
      problem: expect.stringMatching(
        /^The splits of A up to 2020-02-19 make 1,162,261,467 shares of one\.$/,
      ) as string,
    });
  });
});

describe('dividends', () => {
  const traded = bars(
    'A 2020-01-02 100',
    'A 2020-01-03 99',
    'A 2020-01-06 49.5',
    'A 2020-01-07 49',
  );

  it('are per unit of the simulation: per share after the splits up to their date', async () => {
    const contracts = await contractsOf(
      traded,
      events(
        'symbol,ex_date,dividend,split',
        'A,2020-01-03,1,',
        'A,2020-01-06,,2',
        'A,2020-01-07,0.5,',
      ),
    );
    expect([...contracts!.dividend!]).toEqual([0, 1, 0, 1]);
    expect([...contracts!.splits!]).toEqual([1, 1, 2, 2]);
  });

  it('that meet at one bar add up, each after the splits before it; one row may have both', async () => {
    const contracts = await contractsOf(
      traded,
      events('symbol,ex_date,dividend,split', 'A,2020-01-04,1,', 'A,2020-01-05,0.5,2'),
    );
    expect([...contracts!.dividend!]).toEqual([0, 0, 2, 0]);
  });

  it('of zero, and splits of 0 or 1, are none, as data vendors write them in every row', async () => {
    const yahoo = events(
      'Date,Open,High,Low,Close,Volume,Dividends,Stock Splits',
      '2020-01-02,1,1,1,1,1,0.0,0.0',
      '2020-01-03,1,1,1,1,1,1.0,0.0',
      '2020-01-06,1,1,1,1,1,0.0,2.0',
      '2020-01-07,1,1,1,1,1,0.0,1.0',
    );
    const { market } = await importAll(engine, [
      traded,
      { ...yahoo, name: 'A.csv', role: 'events' },
    ]);
    expect([...market.contracts!.dividend!]).toEqual([0, 1, 0, 0]);
    expect(rows(await engine.query('SELECT * FROM events'))).toEqual([
      { sym: 0, day: dayFromIso('2020-01-03'), dividend: 1, split: null },
      { sym: 0, day: dayFromIso('2020-01-06'), dividend: null, split: 2 },
    ]);
  });

  const refused: readonly [what: string, rows: string[], fault: object][] = [
    [
      'below zero',
      ['A,2020-01-03,-1,'],
      { problem: 'A dividend must not be negative.', line: 2, column: 'dividend', value: '-1' },
    ],
    [
      'that are no number',
      ['A,2020-01-03,much,'],
      { problem: 'This is not a number.', value: 'much' },
    ],
    [
      'of nothing',
      ['A,2020-01-03,1,', 'A,2020-01-06,,'],
      { problem: 'There is neither a dividend nor a split here.', line: 3 },
    ],
    ['without a symbol', [',2020-01-03,1,'], { problem: 'There is no symbol here.', line: 2 }],
    [
      'without a date',
      ['A,2020-01-06,1,', 'A,,1,'],
      { problem: 'There is no date here.', line: 3 },
    ],
    [
      'twice a day',
      ['A,2020-01-03,1,', 'A,2020-01-03,2,'],
      { problem: 'A has a second dividend on 2020-01-03.', line: 3 },
    ],
    [
      'beside two splits',
      ['A,2020-01-06,,2', 'A,2020-01-06,1,2'],
      { problem: 'A has a second split on 2020-01-06.', line: 3 },
    ],
    [
      'of the whole price',
      ['A,2020-01-03,100,'],
      {
        problem:
          'This dividend is not below the close before it: A closes at 100 on 2020-01-02 and opens at 99 on 2020-01-03.',
      },
    ],
    [
      'that no fall follows',
      ['A,2020-01-03,30,'],
      {
        problem:
          'A closes at 100 on 2020-01-02 and opens at 99 on 2020-01-03: no fall such as a dividend of 30.0\u202f% makes, so the prices are adjusted by it already.',
      },
    ],
  ];
  it.each(refused)('%s are refused', async (_, lines, fault) => {
    const found = await faultOf(
      importAll(engine, [traded, events('symbol,ex_date,dividend,split', ...lines)]),
    );
    expect(found).toMatchObject({ kind: 'import', file: 'events.csv', ...fault });
  });

  it('large ones that the price follows are taken; a row given twice counts once', async () => {
    const special = bars('A 2020-01-02 100', 'A 2020-01-03 71');
    const twice = events('symbol,ex_date,dividend', 'A,2020-01-03,30', 'A,2020-01-03,30');
    expect([...(await contractsOf(special, twice))!.dividend!]).toEqual([0, 30]);
  });

  it('are refused beside an adjusted close, of that symbol alone', async () => {
    const scaled = file(
      'S.csv',
      'date,open,high,low,close,adj close\n2020-01-02,10,10,10,10,9\n2020-01-03,9,9,9,9,9\n',
    );
    const of = (symbol: string) => events('symbol,ex_date,dividend', `${symbol},2020-01-03,1`);
    expect(await faultOf(importAll(engine, [traded, scaled, of('S')]))).toMatchObject({
      problem:
        'The prices of S are scaled to an adjusted close already: its dividends and splits would count twice.',
      file: 'events.csv',
      line: 2,
    });
    expect((await contractsOf(traded, scaled, of('A')))!.dividend).not.toBeNull();
  });

  /** Twenty quarters with a dividend of 1 % each; on ex-dates the open falls by `fall` and a little noise. */
  const quarters = (fall: number): InputFile[] => {
    const dates = Array.from(
      { length: 20 },
      (_, i) => `${2000 + (i >> 2)}-${['01', '04', '07', '10'][i & 3]}`,
    );
    const noise = (i: number) => 0.002 * (((i * 7) % 5) - 2);
    return [
      bars(
        ...dates.flatMap((month, i) => [
          `A ${month}-10 100`,
          `A ${month}-11 ${100 * (1 - fall + noise(i))} 100`,
        ]),
      ),
      file('u.csv', 'symbol,from,to\nA,1990-01-01,\n'),
      events('symbol,ex_date,dividend', ...dates.map((month) => `A,${month}-11,1`)),
    ];
  };
  it('small ones that prices do not fall by are told of together', async () => {
    expect(notesOf(await importAll(engine, quarters(0)))).toContain(
      'Prices look adjusted for dividends already, as they do not fall on ex-dates: A (20 dividends, 22.0\u202f% together). If they are, these dividends count twice and overstate the total return by as much; give the prices as they were traded, or leave the dividends out.',
    );
    expect(notesOf(await importAll(engine, quarters(0.01))).join()).not.toMatch(/ex-dates/);
  });
});

describe('an events file is known', () => {
  const spy = bars('SPY 2020-01-02 100', 'SPY 2020-01-03 99');
  const written: readonly [name: string, header: string, row: string][] = [
    ['SPY.csv', 'Date,Dividends', '2020-01-03,1'],
    [
      'SPY-dividends.csv',
      'Ex/EFF Date,Type,Cash Amount,Payment Date',
      '01/03/2020,Cash,$1,01/31/2020',
    ],
    ['dividends.csv', 'Symbol;Ex-Dividend Date;Amount', 'SPY;2020-01-03;1,0'],
    [
      'd.csv',
      'ticker,ex_dividend_date,cash_amount,declaration_date',
      'SPY,2020-01-03,1,2019-12-01',
    ],
    ['SPY.csv', 'Datum;Dividende', '03.01.2020;1,00'],
  ];
  it.each(written)('%s: %s', async (name, header, row) => {
    const { market, summary } = await importAll(engine, [
      spy,
      file(name, `${header}\n${row}\n`, { dateOrder: 'month-first' }),
    ]);
    expect(summary.files.map(({ role }) => role)).toEqual(['bars', 'events']);
    expect([...market.contracts!.dividend!]).toEqual([0, 1]);
  });

  it('and a macro file stays one', async () => {
    const roles = async (name: string, header: string, row: string) =>
      (await importAll(engine, [spy, file(name, `${header}\n${row}\n`)])).summary.files[1]!.role;
    expect(await roles('shiller.csv', 'Date,SP500,Dividend', '2020-01-02,3200,58')).toBe('macro');
    expect(await roles('oil.csv', 'date,amount', '2020-01-02,60')).toBe('macro');
    expect(await roles('SPY.csv', 'date,close,dividends', '2020-01-02,60,0')).toBe('macro');
  });
});

describe('instruments', () => {
  const traded = bars(
    'ES 2020-01-02 3200.25',
    'ES 2020-01-03 3201.50',
    'GC 2020-01-02 1500.1',
    'GC 2020-01-03 1500.2',
  );

  it('say multiplier, tick, lot and margin; what they do not say is not known', async () => {
    const dataset = await importAll(engine, [
      traded,
      instruments(
        'symbol,multiplier,tick_size,lot_size,margin,exchange',
        'GC,100,,1,,COMEX',
        'ES,50,0.25,,12000,CME',
      ),
    ]);
    const { multiplier, tick, lot, margin, splits: none, dividend } = dataset.market.contracts!;
    expect([multiplier, tick, lot, margin].map((column) => [...column])).toEqual([
      [50, 100],
      [0.25, Number.NaN],
      [Number.NaN, 1],
      [12_000, Number.NaN],
    ]);
    expect([none, dividend]).toEqual([null, null]);
    expect(dataset.summary.files[1]).toMatchObject({ role: 'instruments', rows: 2 });
    expect(dataset.summary.files[1]).not.toHaveProperty('from');
    expect(dataset.summary.notes).toEqual([]);
  });

  it('a multiplier that is not said is 1, and without such files there are no contracts', async () => {
    expect([
      ...(await contractsOf(traded, instruments('symbol,margin', 'ES,9')))!.multiplier,
    ]).toEqual([1, 1]);
    expect(await contractsOf(traded)).toBeUndefined();
  });

  const named: readonly [header: string, field: 'multiplier' | 'tick' | 'lot' | 'margin'][] = [
    ['Contract Multiplier', 'multiplier'],
    ['Point Value', 'multiplier'],
    ['contract_size', 'multiplier'],
    ['Tick', 'tick'],
    ['Min. Tick', 'tick'],
    ['min_price_increment', 'tick'],
    ['Lot', 'lot'],
    ['LotSize', 'lot'],
    ['Initial Margin', 'margin'],
  ];
  it.each(named)('“%s” is a name of %s, by which such a file is known', async (header, field) => {
    const contracts = await contractsOf(traded, instruments(`Ticker,${header}`, 'ES,0.25'));
    expect(contracts![field][0]).toBe(0.25);
  });

  const refused: readonly [what: string, rows: string[], fault: object][] = [
    [
      'zero',
      ['ES,0,'],
      { problem: 'This must be above zero.', line: 2, column: 'multiplier', value: '0' },
    ],
    [
      'negative',
      ['ES,,-0.25'],
      { problem: 'This must be above zero.', column: 'tick', value: '-0.25' },
    ],
    ['infinite', ['ES,inf,'], { problem: 'This is not a number.', value: 'inf' }],
    ['beyond all contracts', ['ES,1e300,'], { problem: 'This must lie between 1e-12 and 1e12.' }],
    ['without a symbol', [',50,'], { problem: 'There is no symbol here.', line: 2 }],
    [
      'said in two ways',
      ['ES,50,', 'ES,50,', 'ES,50,0.25'],
      { problem: 'ES has another instrument above.', line: 4, value: 'ES' },
    ],
  ];
  it.each(refused)('%s are refused', async (_, lines, fault) => {
    const found = await faultOf(
      importAll(engine, [traded, instruments('symbol,multiplier,tick', ...lines)]),
    );
    expect(found).toMatchObject({ kind: 'import', file: 'instruments.csv', ...fault });
  });

  it('need one of their columns', async () => {
    const bare = { ...instruments('symbol,exchange', 'ES,CME'), role: 'instruments' as const };
    expect(await errorOf(importAll(engine, [traded, bare]))).toMatchObject({
      problem: 'There is no column for “multiplier”; the columns are “symbol”, “exchange”.',
      remedy:
        'Name one multiplier: instruments need symbol and one of multiplier, tick_size, lot_size, margin.',
    });
  });

  it('of unknown symbols, and ticks that do not divide the prices, are told', async () => {
    const dataset = await importAll(engine, [
      traded,
      instruments('symbol,tick', 'ES,0.2', 'GC,0.1', 'NQ,0.25'),
    ]);
    expect(notesOf(dataset)).toEqual([
      'No bars for NQ, named in the instruments data: not used.',
      'Prices are no multiples of the tick: ES (2 bars, tick 0.2). Either the tick is another, or the prices are not as printed.',
    ]);
  });

  it('are those of every company under a name', async () => {
    const contracts = await contractsOf(apple, instruments('symbol,lot', 'AAPL,100'));
    expect([...contracts!.lot]).toEqual([100, 100]);
  });
});

describe('beside several currencies', () => {
  const priced = file(
    'bars.csv',
    'symbol,date,open,high,low,close,currency\nA,2020-01-02,10,10,10,10,USD\nA,2020-01-03,10,10,10,10,USD\nA,2020-01-06,10,10,10,10,USD\nS,2020-01-03,20,20,20,20,EUR\nS,2020-01-06,19,19,19,19,EUR\n',
  );
  const rates = file(
    'rates.csv',
    'series,date,value\nEURUSD,2020-01-02,1.25\nEURUSD,2020-01-04,1.5\n',
    { role: 'macro' },
  );
  const goods: readonly [what: string, row: string][] = [
    ['margin', 'S,,,500'],
    ['tick', 'S,,0.5,'],
    ['multiplier', 'S,10,,'],
  ];

  it('a dividend is converted at the rate of its bar', async () => {
    const contracts = await contractsOf(
      priced,
      rates,
      events('symbol,date,dividend', 'S,2020-01-05,1'),
    );
    expect([...contracts!.dividend!]).toEqual([0, 0, 0, 0, 1.5]);
  });

  it.each(goods)('a %s in a converted currency is refused', async (_, row) => {
    expect(
      await errorOf(
        importAll(engine, [
          priced,
          rates,
          instruments('symbol,multiplier,tick,margin', 'A,5,0.01,100', row),
        ]),
      ),
    ).toMatchObject({
      problem:
        'The prices of S are converted to another currency, and what is said of its contract is in its own.',
      remedy: 'Import this currency by itself, or leave tick, margin and multiplier out.',
      place: { file: 'instruments.csv', line: 3 },
    });
  });

  it('instruments may name them', async () => {
    const { summary } = await importAll(engine, [
      apple,
      instruments('symbol,lot,currency', 'AAPL,1,USD'),
    ]);
    expect(summary.facts.currency).toBe('USD');
  });
});

describe('the fingerprint', () => {
  const prints = async (...files: InputFile[]) =>
    (await importAll(engine, files)).summary.fingerprint;

  it('covers what these files say, and is as before without them', async () => {
    const lot = (multiplier: number) => instruments('symbol,multiplier', `AAPL,${multiplier}`);
    const paid = (dividend: number) =>
      events('symbol,date,dividend', `AAPL,2014-06-06,${dividend}`);
    const found: string[] = [];
    for (const more of [[], [lot(1)], [lot(2)], [paid(1)], [paid(2)], [lot(1), paid(1)]])
      found.push(await prints(apple, ...more));
    expect(new Set(found).size).toBe(6);
    const nothing = instruments('symbol,multiplier', 'AAPL,');
    const zero = events('symbol,date,dividend', 'AAPL,2014-06-06,0');
    expect(await prints(apple, nothing, zero)).toBe(found[0]);
  });
});
