import { describe, expect, it } from 'vitest';
import { exitReasons } from '../../../../src/domain/run.ts';
import { drawdownColumns, drawdownRows } from '../../../../src/present/tables/drawdowns.ts';
import { equityTable } from '../../../../src/present/tables/equity.ts';
import { fillsTable } from '../../../../src/present/tables/fills.ts';
import { chosen, ordered, wordsOf } from '../../../../src/present/tables/table.ts';
import { tradeColumns, tradesTable } from '../../../../src/present/tables/trades.ts';
import { csvTextOf } from '../../../pieces.ts';
import { tradesOf } from '../../domain/metrics-runs.ts';
import { clock, days, fiveMinutes, opensAt } from '../../five-minutes.ts';

/** Two of one session, the later one first, and one that is open. */
const rows = [
  { entry: 30, exit: 40 },
  { entry: 2, exit: 12 },
  { entry: 90, exit: -1 },
];
const trades = {
  ...tradesOf(rows.map((row) => ({ ...row, quantity: 1, entryPrice: 10, net: 0 }))),
  gross: new Float64Array(3),
  reason: Int8Array.of(exitReasons.indexOf('stop'), exitReasons.indexOf('stop'), -1),
  signalDay: Int32Array.of(days[0]!, days[0]!, days[1]!),
  entryDay: Int32Array.of(days[0]!, days[0]!, days[1]!),
  exitDay: Int32Array.of(days[0]!, days[0]!, 0),
  at: {
    signal: Float64Array.from(rows, ({ entry }) => opensAt(entry - 1)),
    entry: Float64Array.from(rows, ({ entry }) => opensAt(entry)),
    exit: Float64Array.from(rows, ({ exit }) => (exit < 0 ? 0 : opensAt(exit))),
  },
};
const source = { trades, symbols: ['A'], clock };
const [entry, exit] = chosen(tradeColumns, ['entry_date', 'exit_date']);

const linesOf = async (table: Parameters<typeof csvTextOf>[0]): Promise<string[][]> =>
  (await csvTextOf(table)).split('\r\n').map((line) => line.split(','));

describe('trades within days', () => {
  it('are told by the clocks of the exchange, and sorted by instants', () => {
    expect([0, 1, 2].map((i) => wordsOf(entry!, source, i))).toEqual([
      ...['2024-03-08 12:00', '2024-03-08 09:40', '2024-03-11 10:30'],
    ]);
    expect(wordsOf(exit!, source, 2)).toBe('Open');
    expect([...ordered(3, (i) => exit!.order!(source, i), false)]).toEqual([1, 0, 2]);
  });

  it('have dates and instants in files, with the offset of their day', async () => {
    const [head, first, , open] = await linesOf(tradesTable(trades, ['A'], clock));
    const at = (name: string): number => head!.indexOf(name);
    expect(head!.slice(2, 8)).toEqual([
      ...['signal_date', 'signal_at', 'entry_date', 'entry_at', 'exit_date', 'exit_at'],
    ]);
    expect(first![at('entry_date')]).toBe('2024-03-08');
    expect(first![at('entry_at')]).toBe('2024-03-08T12:00:00-05:00');
    expect(open![at('entry_at')]).toBe('2024-03-11T10:30:00-04:00');
    expect(open![at('exit_at')]).toBe('');
  });

  it('have dates alone without a clock', async () => {
    const { at: _, ...dated } = trades;
    const [head] = await linesOf(tradesTable(dated, ['A']));
    expect(head!.filter((name) => name.endsWith('_at'))).toEqual([]);
    expect(wordsOf(entry!, { trades: dated, symbols: ['A'] }, 0)).toBe('2024-03-08');
  });
});

it('a curve and fills say in files when their steps are known', async () => {
  const [head, first] = await linesOf(equityTable(fiveMinutes, fiveMinutes.equity, clock));
  expect([head!.slice(0, 2), first!.slice(0, 2)]).toEqual([
    ['date', 'known'],
    ['2024-03-08', '2024-03-08T09:35:00-05:00'],
  ]);
  const one = Float64Array.of(1);
  const fills = {
    ...{ length: 1, trade: Int32Array.of(0), row: Int32Array.of(0), step: Int32Array.of(1) },
    ...{ side: Int8Array.of(1), quantity: one, price: one, commission: one, spread: one },
    ...{ slippage: one, impact: one, held: one },
  };
  const [, fill] = await linesOf(fillsTable({ ...source, fills, equity: fiveMinutes }));
  expect(fill!.slice(2, 4)).toEqual(['2024-03-08', '2024-03-08T09:40:00-05:00']);
});

it('drawdowns begin and end at times, and last parts of days', () => {
  const equity = fiveMinutes.equity.map((_, step) => (step === 3 ? 90 : 100 + step));
  const [deepest] = drawdownRows({ ...fiveMinutes, equity }, 100, clock);
  const words = drawdownColumns.map((column) => wordsOf(column, [deepest!], 0));
  expect(words.slice(1, 5)).toEqual([
    ...['2024-03-08 09:45', '2024-03-08 09:50', '2024-03-08 09:55', '10 min'],
  ]);
  const days = drawdownColumns.find(({ id }) => id === 'days')!;
  expect(days.cell([deepest!], 0)).toBe(600 / 86_400);
});
