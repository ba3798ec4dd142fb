import { expect, test } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { defaultStudy } from '../../../src/domain/study/study.ts';
import { Finding } from '../../../src/state/finding.svelte.ts';

const study = defaultStudy();

test('an answer stays, with its study, until there is another one', async () => {
  let answers = 0;
  const finding = new Finding(() => {
    answers++;
    if (answers === 2) throw new LabError({ kind: 'engine', problem: 'It broke.' });
    return Promise.resolve(answers);
  });
  await finding.find(study);
  expect([finding.value, finding.study]).toEqual([1, study]);
  await finding.find(defaultStudy('custom'));
  expect(finding.task.error?.problem).toBe('It broke.');
  expect([finding.value, finding.study]).toEqual([1, study]);
});

test('an answer about a dataset that has gone is not taken', async () => {
  let answer: (value: number) => void = () => undefined;
  const finding = new Finding(() => new Promise<number>((resolve) => (answer = resolve)));
  const asked = finding.find(study);
  await Promise.resolve();
  await Promise.resolve();
  finding.clear();
  answer(1);
  await asked;
  expect(finding.value).toBeNull();
  expect(finding.task.cancelled).toBe(false);
});

test('a cancel that still brings something brings it', async () => {
  const finding = new Finding(
    (_, { signal }) =>
      new Promise<string>((resolve) => signal?.addEventListener('abort', () => resolve('so far'))),
  );
  const asked = finding.find(study);
  await Promise.resolve();
  await Promise.resolve();
  finding.task.cancel();
  expect(finding.task.stopping).toBe(true);
  await asked;
  expect(finding.value).toBe('so far');
  expect(finding.task.busy).toBe(false);
});
