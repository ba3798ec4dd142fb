import { describe, expect, test } from 'vitest';
import { costPresets, presetOf, withCosts } from '../../../src/domain/costs-presets.ts';
import { completeStudy, defaultStudy } from '../../../src/domain/study/study.ts';

describe('cost presets', () => {
  test('the default study has the cautious one', () => {
    expect(presetOf(defaultStudy('harvester'))?.id).toBe('cautious');
  });

  test.each(costPresets)('$title: valid, recognised, and every value sourced', (preset) => {
    const study = withCosts(defaultStudy('harvester'), preset);
    expect(completeStudy(study)).toEqual(study);
    expect(presetOf(study)).toBe(preset);
    expect(preset.sources.every(({ of, says }) => of !== '' && says.endsWith('.'))).toBe(true);
  });

  test('what is not a cost stays: the booking, other settings of execution', () => {
    const study = completeStudy({ costs: { booking: 'in-price' }, execution: { delay: 2 } });
    const changed = withCosts(study, costPresets[1]!);
    expect(changed.costs.booking).toBe('in-price');
    expect(changed.execution.delay).toBe(2);
    expect(changed.exits).toBe(study.exits);
  });
});
