import { describe, expect, it } from 'vitest';
import { completeStudy, sampleStudy } from '../../../src/domain/study/study.ts';
import { trialDigest } from '../../../src/domain/trial-digest.ts';

const study = sampleStudy('harvester');

describe('the digest of a trial', () => {
  it('is the same under another name, convention or validation', () => {
    const renamed = {
      ...study,
      name: 'Another',
      metrics: { ...study.metrics, convention: 'vectorbt' as const },
      validation: {
        ...study.validation,
        walkForward: { ...study.validation.walkForward, train: 99 },
      },
    };
    expect(trialDigest(renamed)).toBe(trialDigest(study));
    expect(trialDigest(study)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { seed: 2 },
    { costs: { ...study.costs, slippage: 11 } },
    { metrics: { ...study.metrics, riskFreeRate: 0.01 } },
    { strategy: { ...study.strategy, parameters: { entryThreshold: 2.5 } } },
    { range: { ...study.range, from: '2015-01-01' } },
  ])('is another with %o', (change) => {
    expect(trialDigest(completeStudy({ ...study, ...change }))).not.toBe(trialDigest(study));
  });
});
