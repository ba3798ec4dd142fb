/** The three builds a benchmark needs, each into the benchmark's temporary folder. */
import { spawnSync } from 'node:child_process';
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

/** The page that holds nothing but the worker, of a checkout. */
export async function buildBenchPage(folder, checkout = root) {
  const outDir = join(folder, 'bench-page');
  const bench = join(checkout, 'test/bench');
  await build({
    root: bench,
    configFile: join(checkout, 'vite.config.ts'),
    publicDir: false,
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input: join(bench, 'browser-page.html') } },
  });
  return outDir;
}

/** The production build of a checkout, this one's or another's, by its own tools. */
export function buildProduct(folder, checkout = root) {
  const outDir = join(folder, 'dist');
  const vite = join(checkout, 'node_modules/vite/bin/vite.js');
  const flags = ['--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'];
  const { status } = spawnSync(process.execPath, [vite, 'build', ...flags], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`${checkout} could not be built.`);
  return outDir;
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
