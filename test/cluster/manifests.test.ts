import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const python = process.env['OUTSAMPLE_PYTHON'] ?? 'python3';

it.each(['shards', 'merge'])('Kubernetes would take %s.yaml', (name) => {
  const validate = join(dirname(python), 'kubernetes-validate');
  const said = execFileSync(validate, [
    '--strict',
    '--version',
    '1.33',
    `cluster/kubernetes/${name}.yaml`,
  ]);
  expect(String(said)).toContain('passed');
});

it('an index of the job is a shard, and their number stands there once more', () => {
  const text = readFileSync('cluster/kubernetes/shards.yaml', 'utf8');
  const [, completions] = /completions: (\d+)/.exec(text)!;
  expect(text).toContain(`--shard "$((JOB_COMPLETION_INDEX + 1))/${completions}"`);
});

it('the image is of a base that its digest fixes, and of what locks say', () => {
  const text = readFileSync('cluster/Containerfile', 'utf8');
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  expect(new Set(bases)).toEqual(new Set(['${NODE}']));
  expect(text).toMatch(/^ARG NODE=\S+@sha256:[0-9a-f]{64}$/m);
  expect(text).toContain('npm ci');
  expect(readFileSync('cluster/requirements.txt', 'utf8')).toMatch(/^ray==\d+\.\d+\.\d+$/m);
});

it('hadolint has nothing to say of the image', () => {
  execFileSync(join(dirname(python), 'hadolint'), ['cluster/Containerfile']);
});
