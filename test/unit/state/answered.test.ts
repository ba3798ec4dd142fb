import { expect, test } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { defaultStudy } from '../../../src/domain/study/study.ts';
import { Answered } from '../../../src/state/answered.svelte.ts';

const study = defaultStudy();

test('an answer stays, with its study, until there is another one', async () => {
  let answers = 0;
  const answer = new Answered(() => {
    answers++;
    if (answers === 2) throw new LabError({ kind: 'engine', problem: 'It broke.' });
    return Promise.resolve(answers);
  });
  await answer.find(study);
  expect([answer.value, answer.study]).toEqual([1, study]);
  await answer.find(defaultStudy('custom'));
  expect(answer.task.error?.problem).toBe('It broke.');
  expect([answer.value, answer.study]).toEqual([1, study]);
});

test('an answer about a dataset that has gone is not taken', async () => {
  let settle: (value: number) => void = () => undefined;
  const answer = new Answered(() => new Promise<number>((resolve) => (settle = resolve)));
  const asked = answer.find(study);
  await Promise.resolve();
  await Promise.resolve();
  answer.clear();
  settle(1);
  await asked;
  expect(answer.value).toBeNull();
  expect(answer.task.cancelled).toBe(false);
});

test('a cancel that still brings something brings it', async () => {
  const answer = new Answered(
    (_, { signal }) =>
      new Promise<string>((resolve) => signal?.addEventListener('abort', () => resolve('so far'))),
  );
  const asked = answer.find(study);
  await Promise.resolve();
  await Promise.resolve();
  answer.task.cancel();
  expect(answer.task.stopping).toBe(true);
  await asked;
  expect(answer.value).toBe('so far');
  expect(answer.task.busy).toBe(false);
});
