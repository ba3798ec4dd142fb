/** Everything that simulates trials, on the real engine: its answer is the same with no thread, two, three and seven. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SearchMethod } from '../../src/domain/study/validation.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, Progress } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import type { Trials } from '../../workers/services/trials.ts';

const csv = readFileSync('datasets/us-indices-2014-2018/bars.csv', 'utf8');
const quiet = (): void => undefined;

const crews = [1, 2, 3, 7].map((threads) => startNodeTrials(threads, 0));
let crew: Trials = crews[0]!;
let lab: LabService;
beforeAll(async () => {
  const engine = await startNodeEngine();
  lab = createLab(
    () => Promise.resolve(engine),
    () => 0,
    () => ({
      get workers() {
        return crew.workers;
      },
      run: (...call) => crew.run(...call),
      superior: (...call) => crew.superior(...call),
      close: () => undefined,
      lendReplayers: () => [],
    }),
  );
});
afterAll(() => {
  for (const one of crews) one.close();
});

const searching = (method: SearchMethod, more: object = {}) => ({
  strategy: { id: 'harvester', parameters: { panic: { zWindow: 60 } } },
  size: { rule: 'atr-risk' },
  validation: {
    search: {
      method,
      trials: 24,
      parameters: [
        { path: '/strategy/parameters/entryThreshold', from: 1.5, to: 3, steps: 3 },
        { path: '/exits/stop', from: 0.5, to: 2.5, steps: 8 },
      ],
      ...more,
    },
    walkForward: { unit: 'bars', train: 400, test: 200, minimumTrades: 2, purge: 5 },
  },
});
const study = searching('grid');
const run = async (): Promise<void> => {
  unwrap(await lab.run(study, quiet));
};

type Call = (onProgress: (at: Progress) => void) => Promise<unknown>;
const calls: readonly (readonly [string, Call])[] = [
  ['a search of a grid', async (on) => unwrap(await lab.search(study, on))],
  ['a search at random', async (on) => unwrap(await lab.search(searching('random'), on))],
  [
    'a search by Latin hypercube',
    async (on) => unwrap(await lab.search(searching('latin-hypercube'), on)),
  ],
  ...['sessions', 'symbols'].map((budget): readonly [string, Call] => [
    `a search by successive halving over ${budget}`,
    async (on) => unwrap(await lab.search(searching('halving', { budget }), on)),
  ]),
  [
    'a search by differential evolution',
    async (on) => unwrap(await lab.search(searching('evolution'), on)),
  ],
  ['a walk-forward', async (on) => unwrap(await lab.walkForward(study, on))],
  ['a cross-validation', async (on) => unwrap(await lab.crossValidate(study, on))],
  ['learned weights', async (on) => unwrap(await lab.learn(study, on))],
  ['break-even', async (on) => (await run(), unwrap(await lab.breakEven(on)))],
  [
    'the statistics of overfitting, after a search',
    async (on) => {
      await run();
      unwrap(await lab.search(study, quiet));
      return unwrap(await lab.overfitting({ trials: 30, variance: 0.01 }, on));
    },
  ],
];

it.each(calls)('%s', async (_, call) => {
  const found: unknown[] = [];
  for (crew of crews) {
    const bars = { name: 'bars.csv', content: new Blob([csv]), role: 'bars' as const };
    unwrap(await lab.importFiles([bars], quiet)); // From nothing: no search, no features.
    const ratios: number[] = [];
    found.push(await call(({ ratio }) => ratios.push(ratio)));
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  }
  const [alone, ...threaded] = found;
  for (const one of threaded) expect(one).toEqual(alone);
});
