/**
 * Runs test/cluster: shards on real raylets, on Slurm and under GNU parallel, all on this machine. It installs Ray, and what
 * checks the Python package, into a folder of its own, and says which of the others are missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath } from './find-chromium.mjs';
import { isStale } from './newest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const venv = join(root, 'node_modules/.cache/cluster');
const python = join(venv, 'bin/python');
const wanted = ['cluster/requirements.txt', 'test/cluster/requirements.txt'];

const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

if (
  isStale(
    join(venv, 'installed'),
    wanted.map((path) => join(root, path)),
  )
) {
  const base = process.env.OUTSAMPLE_PYTHON ?? 'python3';
  if (!existsSync(python)) run(base, '-m', 'venv', venv);
  run(python, '-m', 'pip', 'install', '--quiet', ...wanted.flatMap((path) => ['-r', path]));
  run('touch', join(venv, 'installed'));
}
for (const [command, tests, from] of [
  ['parallel', 'GNU parallel', 'parallel'],
  ['slurmctld', 'Slurm', 'slurm-wlm'],
])
  if (onPath(command) === undefined)
    console.error(`No ${tests}: its test is skipped. apt-get install ${from} brings it.`);

const check = (module, ...args) => run(python, '-m', module, ...args);
check('ruff', 'check', '--config', 'cluster/pyproject.toml', 'cluster', 'test/cluster');
check('mypy', '--config-file', 'cluster/pyproject.toml', 'cluster/outsample_ray');
process.env.OUTSAMPLE_PYTHON = python;
run('npx', 'vitest', 'run', '--config', 'test/cluster/vitest.config.ts', ...process.argv.slice(2));
