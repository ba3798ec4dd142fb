/** The command's threads, real ones: when they start, that they are cancelled, that one which dies is told. */
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { completeStudy } from '../../src/domain/study/study.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import type { TrialJob } from '../../workers/services/trial-job.ts';
import { type Trials, workersFor } from '../../workers/services/trials.ts';
import { walks } from './trial-market.ts';

const { market, signals } = walks(3, 400);
const settings = Array.from({ length: 100 }, (_, i) =>
  completeStudy({ size: { rule: 'atr-risk' }, exits: { stop: 0.5 + i / 20 } }),
);

const started: Worker[] = [];
const note = (worker: Worker): void => void started.push(worker);
process.on('worker', note);
let trials: Trials;
const startTrials = (threads: number, worth = 0): void => {
  trials = startNodeTrials(threads, worth);
};
afterEach(() => {
  trials.close();
  started.length = 0;
});

it('starts threads when there is enough to do, and again after it was closed', async () => {
  startTrials(2, 400_000); // 1,200 bars × 334 trials.
  const few = await trials.run(market, signals, settings);
  await trials.run(market, signals, settings.slice(0, 90));
  await trials.run(market, signals, settings.slice(0, 90));
  expect(started).toHaveLength(0);
  expect(await trials.run(market, signals, settings)).toEqual(few);
  expect(started).toHaveLength(2);
  trials.close();
  await trials.run(market, signals, settings);
  expect(started).toHaveLength(2);
});

it('starts none where one worker is asked for', async () => {
  startTrials(1);
  await trials.run(market, signals, settings);
  expect(started).toHaveLength(0);
});

it('sends a market once to each thread, its columns in memory that they share', async () => {
  const sent = vi.spyOn(Worker.prototype, 'postMessage');
  startTrials(3);
  await trials.run(market, signals, settings);
  await trials.run(market, { ...signals }, settings);
  const jobs = sent.mock.calls.map(([message]) => jobOf(message));
  sent.mockRestore();
  const markets = jobs.flatMap(({ market }) => market ?? []);
  expect(markets).toHaveLength(3);
  expect(new Set(markets.map(({ close }) => close.buffer)).size).toBe(1);
  expect(markets[0]!.close.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(markets[0]!.close).toEqual(market.close);
});

const jobOf = (message: unknown): TrialJob =>
  (message as { argumentList: [{ value: TrialJob }] }).argumentList[0].value;

it('keeps what is finished when it is cancelled, and goes on with the next call', async () => {
  startTrials(2);
  const controller = new AbortController();
  const found = await trials.run(market, signals, settings, {
    signal: controller.signal,
    onProgress: (done) => {
      if (done >= 20) controller.abort();
    },
  });
  const finished = found.filter((result) => result !== null).length;
  expect(finished).toBeGreaterThanOrEqual(20);
  expect(finished).toBeLessThan(100);
  const all = await trials.run(market, signals, settings);
  for (const [i, result] of found.entries()) if (result) expect(result).toEqual(all[i]);
});

it('says what to do when a thread dies, and starts afresh', async () => {
  startTrials(2);
  process.once('worker', (worker) => void worker.terminate());
  await expect(trials.run(market, signals, settings)).rejects.toMatchObject({
    data: {
      kind: 'engine',
      problem: 'A worker that ran trials stopped.',
      remedy: 'Try again with fewer --workers, fewer trials or a smaller dataset.',
      cause: 'It ended without saying why.',
    },
  });
  expect(await trials.run(market, signals, settings)).not.toContain(null);
  expect(started).toHaveLength(4);
});

it.each([
  [8, 2 ** 34, 8],
  [64, 2 ** 33, 16], // 8 GiB: half of them, a quarter of a GiB each.
  [4, 2 ** 30, 2],
  [4, 2 ** 28, 1],
  [4, Infinity, 4], // A browser that does not tell.
])('%d cores and %d bytes have room for %d workers', (cores, memory, workers) => {
  expect(workersFor(cores, memory)).toBe(workers);
});
