/** What stands in a cell; null or NaN where there is nothing. */
export type Cell = string | number | bigint | boolean | null;

/** What a column holds in formats that have types: 32-bit integers, doubles, UTF-8, days since 1970-01-01. */
export type Stored = 'date' | 'integer' | 'double' | 'text' | 'flag';

export interface FileColumn {
  readonly name: string;
  readonly stored: Stored;
  /** None of its cells is ever empty. */
  readonly isFull?: boolean;
}

/** Some rows of one column; null and NaN are empty cells. */
export type Cells = readonly Cell[] | Float64Array | Int32Array;

/** A table on its way to a file. Its rows are taken once, in parts, so that not all need be at hand at once. */
export interface FileTable {
  readonly columns: readonly FileColumn[];
  /** Each has the same rows of every column. */
  readonly parts: Iterable<readonly Cells[]> | AsyncIterable<readonly Cells[]>;
}
