import { BROWSER_RUNTIME, VoidLogger, createDuckDB } from 'duckdb-browser-blocking';
import wasmUrl from '#duckdb-eh.wasm?url';
import { openEngine } from './duckdb.ts';
import type { Engine } from './engine.ts';
import { checkWasm, duckdbBytes } from './wasm.ts';

/**
 * Boots DuckDB-WASM (eh) in this worker: 24 MB of wasm, fetched from the page's own folder. They are hashed while they
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
  let checked: Promise<void> | undefined;
  const load = async (imports: WebAssembly.Imports) => {
    const response = await fetch(url);
    if (response.ok) {
      checked = bytesOf(response.clone(), onProgress).then((bytes) => checkWasm('duckdb', bytes));
      checked.catch(() => undefined); // Heard below, where compiling did not fail before.
    }
    return WebAssembly.instantiateStreaming(response, imports);
  };
  // The library counts bytes in a stream of its own; what it compiled is kept for the next visit of a plain response alone.
  const instantiateWasm = (imports: WebAssembly.Imports, success: Success): object => {
    Object.assign(globalThis, { DUCKDB_RUNTIME: BROWSER_RUNTIME });
    void load(imports).then(({ instance, module }) => success(instance, module));
    return [];
  };
  Object.assign(bindings, { instantiateWasm });
  await bindings.instantiate(() => undefined);
  await checked;
  return openEngine(bindings);
}

type Success = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** Reads a response to its end and tells how far it is; what it is packed in for the way does not count. */
async function bytesOf(
  { body }: Response,
  onProgress: (ratio: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  await body?.pipeTo(
    new WritableStream({
      write(chunk: Uint8Array<ArrayBuffer>) {
        chunks.push(chunk);
        read += chunk.length;
        onProgress(Math.min(read / duckdbBytes, 1));
      },
    }),
  );
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
