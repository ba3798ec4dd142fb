/**
 * Another checkout beside this one, in turns: what each has to do in Node and in Chromium, from sources of its own. Its
 * packages are installed, and its bench has the workloads.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './build.mjs';
import { openBenchPage } from './chromium.mjs';
import { inFreshProcess } from './simulations.mjs';
import { copyDemo } from './validation.mjs';

const run = { name: 'Benchmark', strategy: { id: 'harvester' }, size: { rule: 'atr-risk' } };

/**
 * What is timed, on a fresh workbench with these bars; `prepare` is not. Each gives milliseconds; `aim` is how much of the
 * time before is aimed at.
 */
const workloads = [
  {
    name: 'engine start',
    aim: 0.5,
    time: ({ call }) => call('start').then(({ time }) => time),
  },
  {
    name: 'features: ATR(14), two z-scores, 1.25 M bars',
    bars: 'wide',
    prepare: ({ call }) => call('ours'),
    time: ({ call }) => call('ours').then(([time]) => time),
  },
  {
    name: 'Harvester by its defaults, 500 × 2,500',
    aim: 0.5,
    bars: 'wide',
    time: ({ call }) => call('run', run).then(({ time }) => time),
  },
  {
    name: '1,000 trials, 10 × 5,000',
    bars: 'long',
    time: ({ call }) => call('sweep').then(({ time }) => time),
  },
  {
    name: 'a million orders, first call',
    time: ({ orders }) => orders(),
  },
  {
    name: 'look-ahead audit of the default demo',
    aim: 0.5,
    time: ({ lookAhead }) => lookAhead().then(({ time }) => time),
  },
];

/** @returns {Promise<{ name: string, node: Pair, chromium?: Pair }[]>} with Pair `{ ours, before }`, times of all rounds */
export async function measureBefore({ before, node, browser, folder, data, bars, rounds }) {
  const { demo, files } = copyDemo(data);
  const { loadNodeEntry } = await import(
    pathToFileURL(join(resolve(before), 'test/bench/build.mjs')).href
  );
  const other = await loadNodeEntry();
  const pages = [];
  const closing = [];
  try {
    for (const checkout of browser ? [root, resolve(before)] : []) {
      const own = mkdtempSync(join(folder, 'before-'));
      pages.push(await openBenchPage(browser, own, data, checkout));
    }
    closing.push(...pages.map((page) => () => page.close()));
    const found = [];
    for (const workload of workloads) {
      const { name, aim } = workload;
      const row = { name, aim };
      row.node = await inTurns(workload, bars, rounds, [
        inNode(node, data, files),
        inNode(other, data, files),
      ]);
      if (pages.length > 0)
        row.chromium = await inTurns(
          workload,
          bars,
          rounds,
          pages.map((page) => inChromium(page, demo)),
        );
      found.push(row);
    }
    return found;
  } finally {
    for (const close of closing) await close();
    other.discard();
  }
}

async function inTurns({ bars: name, prepare, time }, bars, rounds, contenders) {
  const times = { ours: [], before: [] };
  for (let round = 0; round < rounds; round++)
    for (const [i, contender] of contenders.entries()) {
      await contender.fresh();
      if (name !== undefined) await contender.load(bars[name]);
      await prepare?.(contender);
      times[i === 0 ? 'ours' : 'before'].push(await time(contender));
    }
  return times;
}

function inNode(entry, data, files) {
  let bench;
  const blobOf = (name) => new Blob([readFileSync(join(data, name))]);
  return {
    fresh: () => void (bench = entry.nodeWorkbench()),
    call: async (method, ...given) => bench[method](...given),
    load: ({ name }) => bench.importCsv(name, blobOf(name)),
    orders: async () => inFreshProcess(entry.file, 'orders', 1).times[0],
    lookAhead: () => bench.lookAhead(files),
  };
}

function inChromium(page, demo) {
  return {
    fresh: () => page.fresh(),
    call: (method, ...given) => page.call(method, ...given),
    load: ({ name }) => page.call('importFrom', name),
    orders: async () => (await page.call('timeSimulation', 'orders', 1)).times[0],
    lookAhead: () => page.call('lookAheadOf', demo),
  };
}
