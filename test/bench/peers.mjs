/** Peers from other houses: installing them on demand, and talking to peers.py. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { here } from './build.mjs';

/** Beside the Node peer, where no other tool looks. */
const venv = join(here, 'node_modules/.python');
const ownPython = join(venv, 'bin/python');
const pythonPeers = [
  'pandas',
  'polars',
  'duckdb',
  'vectorbt==1.1.0',
  'plotly<6',
  'backtesting==0.6.6',
  'freqtrade==2026.9',
];
export const howToInstall = 'npm run bench -- --install-peers';

/** Installs native DuckDB by npm, and the Python peers into a virtual environment by pip. */
export function installPeers() {
  const run = (command, ...args) => spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  run('npm', 'install', '--no-package-lock', '--no-audit', '--no-fund');
  if (!existsSync(ownPython)) run('python3', '-m', 'venv', venv);
  run(ownPython, '-m', 'pip', 'install', '--quiet', ...pythonPeers);
}

/** The Python that has the peers, as far as one is known. */
export const python = () => (existsSync(ownPython) ? ownPython : 'python3');

/**
 * Starts a script of this folder; null without a Python. `versions` tells which of its modules are there, `ask`
 * sends it a line and gives what it answers.
 */
export async function startScript(script, ...args) {
  const child = spawn(python(), [join(here, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', () => undefined); // Its output then ends at once.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    return done ? null : JSON.parse(value);
  };
  const versions = await read();
  if (versions === null) return null;
  return {
    versions,
    async ask(...words) {
      child.stdin.write(`${words.join(' ')}\n`);
      const answer = await read();
      if (answer === null) throw new Error(`${script} stopped at: ${words.join(' ')}`);
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

/** peers.py on a CSV file. */
export async function startPython(csv) {
  const python = await startScript('peers.py', csv);
  if (python === null) return null;
  const { versions, ask, close } = python;
  return {
    versions,
    time: async (name) => 1000 * (await ask('time', name)),
    async columns(name, names, scratch) {
      await ask('columns', name, scratch);
      const { buffer } = Uint8Array.from(readFileSync(scratch));
      const rows = buffer.byteLength / 8 / names.length;
      return Object.fromEntries(
        names.map((column, i) => [column, new Float64Array(buffer, i * rows * 8, rows)]),
      );
    },
    close,
  };
}
