import type { DuckDBBindings } from '@duckdb/duckdb-wasm/blocking';
import { type DataType, Type } from 'apache-arrow';
import { LabError } from '../../src/domain/errors.ts';
import { kernelsWasm } from './kernels-wasm.ts';

/**
 * The engine's side of the kernels: SQL's is src/sql/kernels.sql, what they compute is in kernels/. DuckDB hands a
 * function's arguments over in chunks of at most 2,048 rows; its library would go through them row by row.
 */

/** By the names that SQL calls, and how many of their arguments are columns; the others are one number each. */
const kernels = [
  { name: 'kernel_sum', kernel: 'sum', columns: 3 },
  { name: 'kernel_range_sum', kernel: 'rangeSum', columns: 5 },
  { name: 'kernel_highest', kernel: 'highest', columns: 3 },
  { name: 'kernel_z_score', kernel: 'zScore', columns: 3 },
  { name: 'kernel_correlation', kernel: 'correlation', columns: 4 },
  { name: 'kernel_smoothed', kernel: 'smoothed', columns: 4 },
] as const;

type Run = (rows: number, ...numbers: number[]) => number;

type Exports = Readonly<Record<(typeof kernels)[number]['kernel'], Run>> & {
  readonly memory: WebAssembly.Memory;
  begin(): void;
  addressOfColumn(column: number): number;
  addressOfKnown(column: number): number;
  addressOfResults(): number;
  addressOfGiven(): number;
};

/** Why a kernel refuses, by what it answers (kernels/chunk.ts). */
const reasons = [
  '',
  'rows do not follow one another',
  'a value is no number, or no integer below 2^53',
  'values are too large for 128 bits',
  'a sum is beyond 2^53',
  'a value is missing',
];

const refusal = 'Kernel refused: ';

/** Whether a kernel has refused, so that the windows of src/sql/features must serve. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof LabError && (error.data.cause?.includes(refusal) ?? false);

/** What of the library’s module is used: it uses them itself. */
interface Module {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF64: Float64Array;
  _malloc(bytes: number): number;
}

/** A chunk as the engine describes it; buffers are by their place in a list of addresses. */
interface Chunk {
  readonly rows: number;
  readonly args: readonly {
    readonly physicalType: string;
    readonly dataBuffer: number;
    readonly validityBuffer?: number;
  }[];
}

interface Runtime {
  callScalarUDF(
    module: Module,
    response: number,
    id: number,
    text: number,
    length: number,
    addresses: number,
    bytes: number,
  ): void;
}

/** The library takes an instance of Arrow’s own class for 32 bits. */
const double = { typeId: Type.Float64 } as unknown as DataType;

/** Of each engine in this thread. */
const opened = new WeakMap<Module, Kernels>();

/** The kernels of one engine, which SQL can call from now on, in statements that are opened for them. */
export class Kernels {
  readonly #wasm: Exports;
  #isOpen = false;

  constructor(bindings: DuckDBBindings, connection: number) {
    const bytes = Uint8Array.from(atob(kernelsWasm), (character) => character.charCodeAt(0));
    this.#wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
    opened.set((bindings as unknown as { readonly mod: Module }).mod, this);
    (globalThis as unknown as { DUCKDB_RUNTIME: Runtime }).DUCKDB_RUNTIME.callScalarUDF = answer;
    for (const { name } of kernels)
      bindings.createScalarFunction(connection, name, double, unanswered);
  }

  /** A statement begins, which may call kernels or, being a person's, may not. */
  begin(isOurs: boolean): void {
    this.#isOpen = isOurs;
    this.#wasm.begin();
  }

  /** The response of the engine's library: addresses of the results, a byte for each that says whether it is there, and 0. */
  call(module: Module, id: number, { rows, args }: Chunk, addresses: Float64Array): number {
    if (!this.#isOpen) throw new Error('This function is no part of a query.');
    const { kernel, columns } = kernels[id - 1]!;
    const wasm = this.#wasm;
    const own = new Uint8Array(wasm.memory.buffer);
    const numbers: number[] = [];
    for (const [i, { physicalType, dataBuffer, validityBuffer }] of args.entries()) {
      if (physicalType !== 'DOUBLE') throw new Error(`Argument ${i + 1} is no DOUBLE.`);
      const data = addresses[dataBuffer]!;
      if (i >= columns) {
        numbers.push(module.HEAPF64[data / 8]!);
        continue;
      }
      const from = module.HEAPU8;
      own.set(from.subarray(data, data + 8 * rows), wasm.addressOfColumn(i));
      const known = wasm.addressOfKnown(i);
      if (validityBuffer === undefined) own.fill(1, known, known + rows);
      else own.set(bytesAt(from, addresses[validityBuffer]!, rows), known);
    }
    const answered = wasm[kernel](rows, ...numbers);
    if (answered !== 0) throw new Error(refusal + reasons[answered]!);
    const given = new Uint8Array(wasm.memory.buffer); // It may have grown.
    const response = allocate(module, 3 * 8);
    const results = allocate(module, 8 * rows);
    const areGiven = allocate(module, rows);
    module.HEAPU8.set(bytesAt(given, wasm.addressOfResults(), 8 * rows), results);
    module.HEAPU8.set(bytesAt(given, wasm.addressOfGiven(), rows), areGiven);
    module.HEAPF64.set([results, areGiven, 0], response / 8);
    return response;
  }
}

/** What the library calls row by row in place of `answer`, which it puts aside while another engine starts in this thread. */
const unanswered = (): never => {
  throw new Error(`${refusal}another engine is starting`);
};

const answer: Runtime['callScalarUDF'] = (module, response, id, text, length, addresses, bytes) => {
  const respond = (status: number, address: number, size: number): void =>
    module.HEAPF64.set([status, address, size], response / 8);
  try {
    const chunk = JSON.parse(decoder.decode(bytesAt(module.HEAPU8, text, length))) as Chunk;
    const at = module.HEAPF64.subarray(addresses / 8, (addresses + bytes) / 8);
    respond(0, opened.get(module)!.call(module, id, chunk, at), 0);
  } catch (error) {
    const message = encoder.encode(error instanceof Error ? error.message : String(error));
    const address = allocate(module, message.length);
    module.HEAPU8.set(message, address);
    respond(1, address, message.length);
  }
};

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const bytesAt = (from: Uint8Array, address: number, length: number): Uint8Array =>
  from.subarray(address, address + length);

/** Above 2 GB the library gives addresses as negative numbers. */
const allocate = (module: Module, bytes: number): number => module._malloc(bytes) >>> 0;
