import { BROWSER_RUNTIME, VoidLogger, createDuckDB } from 'duckdb-browser-blocking';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { openEngine } from './duckdb.ts';
import type { Engine } from './engine.ts';

/** Boots DuckDB-WASM (eh) in this worker: 34 MB of wasm, fetched from the page's own folder. */
export async function startBrowserEngine(onProgress: (ratio: number) => void): Promise<Engine> {
  const url = new URL(wasmUrl, import.meta.url).href;
  const bundle = { mainModule: url, mainWorker: '' };
  const bindings = await createDuckDB(
    { mvp: bundle, eh: bundle },
    new VoidLogger(),
    BROWSER_RUNTIME,
  );
  await bindings.instantiate(({ bytesLoaded, bytesTotal }) => {
    if (bytesTotal > 0) onProgress(Math.min(bytesLoaded / bytesTotal, 1));
  });
  return openEngine(bindings);
}
