import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A TypeScript file of this repository as a Node module; made below node_modules, so that it finds its packages. */
export async function loadBundled(entry) {
  const outDir = join(root, `node_modules/.cache/outsample-${process.pid}`);
  try {
    await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'silent',
      build: {
        ssr: entry,
        target: 'node20',
        outDir,
        rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
      },
    });
    return await import(pathToFileURL(join(outDir, 'main.mjs')).href);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
