import type { DatedTrades } from '../../domain/run.ts';
import { count, counted } from '../format.ts';
import { chosen } from '../tables/table.ts';
import { fillColumns, resizes } from '../tables/fills.ts';
import { tradeColumns } from '../tables/trades.ts';
import { captionNote } from '../times.ts';
import { type Section, paragraph, remark } from './section.ts';
import { type Subject, currencyOf } from './subject.ts';
import { shared, tableOf } from './table.ts';

/** So many trades are all shown; of more, so many of the largest. */
const mostTrades = { whole: 2000, part: 1000 } as const;

export const tradeTable = tableOf(
  'trades',
  shared(
    chosen(tradeColumns, [
      ...['number', 'symbol', 'side', 'entry_date', 'entry_price', 'exit_date', 'exit_price'],
      ...['exit_reason', 'bars', 'quantity', 'costs', 'net'],
    ]),
  ),
);

export const fillTable = tableOf(
  'fills',
  shared(
    chosen(fillColumns, ['trade', 'symbol', 'date', 'side', 'quantity', 'price', 'costs', 'held']),
  ),
);

/** The fills of a portfolio that was resized, the latest of very many; nothing where trades say all. */
export function fills(subject: Subject): Section[] {
  const { fills } = subject.run;
  if (!resizes(subject.run)) return [];
  const note = captionNote(subject.run);
  const from = Math.max(0, fills.length - mostTrades.part);
  const rows = Array.from({ length: fills.length - from }, (_, i) => from + i);
  const caption =
    from === 0
      ? `All ${counted(fills.length, 'fill')} in order, money in ${currencyOf(subject)}${note}`
      : `The last ${count(rows.length)} fills, money in ${currencyOf(subject)}; fills.csv has all ${count(fills.length)}${note}`;
  return [
    {
      id: 'fills',
      title: 'Fills',
      content: fillTable.render(
        caption,
        rows.map((row) => ({ source: subject.run, row })),
      ),
    },
  ];
}

/** Every trade, or the largest of very many. */
export function trades(subject: Subject): Section {
  const { trades, study } = subject.run;
  const note = captionNote(subject.run);
  const section = { id: 'trades', title: 'Trades' };
  if (trades.length === 0) return { ...section, content: paragraph('There were none.') };
  const shown = largest(trades);
  const left = trades.length - shown.length;
  const ambiguous = shown.filter((i) => trades.ambiguous[i] === 1).length;
  const caption =
    left === 0
      ? `All ${counted(trades.length, 'trade')} in order of entry, money in ${currencyOf(subject)}${note}`
      : `The ${count(shown.length)} trades with the largest net profit or loss, in order of entry, money in ${currencyOf(subject)}; ${count(left)} smaller ones are left out, trades.csv has all${note}`;
  return {
    ...section,
    content: [
      tradeTable.render(
        caption,
        shown.map((row) => ({ source: subject.run, row })),
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
