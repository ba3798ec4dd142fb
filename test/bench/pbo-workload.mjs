/** The probability of backtest overfitting over a thousand trials of noise, 2,500 sessions each. */
import { randomStream } from '../../src/domain/random.ts';
import { pbo } from '../../src/domain/validation/statistics/pbo.ts';

export function timePbo(trials = 1000, sessions = 2500) {
  const { normal } = randomStream(1, 'bench');
  const values = Float64Array.from({ length: trials * sessions }, () => 0.01 * normal());
  const started = performance.now();
  const steps = pbo({ trials, sessions, values });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { splits, probability } = step.value;
  return { time: performance.now() - started, trials, sessions, splits, digests: probability };
}
