import type { Table } from 'apache-arrow';
import type { Market } from '../../src/domain/market.ts';
import type { Instants, Row } from '../../src/domain/units.ts';

type NumericArray = Float64Array | Int32Array | Int8Array;

/**
 * A numeric result column as a typed array. The query must have turned nulls into NaN and cast to exactly
 * the type asked for: DOUBLE, INTEGER or TINYINT.
 */
function numeric<T extends NumericArray>(
  type: new (length: number) => T,
): (table: Table, name: string) => T {
  return (table, name) => {
    if (table.numRows === 0) return new type(0);
    const array: unknown = table.getChild(name)?.toArray();
    if (!(array instanceof type))
      throw new RangeError(`The result’s column ${name} is no ${type.name}.`);
    return array;
  };
}

export const float64 = numeric(Float64Array);
export const int32 = numeric(Int32Array);
export const int8 = numeric(Int8Array);

export const texts = (table: Table, name: string): string[] =>
  [...(table.getChild(name) ?? [])].map(String);

/** When the bars of these rows open and are known; nothing where bars are dated by days alone. */
export const instantsOf = (
  { clock }: Pick<Market, 'clock'>,
  first: Row,
  end: Row,
): { readonly opens?: Instants; readonly known?: Instants } =>
  clock === undefined
    ? {}
    : { opens: clock.opens.slice(first, end), known: clock.known.slice(first, end) };
