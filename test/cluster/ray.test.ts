import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import {
  bin,
  ended,
  filesIn,
  noting,
  outsample,
  raylets,
  searching,
  start,
  working,
  workshop,
} from './on-this-machine.ts';

beforeAll(async () => {
  const folder = process.cwd();
  await outsample(folder, '--version'); // Builds it, once for all.
});

async function until(isSo: () => boolean, seconds = 60): Promise<void> {
  const last = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > last) throw new Error('It has not come to that.');
    await pause(100);
  }
}

it('three raylets, one killed in the middle: what one core writes, to the byte', async () => {
  const folder = workshop();
  const { address, kill } = await raylets(folder, 3);
  const { command, starts } = noting(folder);
  const one = await outsample(
    folder,
    ...searching(folder),
    '--workers',
    '1',
    '--out',
    'one',
    '--json',
  );
  expect(one.code).toBe(0);

  const child = start(
    folder,
    ...[process.execPath, bin, ...searching(folder), '--json', '--out', 'ray', '--keep', 'shards'],
    ...['--on', 'ray', '--address', address, '--shards', '9', '--command', command],
  );
  const result = ended(child);
  await until(() => starts().length >= 5); // All three are at work: no node has more than one core.
  await kill();
  const ray = await result;

  expect(ray.err).toContain('"note":"9 shards on 3 nodes with 3 cores."');
  expect(ray.code).toBe(0);
  expect(ray.out).toBe(one.out);
  expect(filesIn(join(folder, 'ray'))).toEqual(filesIn(join(folder, 'one')));
  expect(starts().length).toBeGreaterThan(9); // What was lost was done again.
  expect(readdirSync(join(folder, 'cache/files'))).toHaveLength(2); // Study and bars, once for all of this machine.
  expect(working(folder)).toEqual([]);

  // Shards that stand are not made again.
  const before = starts().length;
  const again = await outsample(
    folder,
    ...[...searching(folder), '--json', '--keep', 'shards', '--on', 'ray', '--address', address],
    ...['--shards', '9', '--command', command],
  );
  expect(again.out).toBe(one.out);
  expect(starts()).toHaveLength(before);
});

it('nodes write into a folder that all see', async () => {
  const folder = workshop();
  const { address } = await raylets(folder, 2);
  const one = await outsample(folder, ...searching(folder), '--json');
  const ray = await outsample(
    folder,
    ...[...searching(folder), '--json', '--on', 'ray', '--address', address],
    ...['--shards', '2', '--keep', 'seen', '--shared'],
  );
  expect(ray.out).toBe(one.out);
  expect(readdirSync(join(folder, 'seen')).sort()).toEqual([
    'shard-1-of-2.arrow',
    'shard-2-of-2.arrow',
  ]);
});

it.each(['SIGINT', 'SIGKILL'] as const)(
  '%s leaves no process, and keeps what is finished',
  async (signal) => {
    const folder = workshop();
    const { address } = await raylets(folder, 2);
    const { command, starts } = noting(folder);
    const child = start(
      folder,
      ...[process.execPath, bin, ...searching(folder), '--on', 'ray', '--address', address],
      ...['--shards', '24', '--keep', 'shards', '--command', command],
    );
    const result = ended(child);
    await until(() => starts().length > 3);
    child.kill(signal);
    const { code, err } = await result;
    if (signal === 'SIGINT') {
      expect(code).toBe(130);
      expect(err).toContain('The shards were cancelled.');
    } else await until(() => working(folder).length === 0);
    expect(working(folder)).toEqual([]);
    const kept = readdirSync(join(folder, 'shards'));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every((name) => /^shard-\d+-of-24\.arrow$/.test(name))).toBe(true);
  },
);

it('a cluster that goes away is told, and not waited for', async () => {
  const folder = workshop();
  const { address, end } = await raylets(folder, 1);
  const { command, starts } = noting(folder);
  const result = outsample(
    folder,
    ...[...searching(folder), '--on', 'ray', '--address', address],
    ...['--shards', '24', '--command', command],
  );
  await until(() => starts().length > 1);
  await end();
  const { code, err } = await result;
  expect(code).toBe(1);
  expect(err).toMatch(/(Ray could not do this: The|where its) cluster is gone: /);
  await until(() => working(folder).length === 0);
});

it('a shard that fails for good is named, with what it said', async () => {
  const folder = workshop();
  const { address } = await raylets(folder, 1);
  writeFileSync(join(folder, 'bars.csv'), 'date,open,high,low,close\n2020-01-02,1,2,0.5,many\n');
  const words = ['--on', 'ray', '--address', address, '--shards', '2'];
  const ray = await outsample(
    folder,
    'search',
    'study.json',
    '--vary',
    'fast=4,5',
    '--data',
    'bars.csv',
    ...words,
  );
  expect(ray.code).toBe(2);
  expect(ray.err).toMatch(
    /"problem":"Shard \d of 2 failed: This is not a price\.","remedy":".*many/,
  );
  const missing = await outsample(
    folder,
    ...searching(folder),
    ...words,
    '--command',
    'no-such-command',
  );
  expect(missing.code).toBe(1);
  expect(missing.err).toMatch(
    /Shard \d of 2 failed with code 127: There is no no-such-command on the node /,
  );
});

it('without a cluster the shards are made on this machine', async () => {
  const folder = workshop();
  const one = await outsample(folder, ...searching(folder), '--json');
  const ray = await outsample(
    folder,
    ...searching(folder),
    '--json',
    '--on',
    'ray',
    '--shards',
    '2',
  );
  expect(ray.out).toBe(one.out);
});

it.each([{ command: ['walk-forward', '--cross-validation'] }, { command: ['audit'] }])(
  'the same of $command',
  async ({ command }) => {
    const folder = workshop();
    const words = [...command, ...searching(folder).slice(1, 4), '--vary', 'fast=5,20', '--json'];
    const one = await outsample(folder, ...words);
    const ray = await outsample(folder, ...words, '--on', 'ray', '--shards', '2');
    expect(ray.code).toBe(0);
    expect(ray.out).toBe(one.out);
  },
);

it('a Ray that cannot be reached is an error in words', async () => {
  const folder = workshop();
  const ray = await outsample(
    folder,
    ...searching(folder),
    '--on',
    'ray',
    '--address',
    '127.0.0.1:1',
  );
  expect(ray.code).toBeGreaterThan(0);
  expect(ray.err).toContain('Ray could not do this: ');
});
