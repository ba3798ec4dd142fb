import type { TradeRow } from '../../domain/run.ts';
import { count, date, money, price, quantity, ratio } from '../format.ts';
import { exitWords } from '../words.ts';

/** One column of the trade table: its words and what it sorts by. */
export interface Column {
  readonly title: string;
  readonly numeric: boolean;
  /** Shown from the start; the others with «All columns». */
  readonly main: boolean;
  readonly key: (trade: TradeRow) => string | number | null;
  readonly text: (trade: TradeRow) => string;
}

const text = (title: string, key: Column['key'], shown: Column['text'], main = true): Column => ({
  title,
  numeric: false,
  main,
  key,
  text: shown,
});

const number = (
  title: string,
  key: (trade: TradeRow) => number | null,
  format: (value: number) => string,
  main = true,
): Column => ({
  title,
  numeric: true,
  main,
  key,
  text: (trade) => {
    const value = key(trade);
    return value === null ? 'off' : format(value);
  },
});

const exit = ({ reason, ambiguous }: TradeRow) =>
  reason === null ? 'Open' : `${exitWords[reason]}${ambiguous ? ' *' : ''}`;

export const columns: readonly Column[] = [
  text(
    'Symbol',
    ({ symbol }) => symbol,
    ({ symbol }) => symbol,
  ),
  text(
    'Side',
    ({ side }) => side,
    ({ side }) => (side === 1 ? '▲ Long' : '▽ Short'),
  ),
  text(
    'Signal',
    ({ signalDay }) => signalDay,
    ({ signalDay }) => date(signalDay),
    false,
  ),
  number('Score', ({ score }) => score, ratio, false),
  text(
    'Entry',
    ({ entryDay }) => entryDay,
    ({ entryDay }) => date(entryDay),
  ),
  number('Entry price', ({ entryPrice }) => entryPrice, price),
  number('Stop', ({ stop }) => stop, price, false),
  number('Target', ({ target }) => target, price, false),
  text(
    'Exit',
    ({ exitDay }) => exitDay ?? Infinity,
    ({ exitDay }) => (exitDay === null ? 'Open' : date(exitDay)),
  ),
  number('Exit price', ({ exitPrice }) => exitPrice, price),
  text('Exit reason', exit, exit),
  number('Bars', ({ bars }) => bars, count),
  number('Quantity', (trade) => trade.quantity, quantity),
  number('Gross', ({ gross }) => gross, money, false),
  number('Commission', ({ commission }) => commission, money, false),
  number('Spread', ({ spread }) => spread, money, false),
  number('Slippage', ({ slippage }) => slippage, money, false),
  number('Net', ({ net }) => net, money),
];

/** Sorted by one column; equal values keep the order of entry, missing ones come last. */
export function ordered(
  trades: readonly TradeRow[],
  { key }: Column,
  descending: boolean,
): TradeRow[] {
  const sign = descending ? -1 : 1;
  return trades.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) return 0;
    if (x === null || Number.isNaN(x)) return 1;
    if (y === null || Number.isNaN(y)) return -1;
    return x < y ? -sign : sign;
  });
}
