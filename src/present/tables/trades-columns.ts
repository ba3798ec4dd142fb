import type { DatedTrades } from '../../domain/run.ts';
import { count, dash, date, money, percent, price, quantity, ratio } from '../../present/format.ts';

/** What the columns of the trade table read from. */
export interface TradeTable {
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
  /** Words of exit reasons, by their number in trades.reason. */
  readonly reasons: readonly string[];
}

/** One column of the trade table: its words and what it sorts by. */
export interface TradeColumn {
  readonly title: string;
  readonly numeric: boolean;
  /** Shown from the start; the others with «All columns». */
  readonly main: boolean;
  /** What trade i sorts by; NaN comes last. */
  readonly key: (table: TradeTable, i: number) => string | number;
  readonly text: (table: TradeTable, i: number) => string;
}

type NumericColumnName = {
  [K in keyof DatedTrades]: DatedTrades[K] extends ArrayLike<number> ? K : never;
}[keyof DatedTrades];

const isOpen = ({ trades }: TradeTable, i: number) => trades.reason[i]! < 0;

function number(
  title: string,
  of: NumericColumnName,
  format: (value: number) => string,
  { main = false, none = dash } = {},
): TradeColumn {
  const key = ({ trades }: TradeTable, i: number): number => trades[of][i]!;
  return {
    title,
    numeric: true,
    main,
    key,
    text: (table, i) => (Number.isNaN(key(table, i)) ? none : format(key(table, i))),
  };
}

function words(
  title: string,
  key: TradeColumn['key'],
  text: TradeColumn['text'],
  main = true,
): TradeColumn {
  return { title, numeric: false, main, key, text };
}

const symbol: TradeColumn['key'] = ({ trades, symbols }, i) => symbols[trades.symbol[i]!] ?? '';
const reason: TradeColumn['key'] = ({ trades, reasons }, i) => reasons[trades.reason[i]!] ?? 'Open';

export const columns: readonly TradeColumn[] = [
  words('Symbol', symbol, (table, i) => String(symbol(table, i))),
  words(
    'Side',
    ({ trades }, i) => trades.side[i]!,
    ({ trades }, i) => (trades.side[i] === 1 ? '▲ Long' : '▽ Short'),
  ),
  words(
    'Signal',
    ({ trades }, i) => trades.signalDay[i]!,
    ({ trades }, i) => date(trades.signalDay[i]),
    false,
  ),
  number('Score', 'score', ratio),
  words(
    'Entry',
    ({ trades }, i) => trades.entryDay[i]!,
    ({ trades }, i) => date(trades.entryDay[i]),
  ),
  number('Entry price', 'entryPrice', price, { main: true }),
  number('Stop', 'stop', price, { none: 'off' }),
  number('Target', 'target', price, { none: 'off' }),
  words(
    'Exit',
    (table, i) => (isOpen(table, i) ? Infinity : table.trades.exitDay[i]!),
    (table, i) => (isOpen(table, i) ? 'Open' : date(table.trades.exitDay[i])),
  ),
  number('Exit price', 'exitPrice', price, { main: true }),
  words(
    'Exit reason',
    reason,
    (table, i) => `${reason(table, i)}${table.trades.ambiguous[i] ? ' *' : ''}`,
  ),
  number('Bars', 'bars', count, { main: true }),
  number('Quantity', 'quantity', quantity, { main: true }),
  number('Against (MAE)', 'mae', percent),
  number('In favour (MFE)', 'mfe', percent),
  number('Gross', 'gross', money),
  number('Commission', 'commission', money),
  number('Half spread', 'spread', money),
  number('Slippage', 'slippage', money),
  number('Impact', 'impact', money),
  number('Borrow fee', 'borrow', money),
  number('Net', 'net', money, { main: true }),
];

/**
 * Numbers of the trades, sorted by one column; equal values keep the order of entry, missing ones come last. Keys are
 * read once each, so that a hundred thousand trades sort within a frame or two.
 */
export function ordered(table: TradeTable, { key }: TradeColumn, descending: boolean): Uint32Array {
  const order = Uint32Array.from({ length: table.trades.length }, (_, i) => i);
  const keys = Array.from(order, (i) => key(table, i));
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!];
    if (x === y) return a - b;
    if (Number.isNaN(x)) return Number.isNaN(y) ? a - b : 1;
    if (Number.isNaN(y)) return -1;
    return x < y ? -sign : sign;
  });
}
