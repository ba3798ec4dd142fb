import type { Cell, FileTable } from '../../domain/file-table.ts';
import type { FoldResult, WalkForward } from '../../domain/validation/walk-forward.ts';
import { fileTable, storedAs } from '../file-table.ts';
import { spanWord } from '../format.ts';
import { valueWord } from '../search-words.ts';
import { type Column, type Unit, chosen } from './table.ts';

type FoldColumn = Column<WalkForward>;

const column = (
  id: string,
  title: string,
  unit: Unit,
  cell: (fold: FoldResult) => Cell | undefined,
): FoldColumn => ({ id, title, unit, cell: ({ folds }, i) => cell(folds[i]!) ?? null });

/** From the first to the last day of a window. */
const window = (id: string, title: string, from: 'trainFrom' | 'testFrom'): FoldColumn => ({
  ...column(id, title, 'text', ({ days }) => days[from]),
  words: ({ folds }, i) => {
    const { days } = folds[i]!;
    return spanWord([days[from], from === 'trainFrom' ? days.trainTo : days.testTo]);
  },
});

export const foldColumns: readonly FoldColumn[] = [
  { id: 'number', title: 'Fold', unit: 'text', cell: (_, i) => i + 1 },
  window('training', 'Training', 'trainFrom'),
  window('test', 'Test', 'testFrom'),
  column('train_from', 'Training from', 'date', ({ days }) => days.trainFrom),
  column('train_to', 'Training to', 'date', ({ days }) => days.trainTo),
  column('test_from', 'Test from', 'date', ({ days }) => days.testFrom),
  column('test_to', 'Test to', 'date', ({ days }) => days.testTo),
  column('sharpe_in', 'Sharpe in training', 'ratio', ({ inSample }) => inSample?.sharpe),
  column('return_in', 'Return in training', 'percent', ({ inSample }) => inSample?.totalReturn),
  column('trades_in', 'Trades in training', 'count', ({ inSample }) => inSample?.trades),
  column('sharpe_out', 'Sharpe in the test', 'ratio', ({ outOfSample }) => outOfSample.sharpe),
  column(
    'return_out',
    'Return in the test',
    'percent',
    ({ outOfSample }) => outOfSample.totalReturn,
  ),
  column('trades_out', 'Trades in the test', 'count', ({ outOfSample }) => outOfSample.trades),
];

/** The settings that were varied, each a column of what was chosen; cash where nothing was. */
export const chosenColumns = (
  { dimensions, folds }: Pick<WalkForward, 'dimensions' | 'folds'>,
  titles: readonly string[],
): readonly FoldColumn[] =>
  dimensions.map(({ path }, d) => ({
    ...column(path, titles[d] ?? path, 'text', (fold) => fold.chosen?.[d]),
    stored: storedAs(folds.map(({ chosen }) => chosen?.[d] ?? null)),
    words: ({ folds }, i) => {
      const values = folds[i]!.chosen;
      return values === null ? 'cash' : valueWord(path, values[d] ?? null);
    },
  }));

/** A file of folds: one line per fold. */
export const foldsTable = (found: WalkForward): FileTable =>
  fileTable(
    [
      ...chosen(foldColumns, ['train_from', 'train_to', 'test_from', 'test_to']),
      ...chosenColumns(found, found.titles),
      ...chosen(foldColumns, ['sharpe_in', 'trades_in', 'sharpe_out', 'return_out', 'trades_out']),
    ],
    found,
    found.folds.length,
  );
