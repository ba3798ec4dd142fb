import { once } from 'node:events';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabError } from '../domain/errors.ts';
import type { Exposition } from '../present/exposition.ts';

/** Serves the newest gauges at /metrics, for a Prometheus to fetch. */
export interface MetricsServer {
  /** Of /metrics. */
  readonly url: string;
  /** What is served from now on; before the first, /metrics answers 503. */
  show(exposition: Exposition): void;
  close(): Promise<void>;
}

const plain = 'text/plain; charset=utf-8';

export async function serveMetrics(port: number, host: string): Promise<MetricsServer> {
  let shown: Exposition | null = null;
  const server = createServer(({ method, url = '/' }, response) => {
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      answer(response, 405, plain, 'Only GET.\n');
      return;
    }
    switch (url.replace(/\?.*$/, '')) {
      case '/metrics':
        if (shown === null) answer(response, 503, plain, 'The first run is under way.\n');
        else answer(response, 200, shown.contentType, shown.text);
        return;
      case '/':
        answer(response, 200, plain, 'Outsample: the gauges of a run are at /metrics.\n');
        return;
      default:
        answer(response, 404, plain, 'Not found. The gauges are at /metrics.\n');
    }
  });
  const bound = await listening(server, port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    show: (exposition) => {
      shown = exposition;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text); // Node sends no body after HEAD.
}

/** The port that the server got. */
async function listening(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new LabError({
      kind: 'usage',
      problem:
        code === 'EADDRINUSE'
          ? 'Another program uses this port.'
          : `This address cannot be listened on (${code}).`,
      remedy:
        code === 'EADDRINUSE' || code === 'EACCES'
          ? 'Give --port another number, or 0 for any that is free.'
          : 'Give --host an address of this machine, such as 127.0.0.1.',
      place: { value: `${host}:${port}` },
    });
  }
  return (server.address() as AddressInfo).port;
}
