/** A value of a column as one of a record: NaN says that a column has none, null that a record has none. */
export const known = <T extends number | string>(value: T): T | null =>
  Number.isNaN(value) ? null : value;
