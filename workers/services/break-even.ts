import { type BreakEven, breakEven, mostTrials } from '../../src/domain/break-even.ts';
import type { TrialResult } from '../../src/domain/trial.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import { stopIfAborted } from '../engines/engine.ts';
import type { Dataset } from './dataset.ts';
import type { Run } from './run.ts';
import type { Trials } from './trials.ts';

/** Runs the trials that domain/break-even.ts asks for, on a finished run's signals. */
export async function findBreakEven(
  { result, signals }: Run,
  { market }: Dataset,
  trials: Trials,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<BreakEven> {
  const search = breakEven(result.study, result.trades);
  let before = 0;
  const progress = (done: number): void => {
    const ratio = (before + done) / mostTrials;
    onProgress({ phase: 'trials', label: 'Break-even', ratio });
  };
  let step = search.next();
  while (!step.done) {
    const settings = step.value;
    const results = await trials.run(market, signals, settings, { signal, onProgress: progress });
    stopIfAborted(signal);
    before += settings.length;
    step = search.next(results as readonly TrialResult[]);
  }
  return step.value;
}
