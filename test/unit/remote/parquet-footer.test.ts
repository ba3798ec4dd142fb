import type { RequestListener } from 'node:http';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, expect, it } from 'vitest';
import { parquetOutline } from '../../../workers/services/remote/parquet-footer.ts';
import { type Server, errorOf, ports, serve } from './server.ts';

let server: Server;
afterEach(() => server.close());

const rows = 30_000;
const bytes = Buffer.from(
  parquetWriteBuffer({
    columnData: ['open', 'close'].map((name) => ({
      name,
      data: Array.from({ length: rows }, (_, i) => Math.sqrt(i)),
    })),
  }),
);
const byRange: RequestListener = ({ headers }, response) => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  const part = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1);
  response.writeHead(from === undefined ? 200 : 206, { 'Content-Length': part.length }).end(part);
};
const outline = (signal?: AbortSignal) =>
  parquetOutline(`${server.origin}/x.parquet`, ports, signal);

it('tells rows, columns and bytes from the end of a file alone', async () => {
  server = await serve(byRange);
  expect(await outline()).toEqual({ rows, columns: ['open', 'close'], bytes: bytes.length });
  expect(server.asked.map(({ method, headers }) => [method, headers.range])).toEqual([
    ['HEAD', undefined],
    ['GET', `bytes=${bytes.length - 65_536}-${bytes.length - 1}`],
  ]);
});

it.each<[string, RequestListener]>([
  [
    'gives no parts',
    (_, response) => response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes),
  ],
  [
    'tells no size',
    (_, response) => {
      response.writeHead(200).flushHeaders();
    },
  ],
  ['has nothing', (_, response) => response.writeHead(404).end()],
  [
    'has another kind of file',
    (_, response) => response.writeHead(206, { 'Content-Length': 12 }).end('not parquet!'),
  ],
])('tells nothing where the server %s', async (_, listener) => {
  server = await serve(listener);
  expect(
    await parquetOutline(`${server.origin}/x.parquet`, { ...ports, patience: 300 }),
  ).toBeNull();
});

it('ends with a cancel', async () => {
  server = await serve(() => undefined);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  expect((await errorOf(outline(controller.signal))).kind).toBe('cancelled');
});
