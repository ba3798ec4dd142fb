import { LabError } from '../../src/domain/errors.ts';
import { sha256Of } from '../services/sha256.ts';

/**
 * SHA-256 of every WebAssembly file that is fetched or read; others are inside scripts. DuckDB's is made of the package's
 * (engineWasm) by scripts/make-engine.mjs.
 */
export const wasmHashes = {
  duckdb: 'eb8b4016894f4d0db8782869064abe34dd96a6ed9441a386a9e5da9016383e48',
  sqlite: '43bbcdd44287e5a2db3b6b5af34b1a3485a7a441285d247976c1ebe3c61f8dbf',
} as const;

/** How long DuckDB's is, unpacked: a host may pack it for the way. */
export const duckdbBytes = 24_256_649;

/** Refuses bytes that are not the file which this version was made with and tested on. */
export async function checkWasm(
  file: keyof typeof wasmHashes,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const found = await sha256Of(bytes);
  if (found === wasmHashes[file]) return;
  throw new LabError({
    kind: 'engine',
    problem: `The WebAssembly file of ${file === 'duckdb' ? 'DuckDB' : 'SQLite'} is not the one that this version was made with: its SHA-256 begins with ${found.slice(0, 12)}, not ${wasmHashes[file].slice(0, 12)}.`,
    remedy:
      'Delete the site’s data and reload, or install Outsample again; if it stays, whoever hosts it has another file there.',
  });
}
