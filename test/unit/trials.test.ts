/** The trial pool: order, sharing, cancel, death. Its workers are stand-ins in this thread. */
import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { stepsOf } from '../../src/domain/market.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { runTrial } from '../../src/domain/trial.ts';
import { nextMessage } from '../../workers/engines/next-message.ts';
import { type TrialJob, createTrialService } from '../../workers/services/trial-job.ts';
import { TrialPool, type TrialWorker, trialsInProcess } from '../../workers/services/trials.ts';
import { walks } from './trial-market.ts';

const { market, signals } = walks(3, 120);
const other = walks(3, 120, 2);
const settings = Array.from({ length: 100 }, (_, i) =>
  completeStudy({
    size: { rule: 'atr-risk' },
    exits: { stop: 0.5 + (i % 10) / 4, target: 1 + Math.floor(i / 10) },
    range: { from: i % 3 === 0 ? '2000-02-01' : null },
  }),
);
const expected = settings.map((one) => {
  const from = one.range.from === null ? -Infinity : 10_988;
  return runTrial(market, signals, one, stepsOf(market, from, Infinity)).result;
});

/** Workers that take a random time for each job, and what they were sent. */
function crew() {
  const jobs: { worker: number; job: TrialJob }[] = [];
  const kills: ((error: Error) => void)[] = [];
  let terminated = 0;
  const spawn = (): TrialWorker => {
    const worker = kills.length;
    const service = createTrialService();
    let kill: (error: Error) => void = () => undefined;
    const died = new Promise<never>((_, reject) => {
      kill = reject;
    });
    died.catch(() => undefined);
    kills.push(kill);
    return {
      service: {
        async run(job) {
          jobs.push({ worker, job });
          for (let i = (jobs.length * 7) % 5; i >= 0; i--) await nextMessage();
          return service.run(job);
        },
        superior: (job) => service.superior(job),
      },
      died,
      terminate: () => {
        terminated++;
      },
    };
  };
  return { spawn, jobs, kills, terminated: () => terminated };
}

describe('the trial pool', () => {
  it.each([1, 2, 3, 8])('gives the results of %d workers in order, to the bit', async (size) => {
    const { spawn, jobs } = crew();
    const pool = new TrialPool(spawn, size);
    const seen: number[] = [];
    const found = await pool.run(market, signals, settings, { onProgress: (n) => seen.push(n) });
    expect(found).toEqual(expected);
    expect(seen.at(-1)).toBe(100);
    expect(seen).toHaveLength(jobs.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(jobs.map(({ worker }) => worker)).size).toBe(size);
  });

  it('sends a market and a set of signals once to each worker', async () => {
    const { spawn, jobs } = crew();
    const pool = new TrialPool(spawn, 2);
    const [first, second] = await Promise.all([
      pool.run(market, signals, settings),
      pool.run(market, other.signals, settings),
    ]);
    expect(first).toEqual(expected);
    expect(second).not.toEqual(expected);
    await pool.run(market, other.signals, settings);
    expect(jobs.filter(({ job }) => job.market !== null)).toHaveLength(2);
    expect(jobs.filter(({ job }) => job.signals !== null).length).toBeLessThanOrEqual(4);
    await pool.run(other.market, other.signals, settings);
    expect(jobs.filter(({ job }) => job.market !== null)).toHaveLength(4);
  });

  it('keeps what is finished when it is cancelled, and goes on with the next call', async () => {
    const pool = new TrialPool(crew().spawn, 2);
    const controller = new AbortController();
    const found = await pool.run(market, signals, settings, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done >= 40) controller.abort();
      },
    });
    const finished = found.filter((result) => result !== null).length;
    expect(finished).toBeGreaterThanOrEqual(40);
    expect(finished).toBeLessThan(100);
    for (const [i, result] of found.entries()) if (result) expect(result).toEqual(expected[i]);
    expect(await pool.run(market, signals, settings)).toEqual(expected);
    expect(await pool.run(market, signals, settings, { signal: controller.signal })).toEqual(
      settings.map(() => null),
    );
  });

  it('rejects every call when a worker dies, and starts afresh', async () => {
    const { spawn, kills, terminated } = crew();
    const pool = new TrialPool(spawn, 2);
    const calls = [pool.run(market, signals, settings), pool.run(market, other.signals, settings)];
    const death = new LabError({ kind: 'engine', problem: 'A worker stopped.' });
    kills[1]!(death);
    for (const call of calls) await expect(call).rejects.toBe(death);
    expect(terminated()).toBe(2);
    expect(await pool.run(market, signals, settings)).toEqual(expected);
    expect(kills).toHaveLength(4);
  });

  it('rejects a call whose trial fails, and no other', async () => {
    const pool = new TrialPool(crew().spawn, 2);
    const broken = { ...settings[0]!, range: { from: 'never', to: null } };
    await expect(pool.run(market, signals, [...settings, broken])).rejects.toThrow();
    expect(await pool.run(market, signals, settings)).toEqual(expected);
  });

  it('has nothing to do without trials', async () => {
    const { spawn, jobs } = crew();
    expect(await new TrialPool(spawn, 2).run(market, signals, [])).toEqual([]);
    expect(jobs).toHaveLength(0);
  });

  it('forgets all when it is closed', async () => {
    const { spawn, jobs } = crew();
    const pool = new TrialPool(spawn, 1);
    await pool.run(market, signals, settings.slice(0, 1));
    pool.close();
    await pool.run(market, signals, settings.slice(0, 1));
    expect(jobs.map(({ worker, job }) => [worker, job.market === null])).toEqual([
      [0, false],
      [1, false],
    ]);
  });

  it('serves other messages between batches where it runs in this thread', async () => {
    let served = 0;
    const over = new AbortController();
    const others = (async () => {
      while (!over.signal.aborted) {
        await nextMessage();
        served++;
      }
    })();
    expect(await trialsInProcess().run(market, signals, settings)).toEqual(expected);
    over.abort();
    await others;
    expect(served).toBeGreaterThan(4);
  });
});
