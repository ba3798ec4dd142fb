import { firstDayOf, isoFromDay } from '../../domain/calendar.ts';
import type { FileTable } from '../../domain/file-table.ts';
import { type MonthCoverage, shareThere } from '../../domain/quality.ts';
import { fileTable } from '../file-table.ts';
import { count, counted } from '../format.ts';
import { ofList } from './table.ts';

/** A symbol in a month of which its exchange has sessions. */
interface SymbolMonth {
  readonly symbol: string;
  /** '2024-03' */
  readonly month: string;
  readonly bars: number;
  readonly expected: number;
  readonly share: number;
}

export const monthRows = (coverage: MonthCoverage, symbols: readonly string[]): SymbolMonth[] =>
  symbols.flatMap((symbol, s) =>
    Array.from({ length: coverage.months }, (_, month) => {
      const cell = s * coverage.months + month;
      return {
        symbol,
        month: isoFromDay(firstDayOf(coverage.first + month)).slice(0, 7),
        bars: coverage.bars[cell]!,
        expected: coverage.expected[cell]!,
        share: shareThere(coverage, s, month),
      };
    }).filter(({ expected }) => expected > 0),
  );

/** Months that lack some of their bars. */
export const lacking = (rows: readonly SymbolMonth[]): SymbolMonth[] =>
  rows.filter(({ share }) => share < 1);

/** 'All 24 months of symbols have all bars of the calendar.' */
export function lackingWords(rows: readonly SymbolMonth[]): string {
  if (rows.length === 0) return 'No calendar tells how many bars there should be.';
  const short = lacking(rows).length;
  return short === 0
    ? `All ${counted(rows.length, 'month')} of symbols have all bars of the calendar.`
    : `Of ${counted(rows.length, 'month')} of symbols ${count(short)} ${short === 1 ? 'lacks' : 'lack'} bars of the calendar.`;
}

export const monthCoverageColumns = ofList<SymbolMonth>([
  { id: 'symbol', title: 'Symbol', unit: 'text', cell: ({ symbol }) => symbol },
  { id: 'month', title: 'Month', unit: 'text', cell: ({ month }) => month },
  { id: 'bars', title: 'Bars', unit: 'count', cell: ({ bars }) => bars },
  { id: 'expected', title: 'In the calendar', unit: 'count', cell: ({ expected }) => expected },
  { id: 'share', title: 'There', unit: 'percent', cell: ({ share }) => share },
]);

/** A file of them: one line for each symbol and month. */
export const monthCoverageTable = (rows: readonly SymbolMonth[]): FileTable =>
  fileTable(monthCoverageColumns, rows, rows.length);
