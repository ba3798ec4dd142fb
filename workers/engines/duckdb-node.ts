import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openEngine } from './duckdb.ts';
import type { Engine } from './engine.ts';

const require = createRequire(import.meta.url);
const entry = '@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs';

/** Boots DuckDB-WASM (eh) in Node: 1–2 s. */
export async function startNodeEngine(): Promise<Engine> {
  const duckdb = require(entry) as typeof import('@duckdb/duckdb-wasm/dist/types/src/targets/duckdb-node-blocking.js');
  const folder = dirname(require.resolve(entry));
  const bundle = (name: string) => ({ mainModule: join(folder, `duckdb-${name}.wasm`), mainWorker: '' });
  const bindings = await duckdb.createDuckDB(
    { mvp: bundle('mvp'), eh: bundle('eh') },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await bindings.instantiate();
  return openEngine(bindings);
}
