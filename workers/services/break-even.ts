import { type BreakEven, breakEven, mostTrials } from '../../src/domain/break-even.ts';
import type { TrialResult } from '../../src/domain/trial.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import type { Dataset } from './dataset.ts';
import { drive } from './drive.ts';
import type { Run } from './run.ts';
import type { Trials } from './trials.ts';

/** Runs the trials that domain/break-even.ts asks for, on a finished run's signals. */
export async function findBreakEven(
  { result, signals }: Run,
  { market }: Dataset,
  trials: Trials,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<BreakEven> {
  let before = 0;
  const progress = (done: number): void => {
    const ratio = (before + done) / mostTrials;
    onProgress({ phase: 'trials', label: 'Break-even', ratio });
  };
  return drive(breakEven(result.study, result.trades), signal, async (settings) => {
    const results = await trials.run(market, signals, settings, { signal, onProgress: progress });
    before += settings.length;
    return results as readonly TrialResult[]; // All of them: a cancel sends none on.
  });
}
