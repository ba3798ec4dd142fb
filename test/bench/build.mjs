/** The three builds a benchmark needs, each into the benchmark's temporary folder. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sirv from 'sirv';
import { build } from 'vite';
import { bundle, bundleFolder } from '../../scripts/load-bundled.mjs';
import { keepHashed } from '../../scripts/serve.mjs';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const root = join(here, '../..');

/** The project's services and the workload as a Node module; `file` is its address, until `discard`. */
export async function loadNodeEntry() {
  const outDir = bundleFolder('bench-');
  const discard = () => rmSync(outDir, { recursive: true, force: true });
  try {
    const path = await bundle(join(here, 'node-entry.mjs'), outDir, 'node.mjs');
    const file = pathToFileURL(path).href;
    return { ...(await import(file)), file, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

/** The page that holds nothing but the worker. */
export async function buildBenchPage(folder) {
  await build({
    root: here,
    configFile: join(root, 'vite.config.ts'),
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'bench-page'),
      rolldownOptions: { input: join(here, 'browser-page.html') },
    },
  });
  return join(folder, 'bench-page');
}

/** The product's own production build. */
export async function buildProduct(folder) {
  await build({ root, logLevel: 'error', build: { outDir: join(folder, 'dist') } });
  return join(folder, 'dist');
}

/** Serves a folder, and `data` under /data/, on a free port of this machine. */
export async function host(folder, data) {
  const files = sirv(folder, { setHeaders: keepHashed });
  const tables = sirv(data, { dev: true });
  const server = createServer((request, response) => {
    const missing = () => void response.writeHead(404).end();
    if (!request.url.startsWith('/data/')) return files(request, response, missing);
    request.url = request.url.slice('/data'.length);
    return tables(request, response, missing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
