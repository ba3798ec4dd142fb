/** What an answer to a query says and draws. */
import { describe, expect, it } from 'vitest';
import type { QueryAnswer, QueryColumn } from '../../../src/domain/query.ts';
import type { Cells } from '../../../src/domain/file-table.ts';
import { numberColumns, queryChart, queryPlot } from '../../../src/present/charts/query.ts';
import { answerSentence, answerWord, tableFacts } from '../../../src/present/query-words.ts';

const column = (name: string, type: string, stored: QueryColumn['stored']): QueryColumn => ({
  name,
  type,
  stored,
  isNumber: stored === 'integer' || stored === 'double',
});
const answer = (columns: readonly QueryColumn[], cells: readonly Cells[]): QueryAnswer => ({
  columns,
  cells,
  rows: cells[0]!.length,
  isAll: true,
  cut: 0,
});
const [net, date, reason] = [
  column('net', 'DOUBLE', 'double'),
  column('date', 'DATE', 'date'),
  column('reason', 'VARCHAR', 'text'),
];

describe('a quick plot', () => {
  it('is a line over dates, in their order, and says what it leaves out', () => {
    const plot = queryPlot(
      answer(
        [date, net],
        [
          [3, 1, 2],
          [5, null, 4],
        ],
      ),
      0,
      1,
    );
    expect(plot).toMatchObject({
      form: 'line',
      points: [
        { x: 2 * 86_400_000, y: 4 },
        { x: 3 * 86_400_000, y: 5 },
      ],
      summary: 'A line of net (upwards) by date: 2 rows. 1 row without a value of both left out.',
    });
  });

  it.each([
    [
      'bars of names that stand once',
      [reason, net],
      [
        ['stop', 'target'],
        [1, 2],
      ],
      'bars',
    ],
    [
      'dots of names that repeat',
      [reason, net],
      [
        ['stop', 'stop'],
        [1, 2],
      ],
      'dots',
    ],
    [
      'dots of numbers in any order',
      [net, net],
      [
        [2, 1],
        [1, 2],
      ],
      'dots',
    ],
    [
      'a line of numbers that rise',
      [net, net],
      [
        [1, 2],
        [1, 2],
      ],
      'line',
    ],
    [
      'a line over instants',
      [column('at', 'TIMESTAMP', 'text'), net],
      [
        ['2020-01-01 10:00:00', '2020-01-01 11:00:00'],
        [1, 2],
      ],
      'line',
    ],
  ] as const)('is %s', (_, columns, cells, form) => {
    const plot = queryPlot(answer(columns, cells), 0, 1);
    expect(plot).toMatchObject({ form });
    if (typeof plot !== 'string') expect(queryChart(plot, 600, 200).drawn).toBe(2);
  });

  it('refuses in a sentence what cannot be drawn, and thins what is too much', () => {
    const names = Array.from({ length: 61 }, (_, i) => `n${i}`);
    expect(queryPlot(answer([reason, net], [names, names.map(() => 1)]), 0, 1)).toContain(
      '61 different values',
    );
    expect(queryPlot(answer([reason, net], [['a'], [null]]), 0, 1)).toBe(
      'No row has both of them.',
    );
    const many = Array.from({ length: 5000 }, (_, i) => i % 7);
    const plot = queryPlot(answer([net, net], [many, many]), 0, 1);
    expect(plot).toMatchObject({
      summary: expect.stringContaining('one in 3 of 5,000 rows') as string,
    });
    expect(numberColumns(answer([date, net, reason], [[], [], []]))).toEqual([1]);
  });
});

it('no cell is shown as anything but words', () => {
  expect(
    [null, NaN, Infinity, -Infinity, 1 / 3, 1234567.5].map((cell) => answerWord(cell, 'double')),
  ).toEqual(['—', '—', '∞', '−∞', '0.333333333333333', '1,234,567.5']);
  expect(answerWord(0, 'date')).toBe('1970-01-01');
  expect(answerWord(true, 'flag')).toBe('true');
  expect(answerWord('a\nb', 'text')).toBe('a\\nb');
});

it('an answer says how much it is', () => {
  const few = answer([net], [[1]]);
  expect(answerSentence(few)).toBe('1 row.');
  const wide = answer(
    Array.from({ length: 61 }, () => net),
    Array.from({ length: 61 }, () => [1]),
  );
  expect(answerSentence(wide)).toBe('1 row. The first 40 of 61 columns are shown; files have all.');
  expect(answerSentence({ ...few, isAll: false, cut: 2 })).toContain(
    '2 cells are cut at 2,000 characters.',
  );
});

it('tables that are not there say what makes them', () => {
  const facts = {
    hasVolume: true,
    attention: null,
    macro: [],
    hasUniverse: false,
    symbols: ['A'],
    currency: null,
  };
  const tables = tableFacts(facts, null, null, { search: null, walkForward: null });
  expect(tables.filter(({ columns }) => columns !== null).map(({ name }) => name)).toEqual([
    'bars',
  ]);
  expect(tables.find(({ name }) => name === 'folds')?.madeBy).toBe('Run a walk-forward first.');
});
