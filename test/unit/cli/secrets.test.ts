import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { foundIn, planted } from '../../secrets.ts';
import { type Server, serve } from '../remote/server.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-secrets-'));
const inputs = mkdtempSync(join(tmpdir(), 'outsample-inputs-'));
let server: Server;
beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    return `${day},${[100, 101, 98, 99].map((price) => price - i / 2).join(',')},100000`;
  });
  /** Gives back all that it is told, as a careless server would. */
  server = await serve((request, response) => {
    if (request.url!.startsWith('/good'))
      response.end(['date,open,high,low,close,volume', ...rows].join('\n'));
    else response.writeHead(403).end(`No: ${request.url} ${JSON.stringify(request.headers)}`);
  });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  rmSync(inputs, { recursive: true });
});

/** Every file below a folder, by its name; bytes as one character each. */
const filesIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [file, readFileSync(file, 'latin1')];
      }),
  );

test('twenty secrets given to every command stand in nothing that it prints, writes or logs', async () => {
  const { origin } = server;
  const outputs: Record<string, string> = {};
  const run = async (name: string, code: number, ...args: readonly string[]): Promise<void> => {
    const log = join(folder, `${name}.log`);
    const done = await outsample(...args, '--log', log, '--log-level', 'debug');
    expect([name, done.code]).toEqual([name, code]);
    Object.assign(outputs, { [`${name}: out`]: done.out, [`${name}: err`]: done.err });
  };
  const written = (name: string, text: string): string => {
    const path = join(inputs, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };

  // Keys of sources, from the environment and from a file; keys in queries and in paths.
  vi.stubEnv('TIINGO_API_KEY', planted[0]);
  vi.stubEnv('TIINGO_TOKEN', planted[0]);
  vi.stubEnv('FINNHUB_API_KEY', planted[1]);
  const of = ['--symbols', 'AAPL', '--from', '2024-01-01', '--base', origin];
  await run('tiingo', 2, 'fetch', 'tiingo', ...of);
  await run('finnhub', 2, 'fetch', 'finnhub', ...of);
  const keys = written('keys', `${planted[2]}\n${planted[3]}\n`);
  await run('alpaca', 2, 'fetch', 'alpaca', ...of, '--key-file', keys);
  await run('query', 2, 'check', `${origin}/bad.csv?token=${planted[4]}`);
  await run('path', 2, 'check', `${origin}/${planted[5]}/bad.csv`);
  await run('last part', 2, 'check', `${origin}/${planted[6]}`);
  await run('user', 2, 'check', `http://me:${planted[7]}@127.0.0.1/bad.csv`);
  const kept = join(folder, 'kept.csv');
  await run('fetch', 0, 'fetch', `${origin}/good.csv?key=${planted[8]}`, '--out', kept);
  await run(
    'fetch from a path',
    0,
    'fetch',
    `${origin}/good/${planted[9]}/x.csv`,
    '--out',
    `${kept}2`,
  );

  // Channels, and a passphrase.
  const study = written(
    'study.json',
    JSON.stringify({ outsample: 1, strategy: { id: 'buy-and-hold' } }),
  );
  const secrets = written(
    'secrets',
    [
      `OUTSAMPLE_SLACK=${origin}/services/${planted[10]}`,
      `OUTSAMPLE_DISCORD=${origin}/api/webhooks/${planted[11]}`,
      `OUTSAMPLE_NTFY=${origin}/${planted[12]}`,
      `OUTSAMPLE_WEBHOOK=${origin}/hook/${planted[13]}`,
      `OUTSAMPLE_WEBHOOK_KEY=whsec_${Buffer.from(planted[14]!).toString('base64')}`,
    ].join('\n'),
  );
  const journal = join(folder, 'journal.sqlite');
  const fd = openSync(written('passphrase', `${planted[15]}\n${planted[15]}\n`), 'r');
  await run('encrypt', 0, 'journal', 'encrypt', journal, '--passphrase-fd', String(fd));
  const again = openSync(written('passphrase', `${planted[15]}\n`), 'r');
  const alert = ['--alert', 'slack', 'discord', 'ntfy', 'webhook', '--secrets', secrets];
  const counting = ['--journal', journal, '--passphrase-fd', String(again)];
  const out = join(folder, 'out');
  await run('run', 2, 'run', study, '--data', kept, ...alert, ...counting, '--out', out);

  // What would travel is refused.
  const data = ['--data', kept];
  await run('link', 2, 'link', study, ...data, '--note', `See ${planted[16]}`);
  const named = written(
    'named.json',
    readFileSync(study, 'utf8').replace('{', `{"name":"${planted[17]}",`),
  );
  await run('link of a name', 2, 'link', named, ...data);
  await run(
    'report',
    0,
    'report',
    study,
    ...data,
    '--no-audit',
    '--out',
    join(folder, 'report.html'),
  );
  await run('metrics', 0, 'metrics', study, ...data, '--out', join(folder, 'metrics.prom'));
  await run('audit', 2, 'audit', study, '--data', `${origin}/bad?token=${planted[18]}`);
  await run('verify', 2, 'verify', `https://example.org/?token=${planted[19]}#s1.x`);

  const told = server.asked
    .map(({ path, headers }) => `${path} ${JSON.stringify(headers)}`)
    .join('\n');
  for (const i of [2, 4, 5, 9, 10, 13]) expect(told).toContain(planted[i]);
  expect(foundIn({ ...outputs, ...filesIn(folder) })).toEqual([]);
}, 180_000);
