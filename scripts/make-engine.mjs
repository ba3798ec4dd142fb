/**
 * Makes dist-engine/duckdb-eh.wasm from the binary of DuckDB's package, where that is newer: without the 75,000 exports
 * that extensions would ask for, and without what they alone need. docs/decisions/0016-engine-file.md.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cut } from './engine/cut.mjs';
import { namesIn } from './engine/names.mjs';
import { isStale } from './newest.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packaged = join(root, 'node_modules/@duckdb/duckdb-wasm/dist');
const original = join(packaged, 'duckdb-eh.wasm');
/** What calls the binary, in browsers and in Node. */
const glues = ['duckdb-browser-blocking.mjs', 'duckdb-node-blocking.cjs'].map((name) =>
  join(packaged, name),
);
const made = join(root, 'dist-engine/duckdb-eh.wasm');

/** The bytes: the same from the same package. */
export const engineBytes = () =>
  cut(readFileSync(original), namesIn(glues.map((path) => readFileSync(path, 'utf8'))));

/** Written aside and renamed, so that those who start at once never see half of it. */
export function makeEngine() {
  if (!isStale(made, [original, ...glues, import.meta.filename, join(root, 'scripts/engine')]))
    return;
  mkdirSync(dirname(made), { recursive: true });
  const aside = `${made}.${process.pid}`;
  writeFileSync(aside, engineBytes());
  renameSync(aside, made);
}

/**
 * The file is there before anything is built or tested.
 * @type {import('vite').Plugin}
 */
export const engine = { name: 'engine', config: makeEngine };

if (process.argv[1] === import.meta.filename) makeEngine();
