type Column = Int8Array | Uint8Array | Int32Array | Float64Array;
type ColumnType = new (length: number) => Column;

/** Columns that grow as rows are reserved. A good guess of `capacity` saves growing. */
export class GrowingColumns<Types extends Record<string, ColumnType>> {
  #length = 0;
  #capacity: number;
  #columns: { [name in keyof Types]: InstanceType<Types[name]> };
  readonly #types: Types;

  constructor(types: Types, capacity = 0) {
    this.#types = types;
    this.#capacity = capacity;
    this.#columns = this.#allocate();
  }

  /** The columns as they are now; growing replaces them. */
  get columns(): { readonly [name in keyof Types]: InstanceType<Types[name]> } {
    return this.#columns;
  }

  /** The place of the next row. */
  reserve(): number {
    if (this.#length === this.#capacity) {
      const before = this.#columns;
      this.#capacity = Math.max(64, 2 * this.#capacity);
      this.#columns = this.#allocate();
      for (const name in this.#types) this.#columns[name].set(before[name]);
    }
    return this.#length++;
  }

  /** Takes all rows out; the columns, which hold zeros again, are used for those to come. */
  clear(): void {
    for (const name in this.#types) this.#columns[name].fill(0, 0, this.#length);
    this.#length = 0;
  }

  /** All rows, and how many; `asViews`, they stand until the columns are cleared. */
  table(
    asViews = false,
  ): { length: number } & { [name in keyof Types]: InstanceType<Types[name]> } {
    const table: Record<string, Column | number> = { length: this.#length };
    for (const [name, column] of Object.entries<Column>(this.#columns))
      table[name] = asViews
        ? column.subarray(0, this.#length)
        : this.#length === this.#capacity
          ? column
          : column.slice(0, this.#length);
    return table as { length: number } & { [name in keyof Types]: InstanceType<Types[name]> };
  }

  #allocate(): { [name in keyof Types]: InstanceType<Types[name]> } {
    const made = Object.entries(this.#types).map(([name, type]) => [
      name,
      new type(this.#capacity),
    ]);
    return Object.fromEntries(made) as { [name in keyof Types]: InstanceType<Types[name]> };
  }
}
