/** A look-ahead audit that is shared among engines: the same report however many there are, and whatever becomes of them. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { beforeAll, expect, it } from 'vitest';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { cheats } from '../../src/domain/validation/cheats/registry.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { subjectOf } from '../../workers/services/audit/demonstration.ts';
import { auditLookAhead, auditSubject } from '../../workers/services/audit/look-ahead.ts';
import {
  type Replayer,
  type Replayers,
  replayersFrom,
} from '../../workers/services/audit/replayers.ts';
import { type Replay, Replays } from '../../workers/services/audit/replays.ts';
import { Worlds, dataOfDays } from '../../workers/services/audit/worlds.ts';
import { type Dataset, importDataset } from '../../workers/services/dataset.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const linesUntil2015 = (path: string): string =>
  readFileSync(path, 'utf8').replaceAll(/^.*,201[5-8]-.*\n/gm, '');

let engine: Engine;
let other: Engine;
let dataset: Dataset;
beforeAll(async () => {
  [engine, other] = await Promise.all([startNodeEngine(), startNodeEngine()]);
  const files = ['bars', 'macro'].map((role) => ({
    name: `${role}.csv`,
    content: new Blob([linesUntil2015(`datasets/us-indices-2014-2018/${role}.csv`)]),
    role: role as 'bars' | 'macro',
  }));
  dataset = await importDataset(engine, files, () => undefined);
});

/** A subject replayed in the other engine, in this thread, and open; it fails once it was given so many tasks. */
async function replayerOf(subject: ReturnType<typeof subjectOf>, fails = Infinity) {
  const given: Replay[] = [];
  const replays = await Replays.open(
    subject,
    new Worlds(other, quiet.signal, subject.data ?? dataOfDays),
  );
  const replayer: Replayer = {
    opened: Promise.resolve(),
    replay(task) {
      given.push(task);
      return given.length > fails ? Promise.reject(new Error('dead')) : replays.replay(task);
    },
    end: () => given.push({ replay: 'cut', point: -1 }),
  };
  return { given, replayer };
}

it.each(['same-bar-fill', 'centred-attention', 'revised-macro'])(
  'finds of %s what one engine finds, with another beside it and with one that dies',
  async (id) => {
    const cheat = cheats.find((one) => one.id === id)!;
    const subject = subjectOf(cheat, cheat.plan);
    const alone = await auditSubject(subject, { engine, ...quiet });
    expect(alone.clean).toBe(false);
    for (const fails of [Infinity, 2, 0]) {
      const { given, replayer } = await replayerOf(subject, fails);
      const hire = () => Promise.resolve([replayer]);
      expect(await auditSubject(subject, { engine, ...quiet }, hire)).toEqual(alone);
      expect(given.length, 'it took part').toBeGreaterThan(Math.min(fails, 1));
      expect(given.at(-1)!.point, 'and was ended').toBe(-1);
    }
    const fail = () => Promise.reject(new Error('no memory'));
    const hire = () => Promise.resolve([{ opened: fail(), replay: fail, end: () => undefined }]);
    expect(await auditSubject(subject, { engine, ...quiet }, hire)).toEqual(alone);
  },
);

/** Threads that were started, and how many messages each has sent. */
const threads = new Map<Worker, number>();
process.on('worker', (thread) => {
  threads.set(thread, 0);
  thread.on('message', () => threads.set(thread, threads.get(thread)! + 1));
});
const exits = (): Promise<unknown> =>
  Promise.all([...threads.keys()].map((one) => new Promise((done) => one.once('exit', done))));

it('gives one report with 1, 2, 3 and 7 threads, which all replay and then end', async () => {
  const study = sampleStudy();
  const context = { engine, dataset, ...quiet };
  const alone = await auditLookAhead(study, context, 14);
  // Alone is one worker.
  for (const crew of [2, 3, 7]) {
    threads.clear();
    const trials = startNodeTrials(crew, 0);
    // Open before the first replay, or few would be left for them.
    const replayers: Replayers = async (asked) => {
      const lent = await replayersFrom(() => trials.lendReplayers())(asked);
      await Promise.all(lent.map(({ opened }) => opened));
      return lent;
    };
    expect(await auditLookAhead(study, context, 14, replayers)).toEqual(alone);
    expect(threads.size).toBe(crew - 1);
    // The answer to being opened is one.
    if (crew < 4) for (const sent of threads.values()) expect(sent).toBeGreaterThan(1);
  }
  const few = startNodeTrials(2, 0);
  threads.clear();
  await auditLookAhead(
    study,
    context,
    4,
    replayersFrom(() => few.lendReplayers()),
  );
  expect(threads.size, 'too little to do').toBe(0);
});

it('ends its threads when it is cancelled', async () => {
  threads.clear();
  const stop = new AbortController();
  const trials = startNodeTrials(3, 0);
  const context = {
    engine,
    dataset,
    signal: stop.signal,
    onProgress: (_: string, ratio: number) => {
      if (ratio > 0.1) stop.abort();
    },
  };
  const replayers = replayersFrom(() => trials.lendReplayers());
  const audit = auditLookAhead(sampleStudy(), context, 20, replayers);
  await expect(audit).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  expect(threads.size).toBe(2);
  await exits();
});
