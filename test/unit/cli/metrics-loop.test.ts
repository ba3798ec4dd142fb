import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepServing } from '../../../src/cli/metrics-loop.ts';
import { serveMetrics } from '../../../src/cli/metrics-server.ts';
import type { Gauge } from '../../../src/domain/monitoring/gauges.ts';

const equity = (value: number): Gauge[] => [
  { name: 'outsample_equity', help: 'Equity.', samples: [{ labels: {}, value }] },
];
const host = '127.0.0.1';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the metrics server', () => {
  it('has the gauges at /metrics, a word at / and nothing else', async () => {
    const server = await serveMetrics(0, host);
    expect((await fetch(server.url)).status).toBe(503);
    const contentType = 'text/plain; version=0.0.4; charset=utf-8';
    server.show({ text: 'outsample_equity 1\n', contentType });
    const answer = await fetch(`${server.url}?x=1`);
    expect(answer.headers.get('content-type')).toBe(contentType);
    expect(await answer.text()).toBe('outsample_equity 1\n');
    expect(await (await fetch(new URL('/', server.url))).text()).toContain('/metrics');
    expect((await fetch(new URL('/other', server.url))).status).toBe(404);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('says so where its port is taken, or the host is no address of this machine', async () => {
    const other = createServer().listen(0, host);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(serveMetrics(port, host)).rejects.toMatchObject({
      data: {
        kind: 'usage',
        problem: 'Another program uses this port.',
        place: { value: `${host}:${port}` },
      },
    });
    other.close();
    await expect(serveMetrics(0, '192.0.2.1')).rejects.toMatchObject({
      data: { kind: 'usage', remedy: 'Give --host an address of this machine, such as 127.0.0.1.' },
    });
  });
});

describe('keeping a run served', () => {
  /** What was said on standard error, and the address once it is known. */
  function listen() {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const url = () => /http:\S+metrics/.exec(said.join(''))?.[0];
    return { said, url: () => vi.waitFor(() => url() ?? Promise.reject(new Error('not yet'))) };
  }
  const text = async (url: string): Promise<string> => (await fetch(url)).text();

  it.each(['SIGINT', 'SIGTERM'])(
    'runs again, keeps the last good values, and ends at %s',
    async (signal) => {
      const { said, url } = listen();
      const outcomes = [() => equity(1), () => equity(2)];
      const run = vi.fn(() => {
        const next = outcomes.shift();
        return next ? Promise.resolve(next()) : Promise.reject(new Error('no file today'));
      });
      const ended = keepServing({ port: 0, host, every: 0.05, run, cancel: () => undefined });
      const address = await url();
      await vi.waitFor(async () => {
        expect(await text(address)).toContain('\noutsample_last_run_success 0\n');
      });
      expect(await text(address)).toContain('\noutsample_equity 2\n');
      expect(said.join('')).toContain('The run failed, the values before it stay: no file today');
      const stamp = /\noutsample_last_run_timestamp_seconds (\S+)/.exec(await text(address))?.[1];
      expect(Math.abs(Number(stamp) - Date.now() / 1000)).toBeLessThan(30);
      process.emit(signal as 'SIGINT');
      await ended;
      await expect(fetch(address)).rejects.toThrow();
    },
  );

  it('runs once without --every, and cancels a run that is under way when it is told to end', async () => {
    const { url } = listen();
    const run = vi.fn(() => Promise.resolve(equity(7)));
    const cancel = vi.fn();
    const ended = keepServing({ port: 0, host, every: null, run, cancel });
    expect(await text(await url())).toContain('\noutsample_last_run_success 1\n');
    process.emit('SIGINT');
    await ended;
    expect(run).toHaveBeenCalledTimes(1);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('ends with the error where the first run fails', async () => {
    listen();
    const run = () => Promise.reject(new Error('no data'));
    await expect(
      keepServing({ port: 0, host, every: 1, run, cancel: () => undefined }),
    ).rejects.toThrow('no data');
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
