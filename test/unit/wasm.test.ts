import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namesIn } from '../../scripts/engine/names.mjs';
import { engineBytes } from '../../scripts/make-engine.mjs';
import { engineWasm } from '../../src/domain/version.ts';
import { checkWasm, duckdbBytes, wasmHashes } from '../../workers/engines/wasm.ts';
import { sha256Of } from '../../workers/services/sha256.ts';

const files = {
  duckdb: 'dist-engine/duckdb-eh.wasm',
  sqlite: 'node_modules/sql.js/dist/sql-wasm-browser.wasm',
} as const;

describe.each(Object.keys(wasmHashes) as (keyof typeof wasmHashes)[])('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(files[name]));

  it('is the file that this version was made with', async () => {
    await expect(checkWasm(name, bytes)).resolves.toBeUndefined();
  });

  it('is refused where one byte differs, with what to do', async () => {
    bytes[bytes.length - 1]! ^= 1;
    await expect(checkWasm(name, bytes)).rejects.toThrow(
      /is not the one that this version was made with.*Delete the site’s data and reload/,
    );
  });
});

it('DuckDB’s is made of what its package ships, and always the same', async () => {
  const shipped = readFileSync('node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  expect(await sha256Of(new Uint8Array(shipped))).toBe(engineWasm);
  const made = new Uint8Array(engineBytes());
  expect(await sha256Of(made)).toBe(wasmHashes.duckdb);
  expect(made.length).toBe(duckdbBytes);
});

it('of its exports those stay that the glue reads by name, and a name that its text does not say stops the making', () => {
  const keeps = namesIn(['wasmExports["malloc"](); wasmExports.free; other.memcpy']);
  const names = ['malloc', 'free', 'dynCall_vij', 'memcpy', '_ZN6duckdb5ValueC1Ev'];
  expect(names.filter(keeps)).toEqual(['malloc', 'free', 'dynCall_vij']);
  expect(() => namesIn(['wasmExports[name]()'])).toThrow(/not in its text/);
  expect(() => namesIn(['exports.malloc()'])).toThrow(/does not read wasmExports/);
});
