import { columnsCsv } from '../csv.ts';
import type { WalkForward } from '../../domain/validation/walk-forward.ts';

/** One line per fold. */
export function foldsCsv({ folds, dimensions }: WalkForward): string {
  const days = (key: 'trainFrom' | 'trainTo' | 'testFrom' | 'testTo') => ({
    days: Int32Array.from(folds, (fold) => fold.days[key]),
  });
  return columnsCsv(
    [
      'train_from',
      'train_to',
      'test_from',
      'test_to',
      ...dimensions.map(({ path }) => path),
      'sharpe_in',
      'trades_in',
      'sharpe_out',
      'return_out',
      'trades_out',
    ],
    [
      days('trainFrom'),
      days('trainTo'),
      days('testFrom'),
      days('testTo'),
      ...dimensions.map((_, d) => folds.map(({ chosen }) => chosen?.[d] ?? null)),
      folds.map(({ inSample }) => inSample?.sharpe ?? null),
      folds.map(({ inSample }) => inSample?.trades ?? null),
      folds.map(({ outOfSample }) => outOfSample.sharpe),
      folds.map(({ outOfSample }) => outOfSample.totalReturn),
      folds.map(({ outOfSample }) => outOfSample.trades),
    ],
  );
}
