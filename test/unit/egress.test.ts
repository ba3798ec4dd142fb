/** The one way out: what it refuses, what it sends, and what it says when it fails. */
import { describe, expect, it, vi } from 'vitest';
import { pushTarget } from '../../src/wire/egress-client.ts';
import type { Query } from '../../src/domain/sources/source.ts';
import { type EgressService, callable, withoutSecrets } from '../../src/wire/egress.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { createEgress } from '../../workers/services/egress.ts';

vi.mock('../../src/wire/spawn.ts', () => ({ spawnEgressWorker: () => undefined }));

const origin = 'https://gateway.example:9091';
const url = `${origin}/metrics/job/outsample/instance/harvester`;
const type = 'text/plain; version=0.0.4; charset=utf-8';

/** An egress that would answer with this, and what was asked of it. */
function egressTo(answer: () => Promise<Response>, isSecurePage = true, patience = 15_000) {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(answer);
  return { fetch, egress: createEgress({ fetch, isSecurePage, patience }) };
}
const fine = () => Promise.resolve(new Response(null, { status: 200 }));
const failed = () => Promise.reject(new TypeError(`Failed to fetch ${origin}/x?token=hunter2`));

describe('the egress service', () => {
  it('calls nothing that has not been confirmed, another port of the same host included', async () => {
    const { egress, fetch } = egressTo(fine);
    const before = await egress.put(url, '', type);
    expect(before).toMatchObject({
      ok: false,
      error: { kind: 'network', problem: `Nothing was sent: ${origin} has not been confirmed.` },
    });
    unwrap(await egress.permit(origin));
    for (const other of [
      'https://gateway.example/',
      'http://gateway.example:9091/',
      'https://x.example/',
    ])
      expect(await egress.put(other, '', type)).toMatchObject({ ok: false });
    expect(fetch).not.toHaveBeenCalled();
    expect(unwrap(await egress.put(url, '', type))).toBe(200);
  });

  it.each([
    'ftp://gateway.example',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:1',
    'gateway',
    '',
  ])('permits no %j', async (address) => {
    const { egress } = egressTo(fine);
    expect(await egress.permit(address)).toMatchObject({ ok: false, error: { kind: 'network' } });
  });

  it('puts the text with no cookies, no referrer and no redirects', async () => {
    const { egress, fetch } = egressTo(fine);
    unwrap(await egress.permit(origin));
    unwrap(await egress.put(url, 'outsample_equity 1\n', type));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledWith(url, {
      method: 'PUT',
      body: 'outsample_equity 1\n',
      headers: { 'Content-Type': type },
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
      signal: expect.any(AbortSignal),
    });
  });

  it('refuses names and passwords in addresses, and says them to nobody', async () => {
    const { egress, fetch } = egressTo(fine);
    unwrap(await egress.permit(origin));
    for (const answer of [
      await egress.permit('https://me:hunter2@gateway.example:9091'),
      await egress.put('https://me:hunter2@gateway.example:9091/x', '', type),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { remedy: `Write it without: ${origin}.` },
      });
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|me:/);
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  it('ends when no answer comes', async () => {
    const never = (_: string, { signal }: RequestInit) =>
      new Promise<Response>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const egress = createEgress({ fetch: never, isSecurePage: true, patience: 20 });
    unwrap(await egress.permit(origin));
    expect(await egress.put(url, '', type)).toMatchObject({
      ok: false,
      error: { problem: `${origin} did not answer within 0.02 seconds.` },
    });
  });

  it('hands on what a refusal says, shortened', async () => {
    const said = `pushed metrics are invalid, see http://docs.example/?key=hunter2 ${'x'.repeat(500)}`;
    const { egress } = egressTo(() => Promise.resolve(new Response(said, { status: 400 })));
    unwrap(await egress.permit(origin));
    const answer = await egress.put(`${url}?token=hunter2`, '', type);
    expect(answer).toMatchObject({
      ok: false,
      error: { problem: `${origin} refused it with status 400.`, place: { file: url } },
    });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(JSON.stringify(answer).length).toBeLessThan(600);
  });

  it('explains CORS, and mixed content where it is that', async () => {
    const { egress } = egressTo(failed);
    unwrap(await egress.permit(origin));
    unwrap(await egress.permit('http://127.0.0.1:9091'));
    const cors = await egress.put(url, '', type);
    expect(cors).toMatchObject({ ok: false, error: { problem: expect.stringContaining('CORS') } });
    expect(JSON.stringify(cors)).not.toContain('hunter2');
    expect(await egress.put('http://127.0.0.1:9091/x', '', type)).toMatchObject({
      ok: false,
      error: { problem: expect.stringContaining('a page that came over https') },
    });
    const local = egressTo(failed, false).egress;
    unwrap(await local.permit('http://127.0.0.1:9091'));
    expect(await local.put('http://127.0.0.1:9091/x', '', type)).toMatchObject({
      ok: false,
      error: { problem: expect.stringContaining('CORS') },
    });
  });
});

describe('addresses', () => {
  it.each([
    ['https://gateway.example:9091', url],
    [' https://gateway.example:9091/ ', url],
    [
      'https://gateway.example:9091/push//',
      `${origin}/push/metrics/job/outsample/instance/harvester`,
    ],
  ])('%j leads to the study’s place in the gateway', (address, expected) => {
    expect(pushTarget(address, 'Harvester')).toEqual({ origin, url: expected });
  });

  it('end with a host or a path', () => {
    expect(() => pushTarget(`${origin}/?token=hunter2`, 'x')).toThrow(/Leave out what follows/);
  });

  it('are quoted without their secrets', () => {
    expect(withoutSecrets('see https://me:pw@a.example/b?c=d#e now')).toBe(
      'see https://a.example/b?… now',
    );
    expect(() => callable('//me:pw@host/?k=v')).toThrow('//host/?…');
  });
});

describe('fetching', () => {
  const quiet = () => undefined;
  const query: Query = {
    source: 'fred',
    symbols: [{ symbol: 'VIX', name: 'VIXCLS' }],
    from: 19_723,
    to: 19_725,
    options: {},
    keys: [],
    origin,
  };
  const asks: [string, (egress: EgressService) => Promise<object>][] = [
    ['a file', (egress) => egress.get(`${origin}/a.csv`, quiet)],
    ['a source', (egress) => egress.collect(query, '2024-06-01T00:00:00.000Z', quiet)],
  ];

  it.each(asks)('%s: nothing is called that has not been confirmed', async (_, ask) => {
    const { egress, fetch } = egressTo(fine);
    expect(await ask(egress)).toMatchObject({
      ok: false,
      error: { problem: `Nothing was sent: ${origin} has not been confirmed.` },
    });
    expect(await egress.look(`${origin}/a.parquet`)).toEqual({ ok: true, value: null });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(asks)('%s: no cookies, no referrer, no redirects', async (_, ask) => {
    const text = 'observation_date,VIXCLS\n2024-01-02,13.2\n';
    const { egress, fetch } = egressTo(() => Promise.resolve(new Response(text)));
    unwrap(await egress.permit(origin));
    expect(await ask(egress)).toMatchObject({ ok: true });
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch.mock.calls[0]![1]).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
  });

  it('a redirect is not followed, and a browser does not say where it leads', async () => {
    const redirect = { type: 'opaqueredirect', status: 0, ok: false, headers: new Headers() };
    const { egress, fetch } = egressTo(() => Promise.resolve(redirect as Response));
    unwrap(await egress.permit(origin));
    expect(await egress.get(`${origin}/a.csv`, quiet)).toMatchObject({
      ok: false,
      error: { remedy: expect.stringContaining('copy the one that it ends at') },
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
