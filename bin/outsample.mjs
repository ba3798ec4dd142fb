#!/usr/bin/env node
// Runs src/cli/main.ts, bundled into dist-cli/ whenever a source is newer than the bundle, which also makes the engine's
// file where there is none. A package has both, and no sources.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isStale } from '../scripts/newest.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outDir = join(root, 'dist-cli');
const built = join(outDir, 'main.mjs');
const engine = join(root, 'dist-engine/duckdb-eh.wasm');

const isPackage = !existsSync(join(root, 'src/cli'));

function sources() {
  const rooms = readdirSync(join(root, 'src')).filter((room) => room !== 'ui');
  return [...rooms.map((room) => join(root, 'src', room)), join(root, 'workers')];
}

/** Removes what builds that were killed have left. */
function sweep(before) {
  for (const name of readdirSync(outDir).filter((one) => one.startsWith('build-'))) {
    const left = join(outDir, name);
    const made = statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (made < before) rmSync(left, { recursive: true, force: true });
  }
}

/** Builds aside and renames, so that commands running at once never see half a bundle. */
async function rebuild() {
  const { bundle } = await import('../scripts/load-bundled.mjs');
  const started = new Date();
  mkdirSync(outDir, { recursive: true });
  sweep(started.getTime() - 600_000);
  const aside = mkdtempSync(join(outDir, 'build-'));
  try {
    await bundle('src/cli/main.ts', aside);
    utimesSync(join(aside, 'main.mjs'), started, started);
    renameSync(join(aside, 'main.mjs'), built);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

// Nobody can be told that standard error is closed.
process.stderr.on('error', () => undefined);

try {
  if (!isPackage && (isStale(built, sources()) || !existsSync(engine))) await rebuild();
  await import(pathToFileURL(built).href);
} catch (error) {
  const problem = `The command could not be built or loaded: ${error instanceof Error ? error.message : String(error)}`;
  const facts = { kind: 'engine', problem };
  const line = JSON.stringify({ error: facts, message: `outsample: ${problem}` });
  process.stderr.write(`${process.stderr.isTTY ? `outsample: ${problem}` : line}\n`);
  process.exitCode = 1;
}
