import { describe, expect, test } from 'vitest';
import { strategies } from '../../../src/domain/strategies/registry.ts';
import { formOf, validationGroups } from '../../../src/domain/study/form.ts';

const fields = formOf('harvester').flatMap(({ fields }) => fields);
const at = (path: string) => fields.find((field) => field.path === path);

describe('the form of a study', () => {
  test('a choice’s description is parted by its values', () => {
    const trailing = at('/exits/trailing');
    expect(trailing?.description).toBe(
      'It follows the best price, never loosens, and works from the next bar on.',
    );
    expect(trailing?.meanings['percent']).toBe('A share below it.');
    expect(trailing?.meanings['off']).toBeUndefined();
  });

  test('a setting says at which values of its neighbours it has an effect', () => {
    expect(at('/exits/trailingRatio')?.when).toEqual([
      { path: '/exits/trailing', values: ['percent'] },
    ]);
    expect(at('/exits/stop')?.when).toEqual([]);
  });

  test('what is off by default is switched on at the value the schema has for it', () => {
    expect(at('/risk/maximumPerSymbol')).toMatchObject({ optional: true, onValue: 0.25 });
  });

  test('a choice that means something says so of each of its values, but of off', () => {
    const fields = strategies.flatMap(({ id }) => formOf(id).flatMap(({ fields }) => fields));
    for (const { choices, meanings } of fields)
      if (Object.keys(meanings).length > 0)
        expect(choices.filter((value) => value !== 'off' && !meanings[value])).toEqual([]);
    const weeks = fields.find(({ path }) => path === '/portfolio/rebalance')?.meanings['week'];
    expect(weeks).toBe('Once in each week.');
  });

  test('of custom rules, a weight leaves open what still says something: its score', () => {
    const custom = formOf('custom').flatMap(({ fields }) => fields);
    const withWeights = custom.filter(
      ({ when, kind }) => when.length === 0 && kind === 'expression',
    );
    expect(withWeights.map(({ title }) => title)).toEqual(['Score', 'Weight']);
  });

  test('expressions are told from other texts', () => {
    const custom = formOf('custom').flatMap(({ fields }) => fields);
    expect(custom.find(({ title }) => title === 'Entry')?.kind).toBe('expression');
    expect(at('/name')?.kind).toBe('text');
  });
});

test('validation has groups of its own; what a search varies is no field', () => {
  expect(validationGroups.map(({ id }) => id)).toEqual([
    'search',
    'walkForward',
    'crossValidation',
    'learning',
  ]);
  expect(validationGroups[0]?.fields.map(({ path }) => path.split('/').at(-1))).toEqual([
    ...['method', 'trials', 'budget', 'rungs', 'factor', 'population'],
  ]);
  expect(fields.some(({ path }) => path.startsWith('/validation'))).toBe(false);
});
