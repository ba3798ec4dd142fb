import type { FileTable } from '../../domain/file-table.ts';
import { type DatedTrades, exitReasons, tradeCosts } from '../../domain/run.ts';
import { fileTable } from '../file-table.ts';
import { cumulativeNet, rMultiple, tradeReturn } from '../../domain/trade-figures.ts';
import { costWords, exitWords, openWord } from '../words.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import { type Moment, instant, moment } from './instants.ts';
import { type Column, type Unit, chosen } from './table.ts';

export interface TradeSource {
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
  /** Of what the trades were made on, where it has one. */
  readonly clock?: BarClock;
}
type TradeColumn = Column<TradeSource>;

type Numbers = {
  [K in keyof DatedTrades]-?: DatedTrades[K] extends ArrayLike<number> ? K : never;
}[keyof DatedTrades];

const isOpen = ({ trades }: TradeSource, i: number): boolean => trades.reason[i]! < 0;

/** In contracts or shares and printed prices, where these are not what the simulation counts in. */
const asTraded = (trades: DatedTrades, of: Numbers): ArrayLike<number> =>
  trades.asTraded?.[of as keyof NonNullable<DatedTrades['asTraded']>] ?? trades[of];

const number = (
  id: string,
  title: string,
  unit: Unit,
  of: Numbers = id as Numbers,
): TradeColumn => ({
  id,
  title,
  unit,
  cell: ({ trades }, i) => asTraded(trades, of)[i]!,
});

/** A level that a trade may do without. */
const level = (id: 'stop' | 'target', title: string): TradeColumn => ({
  ...number(id, title, 'price'),
  none: 'off',
});

/** When a trade's bars were, by the session and by when they open. */
const moments = {
  signal: {
    id: 'signal_date',
    title: 'Signal',
    day: ({ trades }, i) => trades.signalDay[i]!,
    at: ({ trades }, i) => trades.at?.signal[i],
  },
  entry: {
    id: 'entry_date',
    title: 'Entry',
    day: ({ trades }, i) => trades.entryDay[i]!,
    at: ({ trades }, i) => trades.at?.entry[i],
  },
  exit: {
    id: 'exit_date',
    title: 'Exit',
    day: (source, i) => (isOpen(source, i) ? null : source.trades.exitDay[i]!),
    at: ({ trades }, i) => trades.at?.exit[i],
    none: 'Open',
  },
} satisfies Readonly<Record<string, Moment<TradeSource>>>;

/** A trade that is open has no exit date and no reason. */
export const tradeColumns: readonly TradeColumn[] = [
  { id: 'number', title: 'Number', unit: 'count', cell: (_, i) => i + 1 },
  {
    id: 'symbol',
    title: 'Symbol',
    unit: 'text',
    cell: ({ trades, symbols }, i) => symbols[trades.symbol[i]!] ?? null,
  },
  {
    id: 'side',
    title: 'Side',
    unit: 'text',
    cell: ({ trades }, i) => (trades.side[i]! > 0 ? 'long' : 'short'),
    words: ({ trades }, i) => (trades.side[i]! > 0 ? '▲ Long' : '▽ Short'),
  },
  moment(moments.signal),
  number('score', 'Score', 'ratio'),
  moment(moments.entry),
  number('entry_price', 'Entry price', 'price', 'entryPrice'),
  level('stop', 'Stop'),
  level('target', 'Target'),
  moment(moments.exit),
  number('exit_price', 'Exit price', 'price', 'exitPrice'),
  {
    id: 'exit_reason',
    title: 'Exit reason',
    unit: 'text',
    cell: ({ trades }, i) => exitReasons[trades.reason[i]!] ?? null,
    words: ({ trades }, i) => {
      const reason = exitReasons[trades.reason[i]!];
      const words = reason === undefined ? openWord : exitWords[reason];
      return trades.ambiguous[i] ? `${words} *` : words;
    },
  },
  number('bars', 'Bars', 'count'),
  number('quantity', 'Quantity', 'quantity'),
  number('mae', 'Against (MAE)', 'percent'),
  number('mfe', 'In favour (MFE)', 'percent'),
  number('gross', 'Gross', 'currency'),
  ...tradeCosts.map((cost) => number(cost, costWords[cost], 'currency')),
  {
    id: 'costs',
    title: 'Costs',
    unit: 'currency',
    cell: ({ trades }, i) => tradeCosts.reduce((sum, cost) => sum + trades[cost][i]!, 0),
  },
  number('net', 'Net', 'currency'),
  {
    id: 'return',
    title: 'Return',
    unit: 'percent',
    cell: ({ trades }, i) => tradeReturn(trades, i),
  },
  { id: 'r_multiple', title: 'R', unit: 'ratio', cell: ({ trades }, i) => rMultiple(trades, i) },
  {
    id: 'cumulative',
    title: 'Cumulative',
    unit: 'currency',
    cell: ({ trades }, i) => cumulativeNet(trades)[i]!,
  },
  {
    id: 'ambiguous',
    title: 'Ambiguous',
    unit: 'text',
    stored: 'flag',
    cell: ({ trades }, i) => trades.ambiguous[i] === 1,
  },
];

/** What a column holds, where its title does not say it. */
export const tradeDefinitions: Readonly<Partial<Record<string, string>>> = {
  mae: 'Against (MAE): the furthest move against the trade while it was held, as a share of the entry price.',
  mfe: 'In favour (MFE): the furthest move in its favour, likewise.',
  return: 'Return: net ÷ value at entry.',
  r_multiple: 'R: net ÷ what was at risk, quantity × distance from entry to the first stop.',
  cumulative: 'Cumulative: net of this trade and of all that were over before it, filtered or not.',
};

const inFile = chosen(tradeColumns, [
  ...['symbol', 'side', 'signal_date', 'entry_date', 'exit_date', 'quantity', 'entry_price'],
  ...['exit_price', 'exit_reason', 'stop', 'target', 'score', 'gross', ...tradeCosts, 'net'],
  ...['bars', 'ambiguous', 'mae', 'mfe'],
]);

/** Of trades that may have received or paid some. */
const dividends: TradeColumn = {
  id: 'dividends',
  title: 'Dividends',
  unit: 'currency',
  cell: ({ trades }, i) => trades.dividends?.[i] ?? null,
};

/** The columns, and dividends where the data have some. */
export const withDividends = (
  columns: readonly TradeColumn[],
  { dividends: some }: DatedTrades,
): readonly TradeColumn[] => (some === undefined ? columns : [...columns, dividends]);

/** When the bars of signal, entry and exit open, in files. */
const instants: readonly TradeColumn[] = [
  instant('signal_at', 'Signal at', moments.signal),
  instant('entry_at', 'Entry at', moments.entry),
  instant('exit_at', 'Exit at', moments.exit),
];

/** The columns of a file, and the instants beside the dates that are among them where bars have a clock. */
export const withInstants = (
  columns: readonly TradeColumn[],
  { trades, clock }: TradeSource,
): readonly TradeColumn[] =>
  trades.at === undefined || clock === undefined
    ? columns
    : columns.flatMap((column) => [
        column,
        ...instants.filter(({ id }) => id === column.id.replace('_date', '_at')),
      ]);

/** A file of trades: one line per trade, in the given order. */
export function tradesTable(
  trades: DatedTrades,
  symbols: readonly string[],
  clock?: BarClock,
): FileTable {
  const source: TradeSource = { trades, symbols, ...(clock && { clock }) };
  return fileTable(withInstants(withDividends(inFile, trades), source), source, trades.length);
}
