import type { FileColumn } from '../../domain/file-table.ts';
import type { SignalPlan } from '../../domain/strategies/strategy.ts';

/** The columns of bars in files. */
export const barFileColumns: readonly FileColumn[] = [
  { name: 'symbol', stored: 'text' },
  { name: 'date', stored: 'date' },
  ...['open', 'high', 'low', 'close', 'volume'].map(
    (name) => ({ name, stored: 'double' }) as const,
  ),
];

const macroNames = ['vix', 'index_return', 'oil_return', 'g_score'] as const;

/** A file of features: the bars, those of the plan's columns that are not among them, and what the macro filter saw. */
export function featureFileColumns({
  columns,
  sessions,
}: Pick<SignalPlan, 'columns' | 'sessions'>): {
  readonly names: readonly string[];
  readonly macro: readonly (typeof macroNames)[number][];
  readonly columns: readonly FileColumn[];
} {
  const barNames = barFileColumns.map(({ name }) => name);
  const names = Object.entries(columns).flatMap(([name, { feature, column }]) =>
    feature.name === 'bars' && barNames.includes(column) ? [] : [name],
  );
  const macro = sessions === null ? [] : macroNames;
  return {
    names,
    macro,
    columns: [
      ...barFileColumns,
      ...[...names, ...macro].map((name) => ({ name, stored: 'double' }) as const),
    ],
  };
}
