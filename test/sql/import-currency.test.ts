// Prices in several currencies: converted by the macro file's rates, or refused.
import { beforeAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { barLines, errorOf, faultOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

/** One bar per line: symbol, date, price, currency. */
const bars = (...lines: string[]): InputFile =>
  file(
    'bars.csv',
    `symbol,date,open,high,low,close,currency\n${lines
      .map((line) => line.split(' '))
      .map(
        ([symbol, date, price, currency = '']) =>
          `${symbol},${date},${price},${price},${price},${price},${currency}\n`,
      )
      .join('')}`,
  );
const rates = (...lines: string[]): InputFile =>
  file('rates.csv', `series,date,value\n${lines.join('\n')}\n`, { role: 'macro' });
const closes = async (...files: InputFile[]): Promise<string[]> =>
  barLines(await importAll(engine, files)).map((line) =>
    line
      .split(' ')
      .filter((_, i) => [0, 1, 5].includes(i))
      .join(' '),
  );

const both = bars(
  'AAPL 2020-01-06 8 USD',
  'AAPL 2020-01-07 8 USD',
  'SAP 2020-01-06 100 EUR',
  'SAP 2020-01-07 100 EUR',
);

describe('currencies', () => {
  it('one is a fact of the dataset; none is null', async () => {
    const currency = async (...files: InputFile[]) =>
      (await importAll(engine, files)).summary.facts.currency;
    expect(await currency(bars('SAP 2020-01-06 100 eur'))).toBe('EUR');
    expect(await currency(bars('VOD 2020-01-06 100 GBp'))).toBe('GBX');
    expect(await currency(bars('SAP 2020-01-06 100 '))).toBeNull();
    expect(
      await currency(
        bars('SAP 2020-01-06 100 '),
        file('u.csv', 'symbol,from,to,currency\nSAP,2000-01-01,,EUR\n'),
      ),
    ).toBe('EUR');
  });

  it('several are converted at the newest rate dated before each bar', async () => {
    const macro = rates(
      'EURUSD,2020-01-03,1.25',
      'EURUSD,2020-01-06,1.5',
      'EURUSD,2020-01-07,99',
      'VIX,2020-01-06,20',
    );
    expect(await closes(both, macro)).toEqual([
      'AAPL 2020-01-06 8',
      'AAPL 2020-01-07 8',
      'SAP 2020-01-06 125',
      'SAP 2020-01-07 150',
    ]);
    const { facts, notes } = (await importAll(engine, [both, macro])).summary;
    expect(facts).toMatchObject({ currency: 'USD', macro: ['VIX'] });
    expect(notes.map(({ text }) => text)).toContain(
      'Prices in EUR (1 symbol) are converted to USD, each bar at the newest rate dated before it; volume is as given.',
    );
  });

  it('a rate published late counts from then', async () => {
    const macro = file(
      'rates.csv',
      'series,date,value,available_at\nEURUSD,2020-01-02,1.25,2020-01-02\nEURUSD,2020-01-03,2,2020-01-07\n',
      { role: 'macro' },
    );
    expect((await closes(both, macro)).slice(2)).toEqual([
      'SAP 2020-01-06 125',
      'SAP 2020-01-07 200',
    ]);
  });

  it('the base is where all rates lead to, of two the more frequent currency', async () => {
    const there = ['EURUSD,2020-01-05,2', 'USDEUR,2020-01-05,0.5'];
    expect(await closes(both, bars2('BMW 2020-01-06 50 EUR'), rates(...there))).toContain(
      'AAPL 2020-01-06 4',
    );
    expect((await importAll(engine, [both, rates(...there)])).summary.facts.macro).toEqual([]);
    expect(await closes(both, bars2('BMW 2020-01-06 50 EUR'), rates(there[0]!))).toContain(
      'BMW 2020-01-06 100',
    );
  });
  const bars2 = (...lines: string[]): InputFile => ({ ...bars(...lines), name: 'more.csv' });

  it('rates may stand side by side, and with a stroke', async () => {
    const wide = file('fx.csv', 'date,EUR/USD,GBPUSD=X\n2020-01-05,2,3\n');
    expect(await closes(both, bars2('VOD 2020-01-06 10 GBP'), wide)).toContain('VOD 2020-01-06 30');
  });

  it('several without rates are refused with the remedy', async () => {
    expect(await errorOf(importAll(engine, [both, bars2('BMW 2020-01-06 50 EUR')]))).toMatchObject({
      problem: 'The symbols’ prices are in several currencies: EUR (2), USD (1).',
      remedy:
        'Add daily rates to the macro data, as series such as USDEUR (the price of 1 USD in EUR), or import one currency at a time.',
    });
  });

  const bad: readonly [files: InputFile[], fault: object][] = [
    [
      [both, rates('EURUSD,2019-12-29,1.1')],
      {
        problem: 'There is no rate EURUSD in the 7 days before SAP’s bar of 2020-01-06.',
        file: 'bars.csv',
        line: 4,
        value: '2020-01-06',
      },
    ],
    [
      [both, rates('EURUSD,2020-01-05,0')],
      { problem: 'The rate EURUSD of 2020-01-05 is not above zero.' },
    ],
    [
      [bars('SAP 2020-01-06 1 EUR', 'SAP 2020-01-07 1 USD')],
      {
        problem: 'SAP is in EUR above.',
        file: 'bars.csv',
        line: 3,
        column: 'currency',
        value: 'USD',
      },
    ],
    [
      [bars('SAP 2020-01-06 1 €')],
      { problem: 'This is not a currency.', line: 2, column: 'currency', value: '€' },
    ],
  ];
  it.each(bad)('%# is refused', async (files, fault) => {
    expect(await faultOf(importAll(engine, files))).toMatchObject(fault);
  });
});
