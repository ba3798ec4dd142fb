import { Common } from '../../src/domain/execution/common.ts';
import { stepsOfRange } from '../../src/domain/execution/simulate.ts';
import type { Market, Steps, Signals } from '../../src/domain/market.ts';
import { randomStream } from '../../src/domain/random.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import { type TrialOutcome, runTrial } from '../../src/domain/trial.ts';
import type { ReturnsMatrix } from '../../src/domain/validation/search.ts';
import {
  type SuperiorOptions,
  type SuperiorPart,
  superiorPart,
} from '../../src/domain/validation/statistics/superior-ability.ts';

/** Some trials on one market and one set of signals; null where they are those of the worker's last job. */
export interface TrialJob {
  readonly market: Market | null;
  readonly signals: Signals | null;
  readonly settings: readonly Settings[];
  /** Whether the trials' curves are wanted beside their numbers. */
  readonly curves: boolean;
}

/** Some trials' returns, to be resampled; every part of one test draws the same samples. */
export interface SuperiorJob {
  readonly returns: ReturnsMatrix;
  readonly options: Omit<SuperiorOptions, 'stream' | 'benchmark'>;
  readonly seed: number;
}

/** What a worker of the pool answers to. It keeps one market and one set of signals, and nothing of its trials. */
export interface TrialService {
  run(job: TrialJob): readonly TrialOutcome[] | Promise<readonly TrialOutcome[]>;
  superior(job: SuperiorJob): SuperiorPart | Promise<SuperiorPart>;
}

/** The stream of the reality check's samples. */
export const superiorStream = (seed: number) => randomStream(seed, 'overfitting superior ability');

export function createTrialService(): TrialService {
  let market: Market;
  let signals: Signals;
  /** Those of the last trial: ranges change seldom. */
  let sessions: Steps;
  let common: Common;
  let range = '';

  const runOne = (settings: Settings, curves: boolean): TrialOutcome => {
    const wanted = JSON.stringify(settings.range);
    if (range !== wanted) {
      sessions = stepsOfRange(market, settings.range);
      common = new Common(market, sessions, true);
      range = wanted;
    }
    return runTrial(market, signals, settings, sessions, curves, common);
  };

  return {
    run(job) {
      if (job.market !== null) {
        market = job.market;
        range = '';
      }
      if (job.signals !== null) signals = job.signals;
      return job.settings.map((settings) => runOne(settings, job.curves));
    },
    superior({ returns, options, seed }) {
      const work = superiorPart(returns, { ...options, stream: superiorStream(seed) });
      let step = work.next();
      while (!step.done) step = work.next();
      return step.value;
    },
  };
}
