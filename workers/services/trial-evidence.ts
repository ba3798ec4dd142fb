import { randomStream } from '../../src/domain/random.ts';
import type { ReturnsMatrix } from '../../src/domain/validation/search.ts';
import { commonBlockLength } from '../../src/domain/validation/statistics/block-length.ts';
import { cellsOf } from '../../src/domain/validation/statistics/cells.ts';
import { pbo } from '../../src/domain/validation/statistics/pbo.ts';
import type { Found } from '../../src/domain/validation/statistics/found.ts';
import type { OverfittingReport } from '../../src/domain/validation/statistics/report.ts';
import {
  type SuperiorAbility,
  superiorAbility,
  superiorOf,
} from '../../src/domain/validation/statistics/superior-ability.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import { drive } from './drive.ts';
import { superiorStream } from './trial-job.ts';
import type { Trials } from './trials.ts';

/** Labels and shares of the whole time, about, of a call’s parts in their order. */
export type Shares<Part extends string> = Readonly<Record<Part, readonly [string, number]>>;

/** Runs each part with its share of the progress; `at` gives a part’s own. */
export interface InPart<Part extends string> {
  <T>(part: Part, work: Generator<number, T>): Promise<T>;
  readonly at: (part: Part) => (ratio: number) => void;
}

export function parts<Part extends string>(
  shares: Shares<Part>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): InPart<Part> {
  const at = (part: Part): ((ratio: number) => void) => {
    let before = 0;
    for (const key of Object.keys(shares) as Part[]) {
      if (key === part) break;
      before += shares[key][1];
    }
    const [label, share] = shares[part];
    return (ratio) =>
      onProgress({ phase: 'results', label, ratio: Math.min(1, before + share * ratio) });
  };
  const inPart = <T>(part: Part, work: Generator<number, T>): Promise<T> => {
    const report = at(part);
    report(0);
    return drive(work, signal, report);
  };
  return Object.assign(inPart, { at });
}

type OfTrials = 'pbo' | 'superior' | 'cells';

/** Labels of what is made of many trials’ returns. */
export const labelsOfTrials: Readonly<Record<OfTrials, string>> = {
  pbo: 'Probability of backtest overfitting',
  superior: 'Reality check',
  cells: 'All trials of the search',
};

/** A stream of the statistics of overfitting. */
export const streamOf = (seed: number, part: string) => randomStream(seed, `overfitting ${part}`);

interface JudgedBy {
  readonly seed: number;
  readonly samples: number;
  readonly pool: Pick<Trials, 'workers' | 'superior'>;
  readonly signal: AbortSignal;
  /** Multiplications from which workers pay, threads being started for them; half a second’s unless told. */
  readonly worth?: number;
}

/** What the excess returns of many trials say of a choice among them. */
export async function judgedTrials(
  excess: ReturnsMatrix,
  chosen: number | null,
  judged: JudgedBy,
  inPart: InPart<OfTrials>,
): Promise<Pick<OverfittingReport, OfTrials>> {
  const { seed, samples } = judged;
  const split = await inPart('pbo', pbo(excess));
  const superior = await superiorTrials(excess, judged, inPart);
  const cells = await inPart('cells', cellsOf(excess, chosen, samples, streamOf(seed, 'cells')));
  return { pbo: split, superior, cells };
}

const worthWorkers = 500_000_000;
/** Parts that each worker takes: each draws all samples again, and tells of its progress when it ends. */
const partsEach = 2;

/** The reality check, by the workers of the pool where it is long enough for them: the same bits however many there are. */
async function superiorTrials(
  excess: ReturnsMatrix,
  { seed, samples, pool, signal, worth = worthWorkers }: JudgedBy,
  inPart: InPart<OfTrials>,
): Promise<Found<SuperiorAbility>> {
  const { sessions, trials, values } = excess;
  const options = { samples, blockLength: commonBlockLength(excess) };
  if (pool.workers === 1 || sessions * trials * samples < worth)
    return inPart(
      'superior',
      superiorAbility(excess, { ...options, stream: superiorStream(seed) }),
    );
  const each = Math.ceil(trials / (partsEach * pool.workers));
  const jobs = Array.from({ length: Math.ceil(trials / each) }, (_, part) => {
    const [from, to] = [part * each, Math.min(trials, (part + 1) * each)];
    const own = values.slice(from * sessions, to * sessions);
    return { returns: { sessions, trials: to - from, values: own }, options, seed };
  });
  const report = inPart.at('superior');
  report(0);
  const found = await pool.superior(jobs, {
    signal,
    onProgress: (done) => report(done / jobs.length),
  });
  return superiorOf(found, sessions, options);
}
