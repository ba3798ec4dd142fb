/** The studies as a page and as a Node module. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');

/** The page with the product's workers, as its own production build makes them. */
export function buildPage(outDir) {
  return build({
    root: here,
    configFile: join(root, 'vite.config.ts'),
    publicDir: false,
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input: join(here, 'page.html') } },
  });
}

/** node.mjs; `outDir` stands in the project, so that it finds its packages and its engine. */
export function buildModule(outDir) {
  return build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      ssr: join(here, 'node.ts'),
      target: 'node20',
      outDir,
      rolldownOptions: { output: { entryFileNames: 'node.mjs', codeSplitting: false } },
    },
  });
}
