import { build } from 'vite';

const query = '?thread';

/** Packages that the command finds where it is installed, and so do its threads. */
const external = ['@duckdb/duckdb-wasm/blocking', 'apache-arrow'];

/** A text has no place from which packages are found: the thread is told one, `workerData.from`. */
const banner =
  "globalThis.require = require('node:module').createRequire(require('node:worker_threads').workerData.from);";

/**
 * `import code from './entry.ts?thread'` gives the entry with what it imports as one CommonJS text, from which Node
 * starts a thread: so the command stays one file, and its threads are always of its own build.
 * @type {import('vite').Plugin}
 */
export const thread = {
  name: 'thread',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith(query)) return null;
    const entry = id.slice(0, -query.length);
    const built = await build({
      configFile: false,
      publicDir: false,
      logLevel: 'silent',
      ssr: { noExternal: true, external },
      build: {
        ssr: entry,
        target: 'node20',
        minify: true,
        write: false,
        rolldownOptions: { output: { format: 'cjs', codeSplitting: false, banner } },
      },
    });
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built);
    for (const module of output[0].moduleIds)
      if (!module.startsWith('\0')) this.addWatchFile(module);
    return `export default ${JSON.stringify(output[0].code)};`;
  },
};
