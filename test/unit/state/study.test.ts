import { expect, test } from 'vitest';
import { span } from '../../../src/domain/search/dimensions.ts';
import { StudyState } from '../../../src/state/study.svelte.ts';

const threshold = span('/strategy/parameters/entryThreshold', 2, 4, 3);
const stop = span('/exits/stop', 1, 2, 2);

test('what a search varies goes with the study; another strategy keeps what it has too', () => {
  const study = new StudyState();
  study.vary([threshold, stop]);
  expect(study.changes.has('/validation/search/parameters')).toBe(true);
  study.choose('moving-average-cross');
  expect(study.value.validation.search.parameters).toEqual([stop]);
});

test('a trial’s values are taken and can be undone; those that do not go together are refused', () => {
  const study = new StudyState();
  const before = study.value;
  expect(study.takeTrial([threshold, stop], [2.5, null])).toBe(true);
  expect([study.get('/strategy/parameters/entryThreshold'), study.get('/exits/stop')]).toEqual([
    2.5,
    null,
  ]);
  study.undo();
  expect(study.value).toEqual(before);
  expect(study.takeTrial([stop], [-1])).toBe(false);
  expect(study.error?.place?.path).toBe('/exits/stop');
  expect(study.value).toEqual(before);
});

test('a setting that a study leaves out is shown at its default, and taken back to it without a trace', () => {
  const study = new StudyState();
  const before = study.value;
  const field = study.groups
    .flatMap(({ fields }) => fields)
    .find(({ path }) => path === '/exits/trailingFrom')!;
  expect([study.get(field.path), study.preset(field.path)]).toEqual(['high', 'high']);
  study.set(field, 'close', 'close');
  expect(study.value.exits.trailingFrom).toBe('close');
  expect(study.changes).toEqual(new Set([field.path]));
  study.reset(field);
  expect(study.value).toEqual(before);
  expect(study.changes.size).toBe(0);
});
