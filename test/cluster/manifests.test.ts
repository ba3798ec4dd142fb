import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const python = process.env['OUTSAMPLE_PYTHON'] ?? 'python3';

it.each([
  ['shards', '1.29'],
  ['shards', '1.37'],
  ['merge', '1.29'],
  ['merge', '1.37'],
])('%s.yaml is as Kubernetes %s has it', (name, version) => {
  const validate = join(dirname(python), 'kubernetes-validate');
  const path = `cluster/kubernetes/${name}.yaml`;
  execFileSync(validate, ['--strict', '--kubernetes-version', version, path], { stdio: 'pipe' });
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
