import { Table, type Vector, makeVector, tableFromIPC } from 'apache-arrow';

/** Results of queries, which come as messages of an Arrow stream: its schema first, then batches of rows. */
export class Batches {
  readonly #messages: Uint8Array[];

  constructor(schema: Uint8Array) {
    this.#messages = [schema];
  }

  take(batch: Uint8Array): void {
    this.#messages.push(batch);
  }

  table(): Table {
    return tableFromIPC(this.#messages);
  }
}

type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Int8Array<ArrayBuffer>;

/** Columns of numbers without nulls, each in one piece: a batch can go once it was taken. */
export class NumberColumns {
  readonly #columns = new Map<string, Numbers>();
  #length = 0;

  /** `rows` is how many come; more take a copy of what there is. */
  constructor(
    private readonly schema: Uint8Array,
    private rows: number,
  ) {}

  take(batch: Uint8Array): void {
    const table = tableFromIPC([this.schema, batch]);
    const length = this.#length + table.numRows;
    if (length > this.rows) this.rows = 2 * length;
    for (const { name } of table.schema.fields)
      this.#roomFor(name, table).set(valuesOf(table, name), this.#length);
    this.#length = length;
  }

  #roomFor(name: string, table: Table): Numbers {
    const known = this.#columns.get(name);
    if (known !== undefined && known.length >= this.rows) return known;
    const Type = valuesOf(table, name).constructor as new (length: number) => Numbers;
    const room = new Type(this.rows);
    if (known !== undefined) room.set(known.subarray(0, this.#length));
    this.#columns.set(name, room);
    return room;
  }

  table(): Table {
    if (this.#length === 0) return tableFromIPC([this.schema]);
    const vectors = [...this.#columns].map(
      ([name, values]) => [name, makeVector(values.subarray(0, this.#length)) as Vector] as const,
    );
    return new Table(Object.fromEntries(vectors));
  }
}

function valuesOf(table: Table, name: string): Numbers {
  return table.getChild(name)!.toArray() as Numbers;
}
