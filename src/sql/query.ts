import { namedQueries, withIdentifiers } from './sql.ts';

/** The JavaScript types that columns and parameters have. */
interface Kinds {
  text: string;
  integer: number;
  number: number;
  /** 64 bits, as DuckDB numbers rows. */
  bigint: bigint;
  bytes: Uint8Array;
}
type Kind = keyof Kinds;
export type ColumnType = Kind | `${Kind} or null`;

/** Columns or parameters by name. */
export type Shape<C extends ColumnType = ColumnType> = Readonly<Record<string, C>>;

type ValueOf<C extends ColumnType> = C extends `${infer K extends Kind} or null`
  ? Kinds[K] | null
  : C extends Kind
    ? Kinds[C]
    : never;

/** What a shape describes: a row, or the values for parameters. */
export type RowOf<S extends Shape> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the shape of nothing
export type Nothing = {};

/** A query with the parameters that it takes and the columns that it yields. */
export interface Query<Takes extends Shape, Yields extends Shape> {
  readonly text: string;
  readonly takes: Takes;
  readonly yields: Yields;
}

/** A query that is written where it is asked, and takes nothing. */
export const reading = <const Y extends Shape>(text: string, yields: Y): Query<Nothing, Y> => ({
  text,
  takes: {},
  yields,
});

/** A query with identifiers in its placeholders. */
export const within = <Q extends { readonly text: string }>(
  query: Q,
  identifiers: Readonly<Record<string, string>>,
): Q => ({ ...query, text: withIdentifiers(query.text, identifiers) });

interface Declaration {
  readonly takes?: Shape;
  readonly yields?: Shape;
}
type Declared<D extends Declaration> = Query<
  D extends { readonly takes: infer T extends Shape } ? T : Nothing,
  D extends { readonly yields: infer Y extends Shape } ? Y : Nothing
>;

/** The queries of a file, addRun under the heading add_run: each is declared, and each that is declared is there. */
export function declare<const D extends Readonly<Record<string, Declaration>>>(
  text: string,
  declarations: D,
): { readonly [Name in keyof D]: Declared<D[Name]> } {
  const queries = new Map(namedQueries(text));
  const take = (key: string): string => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const query = queries.get(name);
    if (query === undefined) throw new RangeError(`There is no query ${name}.`);
    queries.delete(name);
    return query;
  };
  const all = Object.entries(declarations).map(([key, { takes = {}, yields = {} }]) => [
    key,
    { text: take(key), takes, yields },
  ]);
  const [undeclared] = queries.keys();
  if (undeclared !== undefined) throw new RangeError(`The query ${undeclared} is not declared.`);
  return Object.fromEntries(all) as { readonly [Name in keyof D]: Declared<D[Name]> };
}

const holds: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  number: (value) => typeof value === 'number',
  bigint: (value) => typeof value === 'bigint',
  bytes: (value) => value instanceof Uint8Array,
};

export const kindOf = (column: ColumnType): Kind => column.replace(' or null', '') as Kind;
export const mayBeNull = (column: ColumnType): boolean => column.endsWith(' or null');

/** The first column of a row that is not as declared. */
export const misfit = (shape: Shape, row: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(shape).find((name) => {
    const column = shape[name]!;
    const value = row[name];
    return !(value === null ? mayBeNull(column) : holds[kindOf(column)]!(value));
  });
