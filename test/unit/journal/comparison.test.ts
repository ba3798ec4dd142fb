import { describe, expect, it } from 'vitest';
import { completeStudy, sampleStudy } from '../../../src/domain/study/study.ts';
import { differingSettings } from '../../../src/state/comparison.ts';

describe('settings that differ', () => {
  const study = sampleStudy('harvester');

  it('are named as their fields are, with a value for each study', () => {
    const other = completeStudy({
      ...study,
      name: 'Another name',
      costs: { ...study.costs, slippage: 25 },
    });
    expect(differingSettings([study, other, study])).toEqual([
      {
        path: '/costs/slippage',
        title: 'Slippage',
        kind: 'number',
        values: [study.costs.slippage, 25, study.costs.slippage],
      },
    ]);
  });

  it('include those that only one strategy has', () => {
    const found = differingSettings([study, sampleStudy('buy-and-hold')]);
    expect(found[0]).toMatchObject({
      path: '/strategy/id',
      title: 'Strategy',
      values: ['harvester', 'buy-and-hold'],
    });
    expect(found.some(({ values }) => values[1] === undefined)).toBe(true);
  });
});
