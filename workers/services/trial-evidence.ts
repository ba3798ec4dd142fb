import { randomStream } from '../../src/domain/random.ts';
import type { ReturnsMatrix } from '../../src/domain/validation/search.ts';
import { commonBlockLength } from '../../src/domain/validation/statistics/block-length.ts';
import { cellsOf } from '../../src/domain/validation/statistics/cells.ts';
import { pbo } from '../../src/domain/validation/statistics/pbo.ts';
import type { OverfittingReport } from '../../src/domain/validation/statistics/report.ts';
import { superiorAbility } from '../../src/domain/validation/statistics/superior-ability.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import { drive } from './drive.ts';

/** Labels and shares of the whole time, about, of a call’s parts in their order. */
export type Shares<Part extends string> = Readonly<Record<Part, readonly [string, number]>>;

export type InPart<Part extends string> = <T>(part: Part, work: Generator<number, T>) => Promise<T>;

/** Runs each part with its share of the progress; `at` gives a part’s own. */
export function parts<Part extends string>(
  shares: Shares<Part>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): InPart<Part> & { at(part: Part): (ratio: number) => void } {
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

/** What the excess returns of many trials say of a choice among them. */
export async function judgedTrials(
  excess: ReturnsMatrix,
  chosen: number | null,
  { seed, samples }: { readonly seed: number; readonly samples: number },
  inPart: InPart<OfTrials>,
): Promise<Pick<OverfittingReport, OfTrials>> {
  const split = await inPart('pbo', pbo(excess));
  const superior = await inPart(
    'superior',
    superiorAbility(excess, {
      samples,
      blockLength: commonBlockLength(excess),
      stream: streamOf(seed, 'superior ability'),
    }),
  );
  const cells = await inPart('cells', cellsOf(excess, chosen, samples, streamOf(seed, 'cells')));
  return { pbo: split, superior, cells };
}
