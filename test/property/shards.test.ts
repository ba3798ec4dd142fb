/** Any search cut into any number of parts, done in any order and some of them twice: merged, it is one machine's, to the bit. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { textDigest } from '../../src/domain/digest.ts';
import { mergedAnswers } from '../../src/domain/shards/merge.ts';
import { headerOf } from '../../src/domain/shards/header.ts';
import { type Shard, refuseStrangers } from '../../src/domain/shards/shard.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { readShard, shardFile } from '../../src/cli/shards/file.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
const files = [{ name: 'SP500.csv', content: new Blob([lines.slice(0, 240).join('\n')]) }];
/** One machine, and the one that merges. */
let [alone, other]: Engine[] = [];
beforeAll(async () => {
  [alone, other] = await Promise.all([startNodeEngine(), startNodeEngine()]);
});

/** Three kinds of dimensions: some change features, some signals, some the simulation alone. */
const dimensions = {
  'moving-average-cross': ['/strategy/parameters/fast', '/strategy/parameters/slow'],
  'bollinger-reversion': ['/strategy/parameters/window', '/strategy/parameters/width'],
} as const;
const span = (path: string) => ({ path, values: null, from: 3, to: 13, steps: 2 });

const scene = fc
  .record({
    strategy: fc.constantFrom(...(Object.keys(dimensions) as (keyof typeof dimensions)[])),
    method: fc.constantFrom('grid', 'random', 'latin-hypercube'),
    trials: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(1000),
    stops: fc.subarray([1, 2, null], { minLength: 1 }),
    of: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ of, ...search }) =>
    fc.record({
      search: fc.constant(search),
      order: fc
        .tuple(
          fc.shuffledSubarray(
            Array.from({ length: of }, (_, i) => i + 1),
            { minLength: of },
          ),
          fc.array(fc.integer({ min: 1, max: of }), { maxLength: 2 }),
        )
        .map(([all, again]) => [...all, ...again]),
      of: fc.constant(of),
    }),
  );

it('gives the search and the walk-forward of one machine', async () => {
  const lab = createLab(() => Promise.resolve(alone!));
  const { fingerprint } = unwrap(await lab.importFiles(files, quiet));
  await fc.assert(
    fc.asyncProperty(scene, async ({ search: { strategy, stops, ...rest }, order, of }) => {
      const { method, trials, seed } = rest;
      const parameters = [
        ...dimensions[strategy].map(span),
        { path: '/exits/stop', values: stops, from: null, to: null, steps: stops.length },
      ];
      const walkForward = { unit: 'bars', train: 90, test: 40, minimumTrades: 0 };
      const study = completeStudy({
        ...{ seed, strategy: { id: strategy }, size: { rule: 'atr-risk' } },
        validation: { search: { method, trials, parameters }, walkForward },
      });
      const found = await lab.search(study, quiet);
      const whole = [found, await lab.walkForward(study, quiet)];

      const shards = new Map<number, Shard>();
      for (const shard of order) {
        const work = { part: { shard, of }, trials: 'with kept curves', audit: false } as const;
        const answer = await lab.shard(study, work, quiet);
        if (!answer.ok) {
          expect(found.ok).toBe(false); // No combination is a study.
          return;
        }
        const { sessions, jobs, ...answers } = answer.value;
        const header = headerOf({
          ...{ command: 'search', asked: {}, study, studyDigest: textDigest('study') },
          ...{ fingerprint, sessions, jobs, data: {}, shard, of },
        });
        const bytes = shardFile(header, answers);
        const read = readShard(`${shard}`, bytes, '');
        expect(shards.get(shard) ?? read).toEqual(read);
        shards.set(shard, read);
      }
      refuseStrangers([...shards.values()]);
      const words = { trial: (digest: string) => digest, replay: () => '' };
      const known = mergedAnswers([...shards.values()], words);
      const merging = createLab(() => Promise.resolve(other!), ...none, known);
      unwrap(await merging.importFiles(files, quiet));
      expect([await merging.search(study, quiet), await merging.walkForward(study, quiet)]).toEqual(
        whole,
      );
    }),
    { seed: 20261130, numRuns: 10 },
  );
}, 120_000);
const none = [undefined, undefined, undefined] as const;
