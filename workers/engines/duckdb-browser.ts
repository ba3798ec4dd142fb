import { BROWSER_RUNTIME, VoidLogger, createDuckDB } from 'duckdb-browser-blocking';
import wasmUrl from '#duckdb-eh.wasm?url';
import { openEngine } from './duckdb.ts';
import type { Engine } from './engine.ts';
import { checkWasm } from './wasm.ts';

/**
 * Boots DuckDB-WASM (eh) in this worker: 34 MB of wasm, fetched from the page's own folder. They are hashed while they
 * are compiled; nothing is asked of the engine before they are found right.
 */
export async function startBrowserEngine(onProgress: (ratio: number) => void): Promise<Engine> {
  const url = new URL(wasmUrl, import.meta.url).href;
  const bundle = { mainModule: url, mainWorker: '' };
  const bindings = await createDuckDB(
    { mvp: bundle, eh: bundle },
    new VoidLogger(),
    BROWSER_RUNTIME,
  );
  const { fetch } = globalThis;
  let checked: Promise<void> | undefined;
  globalThis.fetch = async (...given) => {
    const response = await fetch(...given);
    if (response.ok) {
      checked = bytesOf(response.clone()).then((bytes) => checkWasm('duckdb', bytes));
      checked.catch(() => undefined); // Heard below, where compiling did not fail before.
    }
    return response;
  };
  try {
    await bindings.instantiate(({ bytesLoaded, bytesTotal }) => {
      if (bytesTotal > 0) onProgress(Math.min(bytesLoaded / bytesTotal, 1));
    });
  } finally {
    globalThis.fetch = fetch;
  }
  await checked;
  return openEngine(bindings);
}

const bytesOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await response.arrayBuffer());
