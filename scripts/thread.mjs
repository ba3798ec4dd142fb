import { build } from 'vite';

const query = '?thread';

/**
 * `import code from './entry.ts?thread'` gives the entry with all that it imports as one CommonJS text, from which Node
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
      ssr: { noExternal: true },
      build: {
        ssr: entry,
        target: 'node20',
        write: false,
        rolldownOptions: { output: { format: 'cjs', codeSplitting: false } },
      },
    });
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built);
    for (const module of output[0].moduleIds)
      if (!module.startsWith('\0')) this.addWatchFile(module);
    return `export default ${JSON.stringify(output[0].code)};`;
  },
};
