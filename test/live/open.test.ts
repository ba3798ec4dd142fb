import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundle } from '../../scripts/load-bundled.mjs';
import { alpacaKeys, openAlpaca } from '../../src/cli/brokers/alpaca.ts';
import { ccxtKeys } from '../../src/cli/brokers/ccxt.ts';
import { openBroker } from '../../src/cli/brokers/open.ts';
import { failure } from '../../src/cli/failure.ts';
import { BrokerFailure } from '../../src/domain/live/broker.ts';
import { foundIn, planted } from '../secrets.ts';

const wish = { isReal: false, currency: 'USDT', secret: () => 'a-key' };

test('a broker is named, and has its keys', async () => {
  expect(await openBroker({ ...wish, id: 'alpaca' })).toMatchObject({
    id: 'alpaca',
    isReal: false,
  });
  expect(() => openBroker({ ...wish, id: 'ib' })).toThrow('There is no broker “ib”');
  expect(() => openBroker({ ...wish, id: 'ccxt:../x' })).toThrow('There is no broker');
  const none = { ...wish, secret: () => '' };
  await expect(openBroker({ ...none, id: 'alpaca' })).rejects.toThrow(alpacaKeys.join(' and '));
  await expect(openBroker({ ...none, id: 'ccxt:binance' })).rejects.toThrow(ccxtKeys.join(' and '));
});

test('what a broker did not answer is told by the command as it is', () => {
  const failed = new BrokerFailure('not-sent', 'It is not there.', 'Try again.', true);
  expect(failure(failed)).toMatchObject({
    code: 2,
    facts: { kind: 'network', problem: 'It is not there.', remedy: 'Try again.' },
  });
});

describe('Alpaca’s SDK', () => {
  /** What is called, and with which keys. */
  async function called(isReal: boolean): Promise<readonly string[]> {
    const calls: string[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      calls.push(`${new URL(url).origin} ${new Headers(init.headers).get('APCA-API-KEY-ID')}`);
      return Promise.resolve(new Response('{}', { status: 404 }));
    });
    const keys = { id: planted[0]!, secret: planted[1]! };
    const broker = await openAlpaca({ keys, isReal });
    await broker.account().catch(() => undefined);
    vi.unstubAllGlobals();
    return calls;
  }

  test('calls the paper account unless real money is asked for, whatever stands in the environment', async () => {
    vi.stubEnv('APCA_API_KEY_ID', planted[4]);
    vi.stubEnv('APCA_API_SECRET_KEY', planted[5]);
    vi.stubEnv('APCA_API_OAUTH_TOKEN', planted[6]);
    vi.stubEnv('APCA_API_BASE_URL', 'https://elsewhere.example');
    expect(await called(false)).toEqual([`https://paper-api.alpaca.markets ${planted[0]}`]);
    expect(await called(true)).toEqual([`https://api.alpaca.markets ${planted[0]}`]);
    vi.unstubAllEnvs();
  });

  test('is given no key that a header cannot hold, which Node would tell whole', async () => {
    const keys = { id: `${planted[3]}\n`, secret: planted[2]! };
    const failure = await openAlpaca({ keys, isReal: false }).then(() => '', String);
    expect(failure).toContain('not all are there and whole');
    expect(foundIn({ failure })).toEqual([]);
  });
});

describe('in the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outsample-brokers-'));
  beforeAll(async () => {
    await bundle('src/cli/brokers/open.ts', folder);
    mkdirSync(join(folder, 'node_modules'));
    // All packages but ccxt.
    for (const name of readdirSync('node_modules').filter((one) => one !== 'ccxt'))
      symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const opened = async (id: string): Promise<string> => {
    const script = `
      const { openBroker } = await import('./main.mjs');
      const secret = () => 'a-key';
      const wish = { id: '${id}', isReal: false, currency: 'USDT', secret };
      console.log(await openBroker(wish).then(({ id }) => id, ({ message }) => message));`;
    const run = promisify(execFile);
    const { stdout } = await run('node', ['--input-type=module', '-e', script], { cwd: folder });
    return stdout.trim();
  };

  test('the SDK works from the bundle, and ccxt is asked for where it is wanted and not there', async () => {
    expect(await opened('alpaca')).toBe('alpaca');
    expect(await opened('ccxt:binance')).toContain('npm install ccxt@4.5');
  });
});
