import { once } from 'node:events';
import {
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import type { RemotePorts } from '../../../workers/services/remote/ports.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Server {
  readonly origin: string;
  readonly asked: readonly Asked[];
  readonly close: () => void;
}

/** A server on this machine. */
export async function serve(answer: RequestListener): Promise<Server> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    asked.push({ method, path, headers });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The command's ports, in a hurry. */
export const ports: RemotePorts = {
  fetch: (url, init) => fetch(url, init),
  isPage: false,
  isSecurePage: false,
  patience: 2000,
  pause: 1,
};

/**
 * Serves a file in parts: the n-th answer ends its connection after `cuts[n]` bytes. Where `ranges` is off, every
 * answer begins anew; `versions` gives the n-th answer's ETag and content.
 */
export function cutting(
  contents: (answer: number) => { readonly bytes: Buffer; readonly etag: string },
  cuts: readonly number[],
  { ranges = true, rest = 2 } = {},
): RequestListener {
  let answers = 0;
  return ({ headers }, response) => {
    const { bytes, etag } = contents(answers);
    const cut = cuts[answers++];
    const [, start] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
    const from = ranges && isSame ? Number(start ?? 0) : 0;
    const part = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'Content-Type': 'text/csv',
      'Content-Length': part.length,
      ...(etag !== '' && { ETag: etag }),
      ...(from > 0 && { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    if (cut === undefined || cut >= part.length) response.end(part);
    else sendAndCut(response, part.subarray(0, cut), rest);
  };
}

/** Ends the connection so many ms after a part: what a reader has not taken by then is lost to it. */
export function sendAndCut(response: ServerResponse, part: Buffer, rest = 2): void {
  const cut = () => setTimeout(() => response.destroy(), rest);
  if (part.length === 0) cut();
  else response.write(part, cut);
}

export async function errorOf(work: Promise<unknown>): Promise<LabErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LabError) return error.data;
    throw error;
  }
  throw new Error('It was fetched.');
}
