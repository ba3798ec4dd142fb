/**
 * npm run calibrate: whether the statistics of overfitting tell noise from an edge in worlds whose truth is known.
 * Progress on stderr, a table on stdout; the exit code is 1 where a target is missed.
 *   --seeds 100 --trials 1000 --bars 2500 --samples 500
 */
import { parseArgs } from 'node:util';
import { loadBundled } from './load-bundled.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    trials: { type: 'string', default: '1000' },
    bars: { type: 'string', default: '2500' },
    samples: { type: 'string', default: '500' },
  },
});
/** @param {'seeds' | 'trials' | 'bars' | 'samples'} name */
function wanted(name) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number > 1) return number;
  console.error(`--${name} wants a whole number above 1, not “${values[name]}”.`);
  process.exit(2);
}
const seeds = wanted('seeds');
const trials = wanted('trials');
const bars = wanted('bars');
const samples = wanted('samples');

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const quantile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.round((numbers.length - 1) * share)];
const figures = (numbers) =>
  [mean(numbers), ...[0.05, 0.5, 0.95].map((share) => quantile(numbers, share))]
    .map((one) => one.toFixed(3).padStart(7))
    .join('');

const { judge, targetsOf, worldOf, worlds } = await loadBundled('test/bench/calibration.ts');
const started = performance.now();
let missed = 0;
console.log(`${seeds} seeds, ${trials} trials, ${bars} bars, ${samples} bootstrap samples\n`);
for (const world of worlds) {
  const outcomes = [];
  for (let seed = 1; seed <= seeds; seed++) {
    process.stderr.write(`\r${world}: seed ${seed} of ${seeds} `);
    outcomes.push(judge(worldOf(world, seed, { trials, bars }), seed, samples));
  }
  process.stderr.write('\n');
  console.log(`${world.padEnd(16)}   mean     5%    50%    95%`);
  for (const key of ['dsr', 'pbo', 'spa'])
    console.log(`  ${key.toUpperCase().padEnd(14)}${figures(outcomes.map((one) => one[key]))}`);
  const verdicts = new Map();
  for (const { verdict } of outcomes) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  for (const [verdict, count] of verdicts) console.log(`  «${verdict}» ${count}`);
  for (const { text, met } of targetsOf(world, outcomes)) {
    console.log(`  ${met ? 'met   ' : 'MISSED'} ${text}`);
    if (!met) missed++;
  }
  console.log('');
}
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = missed > 0 ? 1 : 0;
