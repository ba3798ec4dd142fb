import { describe, expect, it } from 'vitest';
import type { Dimension } from '../../../src/domain/study/validation.ts';
import { type Study, completeStudy, sampleStudy } from '../../../src/domain/study/study.ts';
import { type SettingSection, differingSections } from '../../../src/domain/study/differing.ts';
import { fieldsByPath } from '../../../src/state/dimensions.ts';
import { formOf } from '../../../src/domain/study/form.ts';
import { settingWord } from '../../../src/present/setting-words.ts';

const study = sampleStudy('harvester');
const changed = (changes: object): Study => completeStudy({ ...study, ...changes });
const fields = fieldsByPath(formOf('harvester'));

/** “Costs: Slippage, 10 bps → 25 bps” */
const read = (sections: readonly SettingSection[]): string[] =>
  sections.flatMap(({ title, settings }) =>
    settings.map((setting) => {
      const words = setting.values.map((value) => settingWord(setting, value, fields));
      return `${title}: ${setting.title}, ${words.join(' → ')}`;
    }),
  );

describe('settings that differ', () => {
  it('stand in the form’s groups under its names, with a value for each study', () => {
    const other = changed({ name: 'Another', costs: { ...study.costs, slippage: 25 } });
    const sections = differingSections([study, other, study]);
    expect(sections).toMatchObject([{ title: 'Costs', of: 'shared' }]);
    expect(read(sections)).toEqual(['Costs: Slippage, 10 bps → 25 bps → 10 bps']);
  });

  it('read as the form says them: percent, choices, dates, lists, off', () => {
    const other = changed({
      range: { from: '2015-01-01', to: null },
      execution: { ...study.execution, fill: 'next-close' },
      size: { ...study.size, fraction: 0.0125 },
      risk: { ...study.risk, killSwitch: null, drawdownAlerts: [0.05] },
    });
    expect(read(differingSections([study, other]))).toEqual([
      'Range: From, open → 2015-01-01',
      'Execution: Fill, Next open → Next close',
      'Size: Fraction, 0.5\u202f% → 1.25\u202f%',
      'Risk: Kill-switch, 98\u202f% → off',
      'Risk: Drawdown alerts, 5\u202f%, 10\u202f%, 20\u202f% → 5\u202f%',
    ]);
  });

  it('say what a search varies, as something that changes no trade', () => {
    const parameters: Dimension[] = [
      { path: '/strategy/parameters/entryThreshold', values: null, from: 2, to: 4, steps: 5 },
      { path: '/costs/slippage', values: [5, 10], from: null, to: null, steps: 2 },
    ];
    const other = changed({ validation: { search: { parameters } } });
    const sections = differingSections([study, other]);
    expect(sections[0]?.of).toBe('validation');
    expect(read(sections)).toEqual([
      'Parameter search: Varied, the strategy’s own suggestion → Entry threshold 2 to 4 in 5 steps; Slippage 5 bps, 10 bps',
    ]);
  });

  it('begin with the strategy; its own settings are apart from those that every study has', () => {
    const sections = differingSections([study, sampleStudy('buy-and-hold')]);
    expect(sections[0]).toMatchObject({ of: 'strategy' });
    expect(read(sections)[0]).toBe('Strategy: Strategy, Harvester → Buy & hold');
    const own = sections.filter(({ of }) => of === 'own');
    expect(read(own)).toContain('Parameters: Entry threshold, 3 → not used');
    expect(read(sections).some((line) => line.startsWith('Study: Name'))).toBe(false);
  });

  it('have a place even where no form knows them', () => {
    const sections = differingSections([{ ...study, later: 1 }, study]);
    expect(read(sections)).toEqual(['Other settings: /later, 1 → not used']);
  });

  it('are none of one study twice', () => {
    expect(differingSections([study, { ...study, name: 'x' }])).toEqual([]);
  });
});
