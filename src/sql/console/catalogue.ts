import { type Nothing, type Query, declare } from '../query.ts';
import { quoteIdentifier } from '../sql.ts';
import tables from './tables.sql?raw';

/** Views of the dataset in the console's database. */
export const datasetViews: Readonly<
  Record<'bars' | 'attention' | 'macro', Query<Nothing, Nothing>>
> = declare(tables, { bars: {}, attention: {}, macro: {} });

const own = (name: string): string => `console.main.${quoteIdentifier(name)}`;

/** A column of the console's, read from a column of a feature table. */
interface FeatureColumn {
  readonly name: string;
  readonly table: string;
  readonly column: string;
}

/**
 * The view `features`: the bars, the columns of feature tables, which have a row for each of `bars`,
 * and those of a table of sessions, where there is one.
 */
export function featuresView(
  columns: readonly FeatureColumn[],
  sessions: readonly (FeatureColumn & { readonly isScore: boolean })[],
): string {
  const aligned = [...new Set(columns.map(({ table }) => table))].filter((one) => one !== 'bars');
  const joins = aligned.map((table) => ` POSITIONAL JOIN lab.main.${quoteIdentifier(table)}`);
  const selects = columns.map(
    ({ table, column }, i) =>
      `, ${quoteIdentifier(table)}.${quoteIdentifier(column)}::DOUBLE AS f${i}`,
  );
  const named = [
    ...columns.map(({ name }, i) => `, beside.f${i} AS ${quoteIdentifier(name)}`),
    ...sessions.map(({ name, column, isScore }) => {
      const value = `sessions.${quoteIdentifier(column)}`;
      return `, ${isScore ? `coalesce(${value}, 0)` : value}::DOUBLE AS ${quoteIdentifier(name)}`;
    }),
  ];
  const [macro] = sessions;
  const session =
    macro === undefined
      ? ''
      : ` LEFT JOIN lab.main.${quoteIdentifier(macro.table)} AS sessions ON sessions.day = beside.day`;
  return `CREATE OR REPLACE VIEW ${own('features')} AS
SELECT symbol, DATE '1970-01-01' + beside.day AS date, open, high, low, close, volume${named.join('')}
FROM (
  SELECT bars.sym, bars.day, bars.open, bars.high, bars.low, bars.close, bars.volume${selects.join('')}
  FROM lab.main.bars${joins.join('')}
) AS beside JOIN lab.main.symbols USING (sym)${session}
ORDER BY beside.sym, beside.day`;
}

const types = {
  date: 'DATE',
  integer: 'INTEGER',
  double: 'DOUBLE',
  text: 'VARCHAR',
  flag: 'BOOLEAN',
} as const;
type Type = keyof typeof types;

/** From the columns c0, c1, … in which parts of a table are handed over: days, numbers with NaN for none, and texts. */
const taken: Readonly<Record<Type, (column: string) => string>> = {
  date: (column) => `DATE '1970-01-01' + ${column}`,
  integer: (column) => column,
  double: (column) => `nullif(${column}, 'NaN'::DOUBLE)`,
  text: (column) => column,
  flag: (column) => `${column}::BOOLEAN`,
};

/** An empty table of these columns, and the statement that takes a part of it from another table, which goes. */
export const resultTable = (
  name: string,
  columns: readonly { readonly name: string; readonly stored: Type }[],
  part: string,
): { readonly create: string; readonly take: string } => ({
  create: `CREATE TABLE ${own(name)} (${columns
    .map((column) => `${quoteIdentifier(column.name)} ${types[column.stored]}`)
    .join(', ')})`,
  take: `INSERT INTO ${own(name)} SELECT ${columns
    .map(({ stored }, i) => taken[stored](`c${i}`))
    .join(', ')} FROM ${part}; DROP TABLE ${part}`,
});

/** Whatever is there of this name goes. */
export const gone = (name: string, kind: 'VIEW' | 'TABLE'): string =>
  `DROP ${kind} IF EXISTS ${own(name)}`;
