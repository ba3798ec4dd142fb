import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NODE_RUNTIME, VoidLogger, createDuckDB } from '@duckdb/duckdb-wasm/blocking';
import { openEngine } from './duckdb.ts';
import type { Engine } from './engine.ts';
import { checkWasm } from './wasm.ts';

/** Where the engine's file is. */
export const engineFile = (): string => createRequire(import.meta.url).resolve('#duckdb-eh.wasm');

export const startNodeEngine = (): Promise<Engine> => startEngineFrom(engineFile());

/** Boots DuckDB-WASM (eh) in Node: 1 s. Its file is hashed beside, in another thread. */
export async function startEngineFrom(wasm: string): Promise<Engine> {
  const bundle = { mainModule: wasm, mainWorker: '' };
  const checked = checkWasm('duckdb', readFileSync(wasm)); // At once: the thread is about to be busy.
  const bindings = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), NODE_RUNTIME);
  await Promise.all([checked, bindings.instantiate()]);
  return openEngine(bindings);
}
