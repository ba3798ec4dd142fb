/**
 * The process in which cases are tried, one after another: `node worker.mjs CLASS SEED FIRST END`. It says before each
 * case that it begins and afterwards what became of it; so whoever started it knows at which case it hung or died.
 */
import { Worker } from 'node:worker_threads';
import type { Said } from './attack.ts';
import { attacks, begin } from './classes.ts';
import { failed, tooLarge, tooLong } from './outcome.ts';
import { mostMemory, mostOfCore } from './patience.mjs';

/** Bytes at which a process is let go, for what earlier cases have left in it. */
const grown = 1.2e9;

const [name, seed, first, end] = process.argv.slice(2);
const attack = attacks.find((one) => one.name === name)!;

/** When the case began, in seconds of a core. */
const began = new Float64Array(new SharedArrayBuffer(8));
/** Ends this process where a case goes on and on: its own thread would not get to it. */
new Worker(
  `const { workerData } = require('node:worker_threads');
   setInterval(() => {
     const { user, system } = process.cpuUsage();
     if ((user + system) / 1e6 - workerData[0] > ${2 * mostOfCore(attack.seconds)}) process.kill(process.pid, 'SIGKILL');
   }, 500);`,
  { eval: true, workerData: began },
);
const secondsOfCore = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

process.on('disconnect', () => process.exit()); // Whoever started it has gone.

began[0] = secondsOfCore();
const attempt = await begin(attack, Number(seed));
const say = (said: Said): Promise<unknown> => new Promise((done) => process.send!(said, done));

for (let place = Number(first); place < Number(end); place++) {
  await say({ begins: place });
  began[0] = secondsOfCore();
  const { tried, outcome } = await attempt(place);
  const memory = process.resourceUsage().maxRSS * 1024;
  const excess =
    secondsOfCore() - began[0] > mostOfCore(attack.seconds)
      ? tooLong
      : memory > mostMemory
        ? tooLarge
        : null;
  await say({ place, tried, outcome: excess === null ? outcome : failed(excess) });
  if (memory > grown) break;
}
process.exit(0);
