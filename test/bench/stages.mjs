/** Engine start, import, features, simulation and the whole run, on any workbench. */
import { median } from './report.mjs';

/**
 * `call(method, …)` reaches a workbench, `load()` imports into it. Every round imports anew, so that its run
 * finds no features; the rerun changes the stop only and finds them all.
 */
export async function measureStages({ fresh, call, load }, rounds) {
  await fresh();
  const { time, duckdb } = await call('start');
  const steps = {};
  const found = [];
  let last;
  for (let round = 0; round < rounds; round++) {
    await call('steps');
    const imported = await load();
    steps.import = await call('steps');
    const run = await call('run', study());
    steps.run = [...Object.entries(run.phases), ...(await call('steps'))];
    const rerun = await call('run', study({ exits: { stop: 1.5 } }));
    const { features, simulation } = run.phases;
    found.push({ import: imported.time, features, simulation, run: run.time, rerun: rerun.time });
    last = { trades: run.trades, digests: run.digests, fingerprint: imported.fingerprint };
  }
  const times = { start: time };
  for (const stage of Object.keys(found[0])) times[stage] = median(found.map((one) => one[stage]));
  return { times, rounds: found, steps, duckdb, ...last };
}

const study = (changes = {}) => ({
  name: 'Benchmark',
  strategy: { id: 'harvester' },
  size: { rule: 'atr-risk' },
  ...changes,
});
