/** Random small searches in threads: whatever a market, its contracts and settings hold crosses into them, and back, bit for bit. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { TrialCurve } from '../../src/domain/trial.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import type { Trials } from '../../workers/services/trials.ts';
import { planWithTerms, settings, worldOf } from './execution-worlds.ts';

/** With the first no thread is started, in the others all is done by threads. */
const crews = [1, 2, 3, 7].map((threads) => startNodeTrials(threads, 0));
afterAll(() => {
  for (const crew of crews) crew.close();
});

const search = fc
  .record({
    plan: planWithTerms,
    first: settings,
    others: fc.array(settings, { minLength: 1, maxLength: 20 }),
  })
  .map(({ plan, first, others }) => ({ ...worldOf(plan, first), all: [first, ...others] }));

async function outcome(trials: Trials, { market, signals, all }: SearchOf) {
  const curves: TrialCurve[] = [];
  const results = await trials.run(market, signals, all, {
    onCurve: (place, curve) => void (curves[place] = curve),
  });
  return { results, curves };
}
type SearchOf = typeof search extends fc.Arbitrary<infer T> ? T : never;

it('gives the results and curves of 1, 2, 3 and 7 workers, in order, to the bit', async () => {
  let traded = 0;
  await fc.assert(
    fc.asyncProperty(search, async (one) => {
      const [alone, ...threaded] = await Promise.all(crews.map((crew) => outcome(crew, one)));
      expect(alone!.results.every((result) => result !== null)).toBe(true);
      traded += alone!.curves.reduce((sum, { net }) => sum + net.length, 0);
      for (const found of threaded) expect(found).toEqual(alone);
    }),
    { seed: 20261129, numRuns: 40 },
  );
  expect(traded).toBeGreaterThan(1000);
});
