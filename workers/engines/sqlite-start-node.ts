import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Sqlite, startSqlite } from './sqlite.ts';
import { checkWasm } from './wasm.ts';

/** Boots sql.js in Node, on the same 0.65 MB of wasm as in browsers. */
export async function startNodeSqlite(): Promise<Sqlite> {
  const path = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm-browser.wasm');
  const wasm = new Uint8Array(await readFile(path)); // Of its own: a small file’s buffer is part of a larger one.
  await checkWasm('sqlite', wasm);
  return startSqlite(wasm.buffer);
}
