import bars from './bars.sql?raw';
import kernels from './kernels.sql?raw';
import datedSessions from './dated_sessions.sql?raw';
import resampled from './resampled.sql?raw';
import meanTable from './mean_table.sql?raw';
import signals from './signals.sql?raw';
import weights from './weights.sql?raw';
import { type Values, namedQueries, withValues } from './sql.ts';

export { default as barNumbersSql } from './bar_numbers.sql?raw';
export { default as marketSql } from './market.sql?raw';
export { default as marketInstantsSql } from './market_instants.sql?raw';
export { default as macroByBarSql } from './macro_by_bar.sql?raw';
export { default as roundedSql } from './rounded.sql?raw';
export { default as macroGapsSql } from './macro_gaps.sql?raw';
export { default as outsidersSql } from './outsiders.sql?raw';
export { default as thresholdSql } from './threshold.sql?raw';

/**
 * The bars that features are computed over, whose exact integers are values times these scales; where `known` says when each
 * is known, they have that column too.
 */
export const barsSql = (
  hasKnown: boolean,
  scales: { readonly price_scale: number; readonly volume_scale: number },
): string => withValues(bars.replace('/* known */', hasKnown ? 'known,' : ''), { ...scales });

/** The features whose tables are those of mean_table.sql, and the types of their sums. */
const meanSums: Readonly<Record<string, 'BIGINT' | 'HUGEINT'>> = {
  atr_sma: 'BIGINT',
  sma: 'HUGEINT',
};

/** The table {table} of a feature of these values; undefined where it holds what the query yields, and no more. */
export function featureTableSql(name: string, values: Values): string | undefined {
  const sum = meanSums[name];
  return sum === undefined ? undefined : withValues(meanTable.replace('/* sum */', sum), values);
}

/** Longer bars, made of those that are given: by instants, or by days alone. */
export const resampledSql = (hasInstants: boolean): string =>
  resampled.replace('/* given */', () => (hasInstants ? timedBars : datedSessions.trimEnd()));

const timedBars = 'given AS NOT MATERIALIZED (SELECT rowid AS row, * FROM imported_bars)';

/** Columns of a strategy's signals beside those that all have. */
export interface SignalColumns {
  /** half_spread, from the feature that is bound to `{half_spread}`. */
  readonly halfSpread: boolean;
  /** `unknown`, the strategy's own. */
  readonly unknown?: boolean;
  /** `weight` in place of entries; where it is asking, `rebalance` too. */
  readonly weights?: 'scheduled' | 'asking' | undefined;
}

/** A strategy's signals (see signals.sql and weights.sql) around its own query, both with their placeholders. */
export const signalsSql = (
  strategy: string,
  { halfSpread, unknown = false, weights: given }: SignalColumns,
): string =>
  (given === undefined ? signals : weights)
    .replace('/* strategy */', () => strategy)
    .replace('/* rebalance */', given === 'asking' ? rebalanceColumn : '')
    .replace('/* unknown */', unknown ? unknownColumn : '')
    .replace('/* half spread */', halfSpread ? halfSpreadColumn : '')
    .replace('/* spread table */', halfSpread ? 'POSITIONAL JOIN {half_spread} AS spread' : '');

const rebalanceColumn = ', coalesce(signal.rebalance, false)::TINYINT AS rebalance';
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

/** The same by exact kernels, for the features that have one: see kernels.sql. */
export const kernelSql: ReadonlyMap<string, string> = namedQueries(kernels);
