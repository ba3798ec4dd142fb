import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { type CallLimits, Calls } from '../../src/cli/brokers/calls.ts';

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

/** A broker that answers alike to whatever is asked, and when it was asked. */
async function house(status: number, headers: Readonly<Record<string, string>> = {}) {
  const asked: { readonly at: number; readonly path: string }[] = [];
  const server = createServer((request, response) => {
    asked.push({ at: performance.now(), path: request.url! });
    response.writeHead(status, headers).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const callsOf = (limits: CallLimits): Calls => new Calls('The broker', [], limits, () => null);

test('no more calls begin in any while than the broker allows', async () => {
  const { origin } = await house(200);
  const calls = callsOf({ pace: { calls: 5, seconds: 0.3 } });
  const begun: number[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((...call) => {
    begun.push(performance.now());
    return real(...call);
  });
  const ask = () => calls.question(() => calls.fetch(origin));
  await Promise.all(Array.from({ length: 14 }, ask));
  vi.restoreAllMocks();
  expect(begun).toHaveLength(14);
  for (let i = 5; i < begun.length; i++) expect(begun[i]! - begun[i - 5]!).toBeGreaterThan(295);
});

test('an order goes before the questions that wait', async () => {
  const { asked, origin } = await house(200);
  const calls = callsOf({ pace: { calls: 1, seconds: 0.05 } });
  const questions = [1, 2, 3].map((k) => calls.question(() => calls.fetch(`${origin}/${k}`)));
  const order = calls.order(() => calls.fetch(`${origin}/order`));
  await Promise.all([...questions, order]);
  expect(asked.findIndex(({ path }) => path === '/order')).toBeLessThan(2);
});

const soon = (seconds: number): number => Date.now() + seconds * 1000;

test.each([
  ['seconds', { 'Retry-After': '7' }, 7],
  ['a date', { 'Retry-After': new Date(soon(30)).toUTCString() }, 30],
  ['the second of its reset', { 'X-RateLimit-Reset': String(Math.ceil(soon(20) / 1000)) }, 20],
  ['nothing', {}, null],
  ['nonsense', { 'Retry-After': 'soon' }, null],
])('a limit that says %s', async (_, headers, after) => {
  const { origin } = await house(429, headers);
  const calls = callsOf({});
  const failure = await calls.order(() => calls.fetch(origin)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ effect: 'not-sent', passes: true });
  const told = (failure as { readonly after: number | null }).after;
  if (after === null) expect(told).toBe(null);
  else expect(Math.abs(told! - after)).toBeLessThanOrEqual(2);
});

test('a name that there is not was never called', async () => {
  const calls = callsOf({});
  const order = calls.order(() => calls.fetch('http://nowhere.invalid/'));
  await expect(order).rejects.toMatchObject({ effect: 'not-sent', passes: true });
});
