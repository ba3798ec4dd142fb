/**
 * Worlds whose truth is known, and what the statistics of overfitting say of them. Returns are normal with 1 % a
 * session; the run is the best trial, and the ledger is the search.
 */
import { randomStream } from '../../src/domain/random.ts';
import type { ReturnsMatrix } from '../../src/domain/validation/search.ts';
import { commonBlockLength } from '../../src/domain/validation/statistics/block-length.ts';
import { cellsOf } from '../../src/domain/validation/statistics/cells.ts';
import { type Found, isMissing } from '../../src/domain/validation/statistics/found.ts';
import { momentsOf } from '../../src/domain/validation/statistics/moments.ts';
import { pbo } from '../../src/domain/validation/statistics/pbo.ts';
import { trialOf } from '../../src/domain/validation/statistics/returns.ts';
import {
  deflatedEvidence,
  sharpeEvidence,
} from '../../src/domain/validation/statistics/sharpe-evidence.ts';
import { superiorAbility } from '../../src/domain/validation/statistics/superior-ability.ts';
import {
  type OverfittingKind,
  overfittingKind,
} from '../../src/domain/validation/statistics/verdict.ts';

export const worlds = ['noise', 'one edge', 'edge everywhere', 'edge in common'] as const;
export type World = (typeof worlds)[number];

export interface Size {
  readonly trials: number;
  readonly bars: number;
}

const perYear = 252;
const deviation = 0.01;
/** Mean of an annual Sharpe ratio of 2.5. */
const edge = (2.5 * deviation) / Math.sqrt(perYear);

/** Independent noise in every trial; in common, half of its variance is the same in all. */
export function worldOf(world: World, seed: number, { trials, bars }: Size): ReturnsMatrix {
  const values = new Float64Array(trials * bars);
  const { normal, below } = randomStream(seed, `calibration ${world}`);
  const lucky = below(trials);
  const shared = Float64Array.from({ length: bars }, () =>
    world === 'edge in common' ? normal() * Math.sqrt(0.5) : 0,
  );
  const own = world === 'edge in common' ? Math.sqrt(0.5) : 1;
  for (let trial = 0; trial < trials; trial++) {
    const mean = world === 'noise' || (world === 'one edge' && trial !== lucky) ? 0 : edge;
    for (let bar = 0; bar < bars; bar++)
      values[trial * bars + bar] = mean + deviation * (shared[bar]! + own * normal());
  }
  return { sessions: bars, trials, values };
}

export interface Outcome {
  readonly dsr: number;
  readonly pbo: number;
  readonly spa: number;
  readonly verdict: OverfittingKind;
}

export function judge(returns: ReturnsMatrix, seed: number, samples: number): Outcome {
  const ratios = Array.from(
    { length: returns.trials },
    (_, trial) => momentsOf(trialOf(returns, trial))!.sharpe,
  );
  const best = ratios.indexOf(Math.max(...ratios));
  const sharpe = value(sharpeEvidence(trialOf(returns, best)));
  const ledger = { trials: returns.trials, variance: varianceOf(ratios) };
  const dsr = value(deflatedEvidence(sharpe, ledger, perYear)).probability;
  const split = value(finish(pbo(returns)));
  const superior = value(
    finish(
      superiorAbility(returns, {
        samples,
        blockLength: commonBlockLength(returns),
        stream: randomStream(seed, 'calibration superior ability'),
      }),
    ),
  );
  const cells = value(
    finish(cellsOf(returns, best, samples, randomStream(seed, 'calibration cells'))),
  );
  const kind = overfittingKind({
    probabilistic: sharpe.probability,
    deflated: dsr,
    pbo: split.probability,
    superior: superior.consistent,
    cells: { positive: cells.positive, low: cells.middle.spread.p5 },
  });
  return { dsr, pbo: split.probability, spa: superior.consistent, verdict: kind };
}

export interface Target {
  readonly text: string;
  readonly met: boolean;
}

/** What was asked of each world, and whether these outcomes meet it. */
export function targetsOf(world: World, outcomes: readonly Outcome[]): readonly Target[] {
  const share = (meets: (one: Outcome) => boolean): number =>
    outcomes.filter(meets).length / outcomes.length;
  const atLeast = (wanted: number, text: string, meets: (one: Outcome) => boolean): Target => ({
    text: `${text}: ${percent(share(meets))}, at least ${percent(wanted)} asked`,
    met: share(meets) >= wanted,
  });
  const mean = outcomes.reduce((sum, one) => sum + one.pbo, 0) / outcomes.length;
  switch (world) {
    case 'noise':
      return [
        atLeast(0.95, 'DSR < 0.95 and PBO > 0.2', ({ dsr, pbo }) => dsr < 0.95 && pbo > 0.2),
        {
          text: `mean PBO ${mean.toFixed(3)}, 0.45 to 0.55 asked`,
          met: mean >= 0.45 && mean <= 0.55,
        },
      ];
    case 'one edge':
      return [atLeast(0.9, 'DSR > 0.95 and PBO < 0.2', ({ dsr, pbo }) => dsr > 0.95 && pbo < 0.2)];
    case 'edge everywhere':
    case 'edge in common':
      return [
        atLeast(
          0.9,
          '«edge real, choice irrelevant»',
          ({ verdict }) => verdict === 'edge real, choice irrelevant',
        ),
      ];
  }
}

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (values.length - 1);
}

/** Runs a computation to its end. */
export function finish<T>(work: Generator<number, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function value<T extends object>(found: Found<T>): T {
  if (isMissing(found)) throw new Error(found.reason);
  return found;
}
