import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { engine } from './make-engine.mjs';
import { thread } from './thread.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A folder of this process's own for bundles; in the project, so that they find its packages and its engine. */
export const bundleFolder = (name) => join(root, `dist-cli/bundle-${name}${process.pid}`);

/** Makes a TypeScript file of this repository a Node module in a folder; returns its path. */
export async function bundle(entry, outDir, name = 'main.mjs') {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    plugins: [engine, thread],
    build: {
      ssr: entry,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  });
  return join(outDir, name);
}

/** A TypeScript file of this repository, imported. */
export async function loadBundled(entry) {
  const outDir = bundleFolder('');
  try {
    return await import(pathToFileURL(await bundle(entry, outDir)).href);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
