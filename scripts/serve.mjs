/**
 * Serves dist/ as a plain file host that heeds public/_headers. Run as a command it builds first if a source is newer:
 * `node scripts/serve.mjs [--base /any/base/]`, port from PORT or 4173, or the next free one.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { isStale } from './newest.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** Files with a hash in their name never change: as public/_headers asks of hosts, without which engines are compiled anew. */
export const keepHashed = (response, path) => {
  if (path.startsWith('/assets/'))
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
};

/** Resolves to { url, close } once the server listens on 127.0.0.1; every path outside `base` is 404. */
export async function serve({ base = '/', port = 4173 } = {}) {
  const files = sirv(dist, { etag: true, setHeaders: keepHashed });
  const server = createServer((request, response) => {
    const missing = () => void response.writeHead(404).end('Not found');
    if (!request.url?.startsWith(base)) {
      missing();
      return;
    }
    request.url = request.url.slice(base.length - 1);
    files(request, response, missing);
  });
  const bound = await listen(server, port);
  return { url: `http://127.0.0.1:${bound}${base}`, close: () => server.close() };
}

const highest = 65_535;

/** The port that the server got: `port`, or the next one that is free. */
async function listen(server, port) {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server.address().port;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EADDRINUSE' || port >= highest) throw error;
    return listen(server, port + 1);
  }
}

async function buildIfStale() {
  const sources = ['src', 'workers', 'public', 'datasets', 'index.html', 'vite.config.ts'];
  const paths = [...sources, 'package-lock.json'].map((path) => join(root, path));
  if (!isStale(join(dist, 'index.html'), paths)) return;
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const refuse = (/** @type {string} */ sentence) => {
    console.error(sentence);
    process.exit(2);
  };
  const { PORT = '4173' } = process.env;
  const flag = process.argv.indexOf('--base');
  const base = flag < 0 ? '/' : (process.argv[flag + 1] ?? '');
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > highest)
    refuse(`PORT is “${PORT}”: set it to a whole number from 0 to ${highest}, or unset it.`);
  if (!/^\/(.*\/)?$/.test(base))
    refuse(`--base is “${base}”: it begins and ends with a slash, such as /lab/.`);
  try {
    await buildIfStale();
    const { url } = await serve({ base, port: Number(PORT) });
    console.log(`Outsample is at ${url} (Ctrl+C stops it)`);
  } catch (error) {
    refuse(`The page cannot be built or served: ${error instanceof Error ? error.message : error}`);
  }
}
