/** Trial returns as pandas and polars write them, and what numpy, scipy and arch say of them (make_returns.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ReturnsJudgement } from '../../../src/domain/validation/returns-judgement.ts';
import { isMissing } from '../../../src/domain/validation/statistics/found.ts';
import { judgeReturns } from '../../../workers/services/returns/judge.ts';
import { readTrialReturns } from '../../../workers/services/returns/read.ts';

const here = (name: string) => readFileSync(new URL(name, import.meta.url));

interface Golden {
  periods: number;
  trials: number;
  perYear: number;
  best: string;
  sharpe: number;
  variance: number;
  psr: number;
  expectedMaximum: number;
  dsr: number;
  minBtl: number;
  pbo: number;
  probabilityOfLoss: number;
  slope: number;
  intercept: number;
  blockLength: number;
  realityCheck: number;
  lower: number;
  consistent: number;
  upper: number;
}
const golden = JSON.parse(here('returns.json').toString()) as Golden;

async function judged(name: string, samples = 1000): Promise<ReturnsJudgement> {
  return judgeReturns(
    await readTrialReturns(name, new Uint8Array(here(name))),
    { seed: 1, riskFreeRate: 0, samples },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
}

function known<T extends object>(found: T | { readonly reason: string }): T {
  if (isMissing(found)) throw new Error(found.reason);
  return found;
}

describe('returns of other programs', () => {
  it('are judged as numpy and scipy judge them', async () => {
    const found = await judged('pandas.csv');
    const { periods, trials, perYear, best } = golden;
    expect(found).toMatchObject({ periods, trials, perYear, best: { name: best }, constant: [] });
    const { moments, probability } = known(found.sharpe);
    expect(moments.sharpe).toBeCloseTo(golden.sharpe, 12);
    expect(probability).toBeCloseTo(golden.psr, 12);
    const deflated = known(found.deflated);
    expect(deflated.variance).toBeCloseTo(golden.variance, 14);
    expect(deflated.expectedMaximum).toBeCloseTo(golden.expectedMaximum, 12);
    expect(deflated.probability).toBeCloseTo(golden.dsr, 12);
    expect(deflated.minimumBacktestYears).toBeCloseTo(golden.minBtl, 10);
    const pbo = known(found.pbo);
    expect(pbo.probability).toBe(golden.pbo);
    expect(pbo.probabilityOfLoss).toBe(golden.probabilityOfLoss);
    expect(pbo.degradation?.slope).toBeCloseTo(golden.slope, 9);
    expect(pbo.degradation?.intercept).toBeCloseTo(golden.intercept, 9);
  });

  it('have arch’s p-values, but for the error of either’s own resamples', async () => {
    const found = known((await judged('pandas.csv', 20_000)).superior);
    expect(found.blockLength).toBeCloseTo(golden.blockLength, 9);
    // Four standard deviations of the difference of two shares of 20,000.
    const within = (p: number): number => 4 * Math.sqrt((2 * p * (1 - p)) / 20_000);
    for (const p of ['realityCheck', 'lower', 'consistent', 'upper'] as const)
      expect(Math.abs(found[p] - golden[p])).toBeLessThan(within(golden[p]));
  });

  it.each(['pandas.parquet', 'polars.parquet', 'polars.arrow'])(
    'read the same from %s',
    async (name) => {
      expect(await readTrialReturns(name, new Uint8Array(here(name)))).toEqual(
        await readTrialReturns('pandas.csv', new Uint8Array(here('pandas.csv'))),
      );
    },
  );
});
