/** The simulator alone, and a thousand trials; then the same orders and one SMA run by other programs. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';
import { howToInstall, startScript } from './peers.mjs';
import { median } from './report.mjs';

/** First calls are those of a fresh thread: a process of its own in Node, a new worker in Chromium. */
export async function measureSimulations({ node, chromium, csv, blob, rounds }) {
  const found = {};
  for (const name of ['portfolio', 'orders'])
    found[name] = await both(
      chromium,
      () => inFreshProcess(node.file, name, rounds + 1),
      () => chromium.call('timeSimulation', name, rounds + 1),
      ({ bits }) => bits,
    );
  const bench = node.nodeWorkbench();
  found.sweep = await both(
    chromium,
    async () => {
      await bench.importCsv(csv.name, blob);
      return bench.sweep();
    },
    async () => {
      await chromium.call('importFrom', csv.name);
      return chromium.call('sweep');
    },
    ({ results }) => results,
  );
  return found;
}

async function both(chromium, inNode, inChromium, result) {
  const found = { node: await inNode() };
  if (!chromium) return found;
  await chromium.fresh();
  found.chromium = await inChromium();
  if (result(found.node) !== result(found.chromium)) throw new Error('Node and Chromium differ.');
  return found;
}

export function inFreshProcess(file, name, repeats) {
  const script = `import(${JSON.stringify(file)}).then(({ timeSimulation }) =>
    process.stdout.write(JSON.stringify(timeSimulation(${JSON.stringify(name)}, ${repeats}))))`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--eval', script]);
  if (status !== 0) throw new Error(String(stderr));
  return JSON.parse(String(stdout));
}

const tasks = [
  {
    task: 'a million orders',
    peers: ['vectorbt'],
    ours: (node, rounds) => {
      const { times, orders, finalEquity } = inFreshProcess(node.file, 'orders', rounds + 1);
      return { times, trades: orders, finalEquity };
    },
    agreement: 1e-9,
  },
  {
    task: 'SMA 20/100, reversing at the next open',
    peers: ['backtesting.py'],
    ours: (node, rounds) => runs(node, 'backtesting.py/sma-20-100-reverse', rounds),
    agreement: 1e-9,
  },
  {
    task: 'SMA 20/100, reversing at the close',
    peers: ['vectorbt'],
    ours: (node, rounds) => runs(node, 'vectorbt/sma-20-100-reverse-same-close', rounds),
    agreement: 1e-6,
  },
  {
    task: 'hours walked through bars of five minutes, stops and targets',
    peers: ['freqtrade'],
    ours: (node, rounds) => walked(node, rounds),
    agreement: 1e-6,
  },
];
const sp500 = 'datasets/sp500-2000-2020/SP500.csv';

/** Our whole run: features by SQL, simulation, the metrics of all conventions, digests. */
async function runs(node, name, rounds) {
  const bench = node.nodeWorkbench();
  const times = [];
  let last;
  for (let round = 0; round <= rounds; round++) {
    // Imported anew, so that no run finds the features of the one before.
    await bench.importCsv('SP500.csv', new Blob([readFileSync(join(root, sp500))]));
    last = await bench.example(name);
    times.push(last.time);
  }
  return { ...last, times };
}

/** The bars and the set-up «tight» of test/golden/detail, whose trades are held to freqtrade's one by one. */
async function walked(node, rounds) {
  const minutes = readFileSync(join(root, 'test/golden/detail/minutes.csv'));
  const bench = node.nodeWorkbench();
  const times = [];
  let last;
  for (let round = 0; round <= rounds; round++) {
    const content = new Blob([minutes]);
    await bench.importFiles([{ name: 'minutes.csv', content, exchange: 'none' }]);
    last = await bench.gains(tight);
    times.push(last.time);
  }
  return { ...last, times };
}

const tight = {
  outsample: 1,
  strategy: {
    id: 'custom',
    parameters: { entry: 'close < sma(5) - 0.000000001', exit: '', side: '1', score: '' },
  },
  bars: { every: '1h' },
  size: { rule: 'units', units: 1 },
  exits: {
    ...{ unit: 'ratio', stop: 0.004, target: 0.004, trailing: 'off' },
    ...{ breakEven: null, longestHolding: null },
  },
  execution: { maximumParticipation: null, endOfData: 'mark' },
  costs: { commission: 0, slippage: 0, impact: null },
  risk: { maximumPositions: 1, killSwitch: null },
};

/** Our time and theirs, first call and warm, with the same trades and the same final equity. */
export async function measureBacktesters({ node, folder, rounds }) {
  const closes = join(folder, 'closes.f64');
  writeFileSync(closes, new Uint8Array(node.orderCloses().buffer));
  const python = await startScript('backtesters.py', closes, join(root, sp500));
  const skipped = [];
  const results = [];
  for (const [i, { task, peers, ours, agreement }] of tasks.entries()) {
    const own = await ours(node, rounds);
    results.push({ task, label: 'Outsample, Node', ...summary(own) });
    for (const peer of peers) {
      if (!python?.versions[peer]) {
        skipped.push(`${peer}: ${python ? 'not installed' : 'no python3'}; ${howToInstall}`);
        continue;
      }
      const times = [];
      let answer;
      for (let round = 0; round <= rounds; round++) {
        answer = await python.ask('time', i);
        times.push(answer.seconds * 1000);
      }
      const { trades, finalEquity } = answer;
      const apart = Math.abs(finalEquity / own.finalEquity - 1);
      if (trades !== own.trades || !(apart <= agreement))
        throw new Error(
          `${task}: ${peer} has ${trades} and ${finalEquity}, we ${own.trades} and ${own.finalEquity}.`,
        );
      results.push({
        task,
        label: `${peer} ${python.versions[peer]}`,
        ...summary({ times }),
        apart,
      });
    }
  }
  python?.close();
  return { results, skipped: [...new Set(skipped)] };
}

export const summary = ({ times: [first, ...warm] }) => ({
  first,
  warm: median(warm),
  least: Math.min(...warm),
  most: Math.max(...warm),
});
