/** Random small searches in threads: whatever a market, its contracts and settings hold crosses into them, and back, bit for bit. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { stepsOfRange } from '../../src/domain/execution/simulate.ts';
import { type TrialCurve, runTrial } from '../../src/domain/trial.ts';
import { randomStream } from '../../src/domain/random.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { judgedTrials, labelsOfTrials, parts } from '../../workers/services/trial-evidence.ts';
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
      const { market, signals, all } = one;
      const single = all.map((its) =>
        runTrial(market, signals, its, stepsOfRange(market, its.range), true),
      );
      expect(alone!.results, 'as if each were the only one').toEqual(
        single.map(({ result }) => result),
      );
      expect(alone!.curves).toEqual(single.map(({ curve }) => curve));
      traded += alone!.curves.reduce((sum, { net }) => sum + net.length, 0);
      for (const found of threaded) expect(found).toEqual(alone);
    }),
    { seed: 20261129, numRuns: 40 },
  );
  expect(traded).toBeGreaterThan(1000);
});

it('gives one reality check with 1, 2, 3 and 7 workers, to the bit', async () => {
  const [sessions, trials] = [250, 61];
  const { normal } = randomStream(1, 'returns of 61 trials');
  const values = Float64Array.from({ length: sessions * trials }, () => 0.01 * normal() + 0.0005);
  values.fill(0, 9 * sessions, 10 * sessions); // It never traded.
  const { signal } = new AbortController();
  const label = (part: keyof typeof labelsOfTrials) => [labelsOfTrials[part], 0.3] as const;
  const shares = { pbo: label('pbo'), superior: label('superior'), cells: label('cells') };
  const judged = crews.map(async (pool) => {
    const seen: number[] = [];
    const calls = { signal, onProgress: ({ ratio }: { ratio: number }) => void seen.push(ratio) };
    const asked = { seed: 7, samples: 300, pool, signal, worth: 0 };
    const found = await judgedTrials({ sessions, trials, values }, 3, asked, parts(shares, calls));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    return found;
  });
  const [alone, ...shared] = await Promise.all(judged);
  expect(alone!.superior).toMatchObject({ trials: 60, samples: 300 });
  for (const found of shared) expect(found).toEqual(alone);
});
