import type { FileTable } from '../../domain/file-table.ts';
import type { Ratio } from '../../domain/units.ts';
import type { FoldRegimes } from '../../domain/validation/learning.ts';
import { fileTable } from '../file-table.ts';
import { ofList } from './table.ts';

interface Regime {
  readonly fold: number;
  readonly name: string;
  readonly mean: Ratio;
  readonly deviation: Ratio;
  readonly stays: Ratio | null;
  readonly share: Ratio | null;
}

const names = ['Calm', 'Volatile', 'Panic'];

/** The regimes of every fold, calm first. */
export const regimesOf = (folds: readonly FoldRegimes[]): Regime[] =>
  folds.flatMap(({ mean, deviation, transition, share }, fold) =>
    mean.map((_, i) => ({
      fold: fold + 1,
      name: names[i] ?? `Regime ${i + 1}`,
      mean: mean[i]!,
      deviation: deviation[i]!,
      stays: transition[i]?.[i] ?? null,
      share: share[i] ?? null,
    })),
  );

export const regimeColumns = ofList<Regime>([
  { id: 'fold', title: 'Fold', unit: 'text', stored: 'integer', cell: ({ fold }) => fold },
  { id: 'regime', title: 'Regime', unit: 'text', cell: ({ name }) => name },
  { id: 'mean', title: 'Mean a day', unit: 'percent', cell: ({ mean }) => mean },
  {
    id: 'deviation',
    title: 'Deviation a day',
    unit: 'percent',
    cell: ({ deviation }) => deviation,
  },
  { id: 'stays', title: 'Stays', unit: 'percent', cell: ({ stays }) => stays },
  { id: 'share', title: 'Of the test', unit: 'percent', cell: ({ share }) => share },
]);

/** A file of regimes: one line for each of each fold. */
export const regimesTable = (regimes: readonly Regime[]): FileTable =>
  fileTable(regimeColumns, regimes, regimes.length);
