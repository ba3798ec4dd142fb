/** The headline workload side by side: every contender once a round, so that all meet the same load. */
import { join } from 'node:path';
import { startNative } from './native.mjs';
import { howToInstall, startPython } from './peers.mjs';
import { median } from './report.mjs';

const agreement = 1e-9;

export async function measureFeatures({ node, chromium, csv, blob, folder, rounds, withPeers }) {
  const { nodeWorkbench, featureColumns, featureWorkload } = node;
  const contenders = [];
  const skipped = [];
  const closers = [];

  const bench = nodeWorkbench();
  await bench.start();
  await bench.importCsv(csv.name, blob);
  const wasm = (which, label) => ({
    label,
    time: async () => (await bench[which]())[0],
    columns: () => bench.columns(which),
  });
  contenders.push(wasm('ours', 'Outsample, Node'));
  if (chromium) {
    await chromium.fresh();
    await chromium.call('start');
    await chromium.call('importFrom', csv.name);
    contenders.push({
      label: 'Outsample, Chromium',
      time: async () => (await chromium.call('ours'))[0],
      digest: () => chromium.call('digest', 'ours'),
    });
  }
  contenders.push(wasm('plain', 'plain windows, DuckDB-WASM'));

  if (withPeers) {
    const native = await startNative();
    if (native === null) skipped.push(`native DuckDB: not installed; ${howToInstall}`);
    else {
      await native.importCsv(csv.path);
      const workload = featureWorkload(native);
      await workload.ours(); // The bars that plain windows read, too.
      const one = (which, label) => ({
        label: `${label}, native DuckDB, 1 thread`,
        time: async () => (await workload[which]())[0],
        columns: () => native.columns(workload[`${which}Sql`](), featureColumns),
      });
      contenders.push(one('plain', 'plain windows'), one('ours', 'our SQL'));
      closers.push(native.close);
    }
    const python = await startPython(csv.path);
    for (const name of ['pandas', 'polars']) {
      if (!python?.versions[name]) {
        skipped.push(`${name}: ${python ? 'not installed' : 'no python3'}; ${howToInstall}`);
        continue;
      }
      contenders.push({
        label: `${name} ${python.versions[name]}, 1 thread`,
        time: () => python.time(name),
        columns: () => python.columns(name, featureColumns, join(folder, 'columns.f64')),
      });
    }
    if (python) closers.push(python.close);
  }

  const times = new Map(contenders.map(({ label }) => [label, []]));
  for (let round = 0; round < rounds; round++)
    for (const { label, time } of contenders) times.get(label).push(await time());

  const [ours] = contenders;
  const expected = await ours.columns();
  const results = [];
  for (const contender of contenders) {
    const found = times.get(contender.label);
    results.push({
      label: contender.label,
      median: median(found),
      least: Math.min(...found),
      most: Math.max(...found),
      agrees: await agrees(contender, expected, bench),
    });
  }
  bench.steps();
  await bench.ours();
  const steps = bench.steps();
  for (const close of closers) close();
  return { results, skipped, steps };
}

/** Equal bits, or how far apart the columns stand at most: |a − b| ÷ max(1, |a|). Throws beyond 1e-9. */
async function agrees({ label, columns, digest }, expected, bench) {
  if (digest) {
    if ((await digest()) === (await bench.digest('ours'))) return 'same bits';
    throw new Error(`${label}: other bits than in Node.`);
  }
  const found = await columns();
  let worst = 0;
  for (const [name, wanted] of Object.entries(expected)) {
    const got = found[name];
    if (got.length !== wanted.length) throw new Error(`${label}: ${got.length} values of ${name}.`);
    wanted.forEach((value, row) => {
      const distance = Math.abs(value - got[row]) / Math.max(1, Math.abs(value));
      if (Number.isNaN(value) !== Number.isNaN(got[row]) || distance > agreement)
        throw new Error(`${label}: ${name} of row ${row} is ${got[row]}, not ${value}.`);
      if (distance > worst) worst = distance;
    });
  }
  return worst === 0 ? 'same bits' : `to ${worst.toExponential(0)}`;
}
