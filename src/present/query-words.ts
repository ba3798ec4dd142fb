import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Cell, FileColumn, FileTable, Stored } from '../domain/file-table.ts';
import {
  type QueryAnswer,
  type QueryTable,
  columnsShown,
  longestCell,
  queryTables,
} from '../domain/query.ts';
import { clipped } from '../domain/errors.ts';
import type { DatasetFacts } from '../domain/strategies/strategy.ts';
import type { DatedTrades, Equity } from '../domain/run.ts';
import type { Found } from '../domain/query.ts';
import { count, counted, dash, date, exact } from './format.ts';
import { madeBy } from './query-error.ts';
import { equityTable } from './tables/equity.ts';
import { barFileColumns } from './tables/features.ts';
import { foldsTable } from './tables/folds.ts';
import { tradesTable } from './tables/trades.ts';
import { trialsTable } from './tables/trials.ts';
import { visible } from './visible.ts';

/** What a table has a row for. */
const holds: Readonly<Record<QueryTable, string>> = {
  bars: 'A row for each bar, as runs read them: splits are in.',
  attention: 'A row for each value, with the day from which it is known.',
  macro:
    'A row for each value of VIX, INDEX and OIL; “available” where the file says when it came out.',
  features: 'A row for each bar: what the strategy of the last run looked at.',
  trades: 'A row for each trade of the last run; one that is open has no exit.',
  equity: 'A row for each session of the last run.',
  trials: 'A row for each trial of the last search.',
  folds: 'A row for each fold of the last walk-forward.',
};

export const storedWords: Readonly<Record<Stored, string>> = {
  date: 'date',
  integer: 'whole number',
  double: 'number',
  text: 'text',
  flag: 'true or false',
};

interface TableFacts {
  readonly name: QueryTable;
  readonly holds: string;
  /** Null where there is no such table yet. */
  readonly columns: readonly FileColumn[] | null;
  /** What makes it. */
  readonly madeBy: string;
}

/** What the last run leaves for tables. */
interface Ran {
  readonly symbols: readonly string[];
  readonly trades: DatedTrades;
  readonly equity: Equity;
  readonly benchmark: ArrayLike<number>;
  readonly clock?: BarClock;
}

/** Every table that can be asked about, with its columns where it is there: those of its file. */
export function tableFacts(
  facts: DatasetFacts,
  run: Ran | null,
  features: readonly FileColumn[] | null,
  { search, walkForward }: Found,
): readonly TableFacts[] {
  const days = (name: string) => ({ name, stored: 'date' }) as const;
  const value = { name: 'value', stored: 'double' } as const;
  const columns: Readonly<Record<QueryTable, readonly FileColumn[] | null | false>> = {
    bars: barFileColumns,
    attention: facts.attention !== null && [
      { name: 'symbol', stored: 'text' },
      ...[days('date'), days('known'), value],
    ],
    macro: facts.macro.length > 0 && [
      { name: 'series', stored: 'text' },
      ...[days('date'), days('available'), value],
    ],
    features: run && features,
    trades: run && columnsOf(tradesTable(run.trades, run.symbols, run.clock)),
    equity: run && columnsOf(equityTable(run.equity, run.benchmark, run.clock)),
    trials: search && columnsOf(trialsTable(search)),
    folds: walkForward && columnsOf(foldsTable(walkForward)),
  };
  return queryTables.map((name) => ({
    name,
    holds: holds[name],
    columns: columns[name] || null,
    madeBy: madeBy[name],
  }));
}

const columnsOf = ({ columns }: FileTable): readonly FileColumn[] => columns;

/** Characters of a cell that stand on the page; a file has more. */
const shown = 120;

/** A cell of an answer as a person reads it. */
export function answerWord(cell: Cell | undefined, stored: Stored): string {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return dash;
  if (typeof cell === 'number') {
    if (stored === 'date') return date(cell);
    if (Number.isFinite(cell)) return exact(cell);
    return cell > 0 ? '∞' : '−∞';
  }
  return visible(clipped(String(cell), shown));
}

/** How much an answer is: “12 rows, 8 ms.” */
export function answerSentence({ rows, columns, isAll, cut }: QueryAnswer): string {
  const what = isAll
    ? `${counted(rows, 'row')}.`
    : `The first ${counted(rows, 'row')}; there are more. No more than these come back${
        columns.length > 15 ? ', fewer the more columns there are' : ''
      }.`;
  const cuts =
    cut === 0
      ? []
      : [
          `${counted(cut, 'cell')} ${cut === 1 ? 'is' : 'are'} cut at ${count(longestCell)} characters.`,
        ];
  const hidden =
    columns.length <= columnsShown
      ? []
      : [
          `The first ${columnsShown} of ${counted(columns.length, 'column')} are shown; files have all.`,
        ];
  return [what, ...cuts, ...hidden].join(' ');
}
