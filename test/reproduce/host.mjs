import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import sirv from 'sirv';

/** Serves a folder on a free port of this machine; what is posted to ?engine=NAME goes to that engine's listener. */
export async function host(folder) {
  const files = sirv(folder);
  /** @type {Map<string, (said: any) => void>} */
  const listeners = new Map();
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      files(request, response, () => void response.writeHead(404).end());
      return;
    }
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    listeners.get(searchParams.get('engine') ?? '')?.(JSON.parse(await text(request)));
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    /** The page for an engine, with these studies or all. */
    address: (engine, only) =>
      `http://127.0.0.1:${address.port}/page.html?${new URLSearchParams({ engine, ...(only && { only }) })}`,
    listen: (engine, listener) => void listeners.set(engine, listener),
    close: () => server.close(),
  };
}
