/** What `--on ray` does with what Python tells it. A script stands in for Python; test/cluster has real Ray. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-on-ray-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});
const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
const bars = join(folder, 'SP500.csv');
writeFileSync(bars, lines.slice(0, 200).join('\n'));
const study = join(folder, 'study.json');
writeFileSync(study, JSON.stringify({ strategy: { id: 'moving-average-cross' } }));
const searching = ['search', study, '--data', bars, '--vary', 'fast=3,5', 'slow=12,20', '--json'];

/** Python is a shell script: "$out" is where shards go, "$@" the command of each. */
function python(script: string): void {
  const path = join(folder, 'python');
  const options = `echo "$PYTHONPATH $*" > '${folder}/asked'
while [ "$1" != -- ]; do [ "$1" = --out ] && out=$2; shift; done
shift`;
  writeFileSync(path, `#!/bin/sh\n${options}\n${script}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv('OUTSAMPLE_PYTHON', path);
}

it('shards become what one machine prints', async () => {
  python(`echo 'a line of a library'
echo '{"begun": {"shards": 2, "standing": 0, "slots": 2, "nodes": 1}}'
for k in 1 2; do
  $(echo "$@" | tr -d @) --shard $k/2 --out "$out" || exit 2
  echo '{"shard": {"number": '$k', "node": "n", "seconds": 1, "cpu": 1, "bytes": 1}}'
done`);
  const one = await outsample(...searching);
  const command = ['--command', `${process.execPath} ${resolve('bin/outsample.mjs')}`];
  const keep = join(folder, 'kept');
  const asked = [
    ...['--address', 'a:1', '--shards', '2', '--cpus', '2', '--memory', '3', '--shared'],
  ];
  const ray = await outsample(...searching, '--on', 'ray', '--keep', keep, ...asked, ...command);
  expect(ray.code).toBe(0);
  expect(ray.out).toBe(one.out);
  expect(ray.err).toContain('2 shards on 1 node with 2 cores.');
  expect(ray.err).toContain('"label":"shard 2 of 2","ratio":1');
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain(
    `-m outsample_ray --tied --out ${keep} --address a:1 --shards 2 --shared --cpus 2 --memory 3145728 -- `,
  );

  // The kept shards are of this study alone.
  python('exit 0');
  const other = await outsample(...searching, '--costs', 'none', '--on', 'ray', '--keep', keep);
  expect(other.code).toBe(2);
  expect(other.err).toContain('of another command or study');
});

it('a Python that ends otherwise is told, and its folder removed', async () => {
  python(`echo "$out" > '${folder}/out'; echo '{"error": {"problem": "no such cluster"}}'; exit 2`);
  const { code, err } = await outsample(...searching, '--on', 'ray');
  expect(code).toBe(2);
  expect(err).toContain('Ray could not do this: no such cluster');
  expect(existsSync(readFileSync(join(folder, 'out'), 'utf8').trim())).toBe(false);
});

it('Ctrl+C is passed on, and what is finished stays', async () => {
  python(`trap 'exit 130' INT; touch '${folder}/waits'; while :; do sleep 0.1; done`);
  const ended = outsample(...searching, '--on', 'ray', '--keep', join(folder, 'some'));
  await vi.waitUntil(() => existsSync(join(folder, 'waits')), 20_000);
  process.emit('SIGINT');
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain(`stand in ${join(folder, 'some')}: the same command goes on from there.`);
});

it('no Python, and what cannot be cut, are told before anything is begun', async () => {
  vi.stubEnv('OUTSAMPLE_PYTHON', join(folder, 'none'));
  expect((await outsample(...searching, '--on', 'ray')).err).toContain('There is no ');
  const demonstration = await outsample('audit', '--demonstration', 'all', '--on', 'ray');
  expect(demonstration.err).toContain('Leave --on out.');
});
