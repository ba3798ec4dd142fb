// What the universe file makes of bars: delistings, groups, and two companies under one symbol.
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay, weekday } from '../../src/domain/calendar.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { rows } from './rows.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import { barLines, faultOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

/** A bar on every weekday from `first` to `last`. */
function daily(symbol: string, first: string, last: string, price = 10): string {
  const lines: string[] = [];
  for (let day = dayFromIso(first); day <= dayFromIso(last); day++) {
    if (weekday(day) < 5)
      lines.push(`${symbol},${isoFromDay(day)},${price},${price},${price},${price},5\n`);
  }
  return lines.join('');
}
const bars = (...lines: string[]): InputFile =>
  file('bars.csv', `symbol,date,open,high,low,close,volume\n${lines.join('')}`);
const universe = (...lines: string[]): InputFile =>
  file('universe.csv', `symbol,from,to,delisting_return,sector\n${lines.join('\n')}\n`);
const notesOf = ({ summary }: Dataset): string[] => summary.notes.map(({ text }) => text);
/** 'AAA 2020-01-01 to 2020-06-30', one per symbol. */
const spansOf = ({ summary }: Dataset): string[] =>
  summary.symbols.map((one) => `${one.symbol} ${isoFromDay(one.from)} to ${isoFromDay(one.to)}`);

describe('a symbol is delisted', () => {
  // The other symbol's last bar, and so the dataset's last session, is Friday 2020-01-31.
  const market = daily('ZZZ', '2020-01-01', '2020-01-31');
  const cases: readonly [what: string, lastBar: string, spells: string[], delisting: string][] = [
    [
      'on the day its last spell ends',
      '2020-01-09',
      ['AAA,2010-01-01,2020-01-10,-0.4,'],
      '2020-01-10 -0.4',
    ],
    [
      'after its last bar, where that is dated on the end',
      '2020-01-10',
      ['AAA,2010-01-01,2020-01-10,,'],
      '2020-01-11 NaN',
    ],
    [
      'on the spell’s end, however long bars have stopped',
      '2020-01-02',
      ['AAA,2010-01-01,2020-01-27,0.1,'],
      '2020-01-27 0.1',
    ],
    [
      'not by leaving the index: its bars go on',
      '2020-01-31',
      ['AAA,2010-01-01,2020-01-10,,'],
      'never NaN',
    ],
    [
      'not by coming back',
      '2020-01-09',
      ['AAA,2010-01-01,2020-01-10,-1,', 'AAA,2020-01-20,,,'],
      'never NaN',
    ],
    ['not after the last session', '2020-01-09', ['AAA,2010-01-01,2020-02-03,-1,'], 'never NaN'],
    ['not where its data were cut off', '2020-01-09', ['AAA,2010-01-01,9999-12-31,,'], 'never NaN'],
    ['not without the universe’s word', '2020-01-09', ['ZZZ,2010-01-01,,,'], 'never NaN'],
  ];
  it.each(cases)('%s', async (_, lastBar, spells, delisting) => {
    const { market: found } = await importAll(engine, [
      bars(daily('AAA', '2020-01-01', lastBar), market),
      universe(...spells),
    ]);
    const { delistedOn, delistingReturn } = found.listings!;
    const day = delistedOn[0]!;
    expect(`${day === 2_147_483_647 ? 'never' : isoFromDay(day)} ${delistingReturn[0]}`).toBe(
      delisting,
    );
    expect(delistedOn[1]).toBe(2_147_483_647);
  });

  it('and a return that contradicts its bars is said', async () => {
    const imported = await importAll(engine, [
      bars(market),
      universe('ZZZ,2010-01-01,2020-01-10,-0.4,'),
    ]);
    expect(notesOf(imported)).toContain(
      'The universe gives a delisting return to ZZZ (2020-01-10), but bars go on after that day: it is not booked there.',
    );
  });

  it('only where there is a universe', async () => {
    expect((await importAll(engine, [bars(market)])).market.listings).toBeUndefined();
  });
});

describe('groups and spells', () => {
  const market = bars(
    daily('AAA', '2020-01-01', '2020-01-10'),
    daily('BBB', '2020-01-01', '2020-01-10'),
    daily('CCC', '2020-01-01', '2020-01-10'),
  );

  it('group by symbol, in code-unit order; −1 where there is none', async () => {
    const { market: found } = await importAll(engine, [
      market,
      universe(
        'CCC,2019-01-01,,,Energy',
        'AAA,2018-01-01,2019-01-01,,',
        'AAA,2019-01-01,,,Utilities',
        'BBB,2019-01-01,,,',
      ),
    ]);
    expect(found.listings!.groups).toEqual(['Energy', 'Utilities']);
    expect([...found.listings!.group]).toEqual([1, -1, 0]);
  });

  it('enter the fingerprint', async () => {
    const print = async (line: string) =>
      (await importAll(engine, [market, universe(line)])).summary.fingerprint;
    const plain = await print('AAA,2019-01-01,,,');
    expect(await print('AAA,2019-01-01,,,Energy')).not.toBe(plain);
    expect(await print('AAA,2019-01-01,9999-12-31,,-')).toBe(plain);
  });

  it('given twice count once', async () => {
    await importAll(engine, [market, universe('AAA,2019-01-01,,,X', 'AAA,2019-01-01,,,X')]);
    expect(rows(await engine.query('FROM universe'))).toHaveLength(1);
  });

  const bad: readonly [lines: string[], fault: object][] = [
    [
      ['AAA,2018-01-01,2019-01-01,,', 'AAA,2018-12-31,,,'],
      { problem: 'AAA belongs to the universe already on 2018-12-31.', line: 3, column: 'from' },
    ],
    [
      ['AAA,2018-01-01,2019-01-01,,Energy', 'AAA,2019-01-01,,,Utilities'],
      { problem: 'AAA has another group above.', line: 3, column: 'sector', value: 'Utilities' },
    ],
  ];
  it.each(bad)('%j are refused', async (lines, fault) => {
    expect(await faultOf(importAll(engine, [market, universe(...lines)]))).toMatchObject({
      file: 'universe.csv',
      ...fault,
    });
  });
});

describe('one symbol, two companies', () => {
  const first = daily('ABC', '2020-01-01', '2020-01-31', 10);
  const second = daily('ABC', '2020-03-16', '2020-04-10', 99);
  const others =
    daily('ABB', '2020-01-01', '2020-12-31') + daily('ABC A', '2020-01-01', '2020-01-03');
  const spells = [
    'ABC,2010-01-01,2020-02-03,-1,Energy',
    'ABC,2020-03-12,,,Banks',
    'ABB,2010-01-01,,,',
  ];

  it('are two series where the universe ends a spell and begins another in a gap of more than 30 days', async () => {
    const imported = await importAll(engine, [
      bars(second, others, first),
      universe(...spells),
      file(
        'attention.csv',
        'date,symbol,attention\n2020-02-02,ABC,1\n2020-03-11,ABC,2\n2020-03-12,ABC,3\n',
      ),
    ]);
    expect(spansOf(imported)).toEqual([
      'ABB 2020-01-01 to 2020-12-31',
      'ABC A 2020-01-01 to 2020-01-03',
      'ABC#1 2020-01-01 to 2020-01-31',
      'ABC#2 2020-03-16 to 2020-04-10',
    ]);
    const { delistedOn, delistingReturn, group, groups } = imported.market.listings!;
    expect(isoFromDay(delistedOn[2]!)).toBe('2020-02-03');
    expect([delistingReturn[2], delistedOn[3]]).toEqual([-1, 2_147_483_647]);
    expect([...group].map((g) => groups[g])).toEqual([undefined, undefined, 'Energy', 'Banks']);
    expect(rows(await engine.query('SELECT sym, value FROM attention ORDER BY day'))).toEqual([
      { sym: 2, value: 1 },
      { sym: 2, value: 2 },
      { sym: 3, value: 3 },
    ]);
    expect(notesOf(imported)).toContain(
      'ABC is split into ABC#1 and ABC#2, taken for different companies under one name: it has no bars from 2020-01-31 to 2020-03-16, where the universe ends one spell and begins another. If it is one company, let one spell of the universe cover the gap; if not, better give each its own name.',
    );
  });

  it('leave the bars in order, their rows numbered without gaps', async () => {
    await importAll(engine, [bars(second, others, first), universe(...spells)]);
    const [found] = rows<{ wrong: number }>(
      await engine.query(`SELECT count_if(rowid <> place)::INTEGER AS wrong
        FROM (SELECT rowid, row_number() OVER (ORDER BY sym, day) - 1 AS place FROM imported_bars)`),
    );
    expect(found).toEqual({ wrong: 0 });
    expect(rows(await engine.query('SELECT symbol FROM symbols ORDER BY sym'))).toHaveLength(4);
  });

  it('are one where one spell covers the gap, or the gap is short and nobody tells', async () => {
    for (const files of [[universe('ABC,2010-01-01,,,')], []])
      expect(
        (await importAll(engine, [bars(first, second, others), ...files])).market.symbols,
      ).toContain('ABC');
  });

  it('without a universe are told by more than 180 days, while others traded', async () => {
    const late = daily('ABC', '2020-08-10', '2020-08-14');
    expect((await importAll(engine, [bars(first, late, others)])).market.symbols).toContain(
      'ABC#2',
    );
    expect((await importAll(engine, [bars(first, late)])).market.symbols).toEqual([
      'ABC#1',
      'ABC#2',
    ]);
    const idle =
      daily('ABB', '2020-01-01', '2020-01-31') + daily('ABB', '2020-08-10', '2020-08-14');
    expect((await importAll(engine, [bars(first, late, idle)])).market.symbols).toEqual([
      'ABB',
      'ABC',
    ]);
    const yearly = bars(
      daily('ABC', '2018-01-02', '2018-01-02'),
      daily('ABC', '2019-01-02', '2019-01-02'),
      others,
    );
    expect((await importAll(engine, [yearly])).market.symbols).toContain('ABC');
  });

  it('have names of their own', async () => {
    const { market } = await importAll(engine, [
      bars(first, second, others, daily('ABC#1', '2020-01-01', '2020-01-03')),
      universe(...spells),
    ]);
    expect(market.symbols).toEqual(['ABB', 'ABC A', 'ABC##1', 'ABC##2', 'ABC#1']);
  });
});

describe('volume and jumps', () => {
  it('volume that is 0 on every bar is none; a single 0 stays', async () => {
    const flat = daily('AAA', '2020-01-01', '2020-01-03').replaceAll(/,5\n/g, ',0\n');
    const one = daily('BBB', '2020-01-01', '2020-01-03').replace(/,5\n/, ',0\n');
    const imported = await importAll(engine, [bars(flat, one)]);
    expect(barLines(imported).map((line) => line.split(' ').at(-1))).toEqual([
      'NaN',
      'NaN',
      'NaN',
      '0',
      '5',
      '5',
    ]);
    expect(notesOf(imported)).toContain('Volume is 0 on every bar of AAA: counted as no volume.');
    expect((await importAll(engine, [bars(flat)])).summary.facts.hasVolume).toBe(false);
  });

  it('a jump by a split’s ratio is reported, another is not', async () => {
    const before =
      daily('AAA', '2020-01-01', '2020-01-03', 90) + daily('BBB', '2020-01-01', '2020-01-03', 90);
    const imported = await importAll(engine, [
      bars(
        before,
        daily('AAA', '2020-01-06', '2020-01-07', 30),
        daily('BBB', '2020-01-06', '2020-01-07', 40),
      ),
    ]);
    expect(notesOf(imported).filter((text) => text.includes('split'))).toEqual([
      '1 jump looks like an unadjusted split: AAA on 2020-01-06 (3 for 1). If it is, trades across it show gains and losses that nobody had; an adjusted close in the file would mend that.',
    ]);
  });
});
