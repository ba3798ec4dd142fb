/** Rows of each symbol one after another, in the order of an instant. */
export interface RowOrder {
  /** Length symbols + 1. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** The rows in their order; null where they stand so. */
  readonly rows: Int32Array<ArrayBuffer> | null;
}

/** Rows by (symbol, `at`); those that are equal keep the order that they have. An empty `symbol` is one symbol. */
export function orderOf(
  symbols: number,
  symbol: Int32Array,
  at: Float64Array | Int32Array,
): RowOrder {
  const total = at.length;
  const symbolOf = (row: number): number => (symbol.length === 0 ? 0 : symbol[row]!);
  const starts = new Int32Array(symbols + 1);
  let isInOrder = true;
  for (let row = 0; row < total; row++) {
    const own = symbolOf(row);
    starts[own + 1]! += 1;
    if (row === 0 || !isInOrder) continue;
    const before = symbolOf(row - 1);
    isInOrder = own > before || (own === before && at[row]! >= at[row - 1]!);
  }
  for (let s = 0; s < symbols; s++) starts[s + 1]! += starts[s]!;
  return { starts, rows: isInOrder ? null : sorted(symbolOf, at, starts) };
}

function sorted(
  symbolOf: (row: number) => number,
  at: Float64Array | Int32Array,
  starts: Int32Array,
): Int32Array<ArrayBuffer> {
  const next = starts.slice();
  const rows = new Int32Array(at.length);
  for (let row = 0; row < rows.length; row++) rows[next[symbolOf(row)]!++] = row;
  for (let s = 0; s + 1 < starts.length; s++) {
    const own = rows.subarray(starts[s], starts[s + 1]);
    if (!own.some((row, i) => i > 0 && at[row]! < at[own[i - 1]!]!)) continue;
    if (own.every((row, i) => i === 0 || at[row]! < at[own[i - 1]!]!)) own.reverse();
    else own.sort((a, b) => at[a]! - at[b]! || a - b);
  }
  return rows;
}
