/** How good a set each method of search finds, for how many sessions simulated. */
import { readFileSync, readdirSync } from 'node:fs';
import type { SearchMethod } from '../../src/domain/study/validation.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import type { SearchResult } from '../../src/domain/validation/search.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { InputFile, LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const parameter = (name: string, from: number, to: number, steps: number) => ({
  ...{ path: name.startsWith('/') ? name : `/strategy/parameters/${name}`, from, to, steps },
});

export interface Subject {
  /** Too few to be halved by. */
  readonly fewSymbols?: true;
  readonly name: string;
  readonly dataset: string;
  readonly study: object;
  /** Steps make 36 sets of a grid. */
  readonly parameters: readonly ReturnType<typeof parameter>[];
  readonly minimumTrades: number;
}

export const subjects: readonly Subject[] = [
  {
    name: 'Harvester, two indices, 2014–2018',
    dataset: 'us-indices-2014-2018',
    fewSymbols: true,
    study: { strategy: { id: 'harvester' }, size: { rule: 'atr-risk' } },
    parameters: [
      parameter('entryThreshold', 1, 4, 4),
      parameter('panic/zWindow', 40, 130, 3),
      parameter('/exits/stop', 0.5, 3, 3),
    ],
    minimumTrades: 20,
  },
  {
    name: 'z-score reversion, four shares, 2000–2013',
    dataset: 'us-shares-2000-2013',
    fewSymbols: true,
    study: { strategy: { id: 'zscore-reversion' }, size: { rule: 'fraction', fraction: 0.2 } },
    parameters: [
      parameter('window', 10, 60, 3),
      parameter('entryThreshold', 0.5, 2.5, 3),
      parameter('/exits/stop', 0.5, 5, 2),
      parameter('/exits/target', 0.5, 6, 2),
    ],
    minimumTrades: 40,
  },
  {
    // Nothing that is varied changes a signal.
    name: 'RSI reversion, twenty made-up symbols, 2014–2023',
    dataset: 'synthetic-2014-2023',
    study: { strategy: { id: 'rsi-reversion' }, size: { rule: 'fraction', fraction: 0.1 } },
    parameters: [
      parameter('/exits/stop', 0.5, 5, 4),
      parameter('/exits/target', 0.5, 8, 3),
      parameter('/exits/longestHolding', 3, 60, 3),
    ],
    minimumTrades: 40,
  },
];

/** A method with as many draws as cost so many sets on the whole range. */
export interface Contender {
  readonly name: string;
  readonly method: SearchMethod;
  readonly search: (cost: number) => object;
  readonly seeded: boolean;
}

const draws = (cost: number) => ({ trials: cost });
/** Each rung by three has as much of the cost as the others. */
const ladder = (rungs: number, cost: number) => ({
  trials: (cost * 3 ** (rungs - 1)) / rungs,
  rungs,
});
const halving = (name: string, search: Contender['search']): Contender => ({
  ...{ name: `successive halving, ${name}`, method: 'halving', search, seeded: true },
});
export const contenders: readonly Contender[] = [
  { name: 'grid', method: 'grid', search: () => ({}), seeded: false },
  { name: 'random', method: 'random', search: draws, seeded: true },
  { name: 'Latin hypercube', method: 'latin-hypercube', search: draws, seeded: true },
  halving('sessions, two rungs', (cost) => ladder(2, cost)),
  halving('sessions, three rungs', (cost) => ladder(3, cost)),
  halving('symbols, two rungs', (cost) => ({ ...ladder(2, cost), budget: 'symbols' })),
  { name: 'differential evolution', method: 'evolution', search: draws, seeded: true },
];

export async function labOn(dataset: string): Promise<LabService> {
  const engine = await startNodeEngine();
  const lab = createLab(
    () => Promise.resolve(engine),
    () => 0,
  );
  const folder = `datasets/${dataset}`;
  const files = readdirSync(folder).filter((name) => name.includes('.csv'));
  const inputs = files.map((name) => ({
    name,
    content: new Blob([readFileSync(`${folder}/${name}`)]),
    role: roleOf(name),
  }));
  const unpacked = unwrap(await lab.unpack(inputs, () => undefined));
  unwrap(await lab.importFiles(unpacked, () => undefined));
  return lab;
}

const roleOf = (name: string): NonNullable<InputFile['role']> =>
  (['attention', 'macro', 'universe'] as const).find((role) => name.startsWith(role)) ?? 'bars';

export interface Score {
  /** Of the best set on the whole range; null where none has trades enough. */
  readonly best: number | null;
  /** Sets on the whole range that would have taken as many sessions. */
  readonly cost: number;
  readonly milliseconds: number;
}

export async function scoreOf(
  lab: LabService,
  { study, parameters, minimumTrades }: Subject,
  { method, search }: Contender,
  cost: number,
  seed: number,
): Promise<Score> {
  const whole = completeStudy({
    ...study,
    seed,
    validation: {
      search: { method, parameters, ...search(cost) },
      walkForward: { minimumTrades },
    },
  });
  const started = performance.now();
  const found = unwrap(await lab.search(whole, () => undefined));
  const milliseconds = performance.now() - started;
  return {
    best: found.best < 0 ? null : found.metrics.sharpe[found.best]!,
    cost: costOf(found),
    milliseconds,
  };
}

function costOf({ candidates, halving }: SearchResult): number {
  if (halving === undefined) return candidates.length;
  return halving.rungs.reduce((sum, { sets, budget }) => sum + (sets * budget) / halving.whole, 0);
}
