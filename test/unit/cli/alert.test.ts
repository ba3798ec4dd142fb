import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, serve } from '../remote/server.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-alert-'));
const told: string[] = [];
let server: Server;
let refuses = false;
beforeAll(async () => {
  server = await serve((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (!refuses) told.push((JSON.parse(body) as { text: string }).text);
      response.writeHead(refuses ? 403 : 200).end();
    });
  });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Bars that fall from 100 by one a day. */
const bars = (days: number): string => {
  const path = join(folder, 'fall.csv');
  const rows = Array.from({ length: days }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    return `${day},${[100, 100.2, 98.9, 99].map((price) => price - i).join(',')},100000`;
  });
  writeFileSync(path, ['date,open,high,low,close,volume', ...rows].join('\n'));
  return path;
};
const study = join(folder, 'study.json');
writeFileSync(
  study,
  JSON.stringify({
    outsample: 1,
    name: 'Falling',
    strategy: { id: 'buy-and-hold' },
    risk: { killSwitch: null, drawdownAlerts: [0.05, 0.1] },
  }),
);

test('the command tells once of each level that holds, as the data grow, and of a failure once', async () => {
  const secrets = join(folder, 'secrets');
  writeFileSync(secrets, `# where to\nOUTSAMPLE_WEBHOOK=${server.origin}/the-secret-path\n`);
  chmodSync(secrets, 0o600);
  const journal = join(folder, 'journal.sqlite');
  const run = (...data: readonly string[]) =>
    outsample(
      'run',
      study,
      '--data',
      ...data,
      '--alert',
      'webhook',
      '--secrets',
      secrets,
      '--journal',
      journal,
    );

  expect((await run(bars(9))).code).toBe(0);
  await run(bars(9));
  await run(bars(14));
  const missing = join(folder, 'no.csv');
  const failed = await run(missing);
  await run(missing);
  expect(failed.code).toBe(2);
  expect(told).toEqual([
    expect.stringMatching(/^Drawdown reached 5/),
    expect.stringMatching(/^Drawdown reached 10/),
    expect.stringMatching(/^The run failed: /),
  ]);

  refuses = true;
  rmSync(journal);
  const refused = await run(bars(9));
  expect(refused.code).toBe(2);
  expect(refused.out).toContain('Falling'); // The answer is there all the same.
  expect(refused.err).toContain('A notice was not sent by webhook');
  expect(refused.out + refused.err).not.toContain('the-secret-path');
});

test('what a channel needs is asked for before any work, and a file that others may read is noted', async () => {
  const data = ['--data', bars(9)];
  const without = await outsample('run', study, ...data, '--alert', 'slack');
  expect(without.err).toContain('--alert slack needs OUTSAMPLE_SLACK.');
  const secrets = join(folder, 'open');
  writeFileSync(secrets, 'OUTSAMPLE_SLACK=no address\n');
  chmodSync(secrets, 0o644);
  const wrong = await outsample('run', study, ...data, '--alert', 'slack', '--secrets', secrets);
  expect(wrong.err).toContain('Others on this machine may read');
  expect(wrong.err).toContain('This is no address that can be called.');
  const alone = await outsample('run', study, ...data, '--secrets', secrets);
  expect(alone.err).toContain('--secrets goes with --alert only.');
});
