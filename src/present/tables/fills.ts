import type { FileTable } from '../../domain/file-table.ts';
import type { DatedTrades, Equity, Fills } from '../../domain/run.ts';
import { fileTable } from '../file-table.ts';
import { costWords } from '../words.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import { type Moment, instant, moment } from './instants.ts';
import { type Column, chosen } from './table.ts';

export interface FillSource {
  readonly fills: Fills;
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
  readonly equity: Equity;
  readonly clock?: BarClock;
}
type FillColumn = Column<FillSource>;

/** What a fill cost beside its price; borrow fees are paid for time. */
const costs = ['commission', 'spread', 'slippage', 'impact'] as const;

/** The session of a fill's bar, and when that bar is known. */
const filled = {
  id: 'date',
  title: 'Date',
  day: ({ fills, equity }, i) => equity.day[fills.step[i]!]!,
  at: ({ fills, equity }, i) => equity.known?.[fills.step[i]!],
} satisfies Moment<FillSource>;

export const fillColumns: readonly FillColumn[] = [
  { id: 'trade', title: 'Trade', unit: 'count', cell: ({ fills }, i) => fills.trade[i]! + 1 },
  {
    id: 'symbol',
    title: 'Symbol',
    unit: 'text',
    cell: ({ fills, trades, symbols }, i) => symbols[trades.symbol[fills.trade[i]!]!] ?? null,
  },
  moment(filled),
  {
    id: 'side',
    title: 'Side',
    unit: 'text',
    cell: ({ fills }, i) => (fills.side[i]! > 0 ? 'buy' : 'sell'),
    words: ({ fills }, i) => (fills.side[i]! > 0 ? 'Bought' : 'Sold'),
  },
  {
    id: 'quantity',
    title: 'Quantity',
    unit: 'quantity',
    cell: ({ fills }, i) => (fills.asTraded ?? fills).quantity[i]!,
  },
  {
    id: 'price',
    title: 'Price',
    unit: 'price',
    cell: ({ fills }, i) => (fills.asTraded ?? fills).price[i]!,
  },
  {
    id: 'value',
    title: 'Value',
    unit: 'currency',
    cell: ({ fills }, i) => fills.quantity[i]! * fills.price[i]!,
  },
  ...costs.map((cost): FillColumn => ({
    id: cost,
    title: costWords[cost],
    unit: 'currency',
    cell: ({ fills }, i) => fills[cost][i]!,
  })),
  {
    id: 'costs',
    title: 'Costs',
    unit: 'currency',
    cell: ({ fills }, i) => costs.reduce((sum, cost) => sum + fills[cost][i]!, 0),
  },
  {
    id: 'held',
    title: 'Held after',
    unit: 'quantity',
    cell: ({ fills }, i) => (fills.asTraded ?? fills).held[i]!,
  },
];

/** What a person looks for first. */
export const mainFillColumns = chosen(fillColumns, [
  ...['symbol', 'date', 'side', 'quantity', 'price', 'value', 'costs', 'held', 'trade'],
]);

const known = instant('known', 'Known at', filled);

const inFile = chosen(fillColumns, [
  ...['trade', 'symbol', 'date', 'side', 'quantity', 'price', ...costs, 'held'],
]);

/** A file of fills: one line per fill, in the order in which they were booked; `trade` is the line of the trades’ file. */
export const fillsTable = (source: FillSource): FileTable =>
  fileTable(
    source.clock === undefined
      ? inFile
      : inFile.flatMap((column) => (column.id === 'date' ? [column, known] : [column])),
    source,
    source.fills.length,
  );

/** Trades say all of what is bought once and sold once; of the rest they say the mean. */
export const resizes = ({ fills, trades }: FillSource): boolean =>
  fills.length > trades.length + trades.reason.filter((reason) => reason >= 0).length;

/** The fills in one symbol, which is given by its number. */
export function fillsOfSymbol({ fills, trades }: FillSource, symbol: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < fills.length; i++)
    if (trades.symbol[fills.trade[i]!] === symbol) rows.push(i);
  return rows;
}
