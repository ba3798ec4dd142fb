import { createRequire } from 'node:module';
import {
  type DuckDBBindings,
  NODE_RUNTIME,
  VoidLogger,
  createDuckDB,
} from '@duckdb/duckdb-wasm/blocking';
import { openEngine } from '../../workers/engines/duckdb.ts';
import type { Engine } from '../../workers/engines/engine.ts';

/** The engine as it is, but for the memory that its tables may take: '40MB', say. */
export async function startSmallEngine(memory: string): Promise<Engine> {
  const wasm = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const bundle = { mainModule: wasm, mainWorker: '' };
  const bindings = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), NODE_RUNTIME);
  await bindings.instantiate();
  return openEngine(
    new Proxy<DuckDBBindings>(bindings, {
      get: (own, name) => {
        const found: unknown = Reflect.get(own, name);
        if (typeof found !== 'function') return found;
        return name === 'runQuery'
          ? (connection: number, sql: string) =>
              own.runQuery(connection, sql.replace(locking, `SET memory_limit = '${memory}'; $&`))
          : (found.bind(own) as unknown);
      },
    }),
  );
}

const locking = 'SET lock_configuration';
