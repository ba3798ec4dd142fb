import signals from './signals.sql?raw';

export { default as barsSql } from './bars.sql?raw';
export { default as marketSql } from './market.sql?raw';
export { default as macroByBarSql } from './macro_by_bar.sql?raw';
export { default as roundedSql } from './rounded.sql?raw';
export { default as macroGapsSql } from './macro_gaps.sql?raw';

/**
 * A strategy's signals (see signals.sql) around its own query, both with their placeholders. `halfSpread` adds the column
 * half_spread, from the feature that is bound to `{half_spread}`; `unknown` takes the strategy's column of that name along.
 */
export const signalsSql = (
  strategy: string,
  { halfSpread, unknown = false }: { halfSpread: boolean; unknown?: boolean },
): string =>
  signals
    .replace('/* strategy */', () => strategy)
    .replace('/* unknown */', unknown ? unknownColumn : '')
    .replace('/* half spread */', halfSpread ? halfSpreadColumn : '')
    .replace('/* spread table */', halfSpread ? 'POSITIONAL JOIN {half_spread} AS spread' : '');

const unknownColumn = ', signal.unknown::TINYINT AS unknown';
const halfSpreadColumn = `, coalesce(spread.value, 'NaN'::DOUBLE)::DOUBLE AS half_spread`;

const files = import.meta.glob<string>('./features/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** One query per feature. Each yields one row per row of `bars`, in order, unless its comment says otherwise. */
export const featureSql: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [/(\w+)\.sql$/.exec(path)![1]!, text]),
);
