import { expect, test } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { AuditState } from '../../../src/state/audit.svelte.ts';
import { Lab } from '../../../src/state/lab.ts';
import { RunState } from '../../../src/state/run.svelte.ts';
import { ValidationState } from '../../../src/state/validation.svelte.ts';
import type { CallLab, LabMethod, RunResult } from '../../../src/wire/lab.ts';

const study = completeStudy({ strategy: { id: 'moving-average-cross' } });
const trial = { candidates: [[10, 50]], leftOut: { count: 0 }, digests: ['a'], sessions: 9 };
const answers: Partial<Record<LabMethod, object>> = {
  search: { ...trial, asked: 1, year: 252, metrics: { sharpe: Float64Array.of(1) } },
  walkForward: { tried: [] },
};

/** A page after a run, whose lab answers at once, unless `answer` does it otherwise. */
function afterRun(answer: (method: LabMethod, signal?: AbortSignal) => unknown = () => undefined) {
  const calls: LabMethod[] = [];
  const call = (async (method, _, options) => {
    calls.push(method);
    return (await answer(method, options?.signal)) ?? answers[method] ?? {};
  }) as CallLab;
  const lab = Object.assign(new Lab(), { call });
  const ledger: string[] = [];
  const run: RunState = new RunState(
    lab,
    () => {
      audit.cancel();
    },
    () => {
      audit.clear();
      return Promise.resolve(null);
    },
  );
  const validation = new ValidationState(lab, (trials) =>
    ledger.push(...trials.map(({ digest }) => digest)),
  );
  const facts = () => Promise.resolve({ trials: ledger.length, variance: null });
  const audit = new AuditState(lab, run, validation, facts, () => false);
  run.study = study;
  run.result = { study } as RunResult;
  return { audit, validation, run, calls, ledger };
}

test('examines one thing after another, and counts what was tried', async () => {
  const { audit, calls, ledger } = afterRun();
  const examined = audit.examine();
  expect([audit.left, audit.busy]).toEqual([6, true]);
  await examined;
  expect(calls).toEqual([
    'lookAhead',
    'survivorship',
    'breakEven',
    'search',
    'walkForward',
    'overfitting',
  ]);
  expect(ledger).toEqual(['a']);
  expect([audit.left, audit.busy]).toEqual([null, false]);
});

test('what was examined stays, also after a cancel, and is not asked again', async () => {
  const { audit, calls } = afterRun((method, signal) => {
    if (method !== 'breakEven' || calls.filter((one) => one === method).length > 1) return;
    audit.cancel();
    if (signal?.aborted) throw new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
  });
  await audit.examine();
  expect(calls).toEqual(['lookAhead', 'survivorship', 'breakEven']);
  expect(audit.breakEven.task.cancelled).toBe(true);
  await audit.examine();
  expect(calls.slice(3)).toEqual(['breakEven', 'search', 'walkForward', 'overfitting']);
  expect(audit.breakEven.value).not.toBeNull();
});

test('a search that was cut short is not walked forward with', async () => {
  const { audit, calls } = afterRun((method) =>
    method === 'search' ? { ...answers.search, asked: 2 } : undefined,
  );
  await audit.examine();
  expect(calls.at(-1)).toBe('search');
});

test('data too short leave the walk-forward open, and the rest is examined', async () => {
  const { audit, validation, calls, ledger } = afterRun((method) => {
    if (method === 'walkForward')
      throw new LabError({ kind: 'data', code: 'too-short', problem: 'Too few sessions.' });
  });
  await audit.examine();
  expect(calls.at(-1)).toBe('overfitting');
  expect(validation.walkForward.task.error?.code).toBe('too-short');
  expect(ledger).toEqual(['a']);
});

test('a new run ends what is asked about the one before', async () => {
  const { audit, run } = afterRun(async (method, signal) => {
    if (method === 'run') throw new LabError({ kind: 'study', problem: 'No such range.' });
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    throw new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
  });
  const asked = audit.breakEven.find(study);
  await Promise.resolve();
  await run.start(study);
  await asked;
  expect(audit.breakEven.task.cancelled).toBe(true);
});
