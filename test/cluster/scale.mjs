/**
 * What shards cost, for docs/SCALE.md: `node test/cluster/scale.mjs [cost|workers|engine|merge]`, after `npm run cluster` has
 * installed Ray. Prints JSON lines. CPU seconds are those of the shards' commands; times mean nothing on a busy machine.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { writeSynthetic } from '../bench/synthetic.mjs';

const python = resolve('node_modules/.cache/cluster/bin/python');
const bin = resolve('bin/outsample.mjs');
const folder = mkdtempSync(join(tmpdir(), 'outsample-scale-'));
const env = {
  ...process.env,
  PYTHONPATH: resolve('cluster'),
  OUTSAMPLE_CACHE: join(folder, 'cache'),
  RAY_USAGE_STATS_ENABLED: '0',
};
const tell = (line) => console.log(JSON.stringify({ ...line, load: loadavg()[0] }));
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

const range = (from, to, steps) =>
  Array.from({ length: steps }, (_, i) => from + ((to - from) * i) / (steps - 1));

/** A study of Harvester with so many trials: thresholds and stops on one set of features, or panic windows too. */
function study(trials, windows = [90]) {
  const perWindow = trials / windows.length;
  const path = join(folder, `study-${trials}-${windows.length}.json`);
  const parameters = [
    { path: '/strategy/parameters/panic/zWindow', values: windows },
    { path: '/strategy/parameters/entryThreshold', values: range(2, 4, 10) },
    { path: '/exits/stop', values: range(0.5, 4.5, perWindow / 10) },
  ];
  const validation = { search: { parameters } };
  const strategy = { id: 'harvester' };
  writeFileSync(path, JSON.stringify({ strategy, size: { rule: 'atr-risk' }, validation }));
  return path;
}

/** Makes shards by the package, and gives what each took and the seconds from the first start to the last end. */
async function shards(words, of, out, ...options) {
  const args = ['-m', 'outsample_ray', '--out', out, '--shards', String(of), ...options, '--'];
  const child = spawn(python, [...args, ...words], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const made = [];
  let begun = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    if (!text.startsWith('{')) {
      console.error(text); // Ray's own.
      continue;
    }
    const line = JSON.parse(text);
    if (line.begun) begun = performance.now();
    else if (line.shard) made.push(line.shard);
    else throw new Error(text);
  }
  return { made, seconds: (performance.now() - begun) / 1000 };
}

const command = (path, data) => [
  ...[process.execPath, bin, 'search', `@${path}`, '--data', `@${data}`, '--workers', '1'],
];

/** Raylets of one core each; `work` is given their address. */
async function onRaylets(count, work) {
  const args = [resolve('test/cluster/raylets.py'), String(count), '1'];
  const child = spawn(python, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let said = '';
  while (!said.startsWith('{')) said = (await lines.next()).value;
  await work(JSON.parse(said).address);
  const closed = once(child, 'close');
  child.stdin.end();
  await closed;
}

/** CPU seconds of one shard with few and with many trials, on few and on many bars. */
async function cost() {
  for (const [symbols, bars, few, many] of [
    [10, 5000, 20, 1000],
    [100, 5000, 20, 1000],
    [500, 5000, 20, 1000],
  ]) {
    const data = await writeSynthetic(folder, symbols, bars);
    for (const [trials, windows] of [
      [few, 1],
      [many, 1],
      [many, 5],
    ]) {
      const path = study(trials, [60, 75, 90, 120, 150].slice(0, windows));
      const out = join(folder, `cost-${symbols}-${trials}-${windows}`);
      const { made } = await shards(command(path, data.path), 1, out);
      const { cpu, seconds, bytes } = made[0];
      tell({
        cost: { symbols, bars, dataBytes: data.bytes, trials, windows, cpu, seconds, bytes },
      });
    }
    rmSync(data.path);
  }
}

/** The same 16 shards on 1, 2, 4 and 8 raylets of one core. */
async function workers() {
  const data = await writeSynthetic(folder, 10, 5000);
  const path = study(1000);
  for (const count of [1, 2, 4, 8])
    await onRaylets(count, async (address) => {
      const out = join(folder, `workers-${count}`);
      const { made, seconds } = await shards(
        command(path, data.path),
        16,
        out,
        '--address',
        address,
      );
      const cpu = sum(made.map((one) => one.cpu));
      tell({
        workers: {
          count,
          shards: 16,
          seconds,
          cpu,
          nodes: new Set(made.map((one) => one.node)).size,
        },
      });
    });
}

/** Shards that do nothing but write so many bytes: what is left is Ray's and the package's. */
async function engine() {
  const path = join(folder, 'nothing.sh');
  writeFileSync(
    path,
    `#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in --shard) k=\${2%/*}; n=\${2#*/};; --out) out=$2;; esac; shift; done
head -c $BYTES /dev/zero > "$out/part" && mv "$out/part" "$out/shard-$k-of-$n.arrow"
`,
  );
  chmodSync(path, 0o755);
  for (const [of, bytes] of [
    [200, 1000],
    [1000, 1000],
    [200, 1_000_000],
  ]) {
    env.BYTES = String(bytes);
    const out = join(folder, `engine-${of}-${bytes}`);
    const { seconds } = await shards([path], of, out);
    tell({ engine: { shards: of, bytes, seconds, perShard: seconds / of } });
    rmSync(out, { recursive: true });
  }
}

/** The merge of 1,000 trials in one shard and in several: CPU seconds and peak memory. */
async function merge() {
  const data = await writeSynthetic(folder, 10, 5000);
  for (const [trials, of] of [
    [1000, 1],
    [1000, 20],
    [4000, 10],
  ]) {
    const out = join(folder, `merge-${trials}-${of}`);
    await shards(command(study(trials), data.path), of, out);
    const measured = join(folder, 'measured');
    const args = [
      '-f',
      '%U %S %M',
      '-o',
      measured,
      process.execPath,
      bin,
      'merge',
      out,
      '--data',
      data.path,
    ];
    const { status, stderr } = spawnSync('/usr/bin/time', [...args, '--out', join(out, 'merged')], {
      env,
    });
    if (status !== 0) throw new Error(String(stderr));
    const [user, system, kib] = readFileSync(measured, 'utf8').split(' ').map(Number);
    const bytes = sum(readdirSync(out).map((name) => statSync(join(out, name)).size));
    tell({ merge: { trials, shards: of, bytes, cpu: user + system, MiB: Math.round(kib / 1024) } });
  }
}

const all = { cost, workers, engine, merge };
try {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(all))
    await all[name]();
} finally {
  rmSync(folder, { recursive: true });
}
