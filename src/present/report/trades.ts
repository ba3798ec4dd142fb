import { type DatedTrades, exitReasons, tradeCosts } from '../../domain/run.ts';
import { exitWords } from '../words.ts';
import { count, counted, date, money, price, quantity } from '../format.ts';
import { type Section, paragraph, remark } from './section.ts';
import { type Subject, currencyOf } from './subject.ts';
import { tableOf } from './table.ts';

/** So many trades are all shown; of more, so many of the largest. */
const mostTrades = { whole: 2000, part: 1000 } as const;

interface TradeRow {
  readonly i: number;
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
}

const isOpen = ({ trades, i }: TradeRow): boolean => trades.reason[i]! < 0;

function reasonOf({ trades, i }: TradeRow): string {
  const reason = exitReasons[trades.reason[i]!];
  return `${reason === undefined ? '' : exitWords[reason]}${trades.ambiguous[i] ? ' *' : ''}`;
}

export const tradeTable = tableOf<TradeRow>('trades', [
  { head: 'Number', cell: ({ i }) => count(i + 1) },
  { head: 'Symbol', cell: ({ trades, symbols, i }) => symbols[trades.symbol[i]!] ?? '' },
  { head: 'Side', cell: ({ trades, i }) => (trades.side[i] === 1 ? 'Long' : 'Short') },
  { head: 'Entry', cell: ({ trades, i }) => date(trades.entryDay[i]) },
  { head: 'Entry price', numeric: true, cell: ({ trades, i }) => price(trades.entryPrice[i]) },
  { head: 'Exit', cell: (row) => (isOpen(row) ? 'Open' : date(row.trades.exitDay[row.i])) },
  { head: 'Exit price', numeric: true, cell: ({ trades, i }) => price(trades.exitPrice[i]) },
  { head: 'Exit by', cell: (row) => (isOpen(row) ? 'Marked at the end' : reasonOf(row)) },
  { head: 'Bars', numeric: true, cell: ({ trades, i }) => count(trades.bars[i]) },
  { head: 'Quantity', numeric: true, cell: ({ trades, i }) => quantity(trades.quantity[i]) },
  {
    head: 'Costs',
    numeric: true,
    cell: ({ trades, i }) => money(tradeCosts.reduce((sum, cost) => sum + trades[cost][i]!, 0)),
  },
  { head: 'Net', numeric: true, cell: ({ trades, i }) => money(trades.net[i]) },
]);

/** Every trade, or the largest of very many. */
export function trades(subject: Subject): Section {
  const { trades, symbols, study } = subject.run;
  const section = { id: 'trades', title: 'Trades' };
  if (trades.length === 0) return { ...section, content: paragraph('There were none.') };
  const shown = largest(trades);
  const left = trades.length - shown.length;
  const ambiguous = shown.filter((i) => trades.ambiguous[i] === 1).length;
  const caption =
    left === 0
      ? `All ${counted(trades.length, 'trade')} in order of entry, money in ${currencyOf(subject)}`
      : `The ${count(shown.length)} trades with the largest net profit or loss, in order of entry, money in ${currencyOf(subject)}; ${count(left)} smaller ones are left out, trades.csv has all`;
  return {
    ...section,
    content: [
      tradeTable.render(
        caption,
        shown.map((i) => ({ i, trades, symbols })),
      ),
      ambiguous === 0
        ? null
        : remark(
            `* ${count(ambiguous)} of them: one bar touched both the stop and the target; the ${study.execution.bothTouched} was taken.`,
          ),
    ],
  };
}

/** Numbers of the trades to show, in order of entry. */
function largest({ length, net }: DatedTrades): number[] {
  const all = Array.from({ length }, (_, i) => i);
  if (length <= mostTrades.whole) return all;
  return all
    .sort((a, b) => Math.abs(net[b]!) - Math.abs(net[a]!) || a - b)
    .slice(0, mostTrades.part)
    .sort((a, b) => a - b);
}
