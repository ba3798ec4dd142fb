import { LabError, describe } from '../../src/domain/errors.ts';
import { runFiles } from '../../src/domain/run.ts';
import { errorData } from '../../src/wire/errors.ts';
import type { InputFile, RunResult } from '../../src/wire/lab.ts';
import { textOf } from '../pieces.ts';
import { canonicalText } from './canonical.ts';
import type { Lab } from './lab.ts';
import { type Call, type Reproducible, studies } from './studies.ts';

/** What an engine says of one study; after the last study, `{ finished: true }`. */
export type Said =
  | {
      readonly study: string;
      readonly seconds: number;
      /** Canonical text of each answer, and of the dataset. */
      readonly parts: Readonly<Record<string, string>>;
    }
  | { readonly study: string; readonly error: string }
  | { readonly finished: true };

/** A ledger as a history of some visits would have it. */
const ledger = { trials: 24, variance: 0.0004 };

/**
 * Works through the studies that `address` asks for (?only=a,b; all without it), and posts there what it finds; `begin`
 * is told what it is at.
 */
export async function workThrough(
  lab: Lab,
  filesOf: (dataset: string) => Promise<InputFile[]>,
  address: URL,
  begin: (step: string) => void = () => undefined,
): Promise<void> {
  const say = (said: Said): Promise<unknown> =>
    fetch(address, { method: 'POST', body: JSON.stringify(said) });
  const wanted = address.searchParams.get('only')?.split(',') ?? studies.map(({ id }) => id);
  let dataset = { id: '', text: '' };
  for (const study of wanted) {
    const started = performance.now();
    try {
      const one = studies.find(({ id }) => id === study);
      if (one === undefined)
        throw new LabError({ kind: 'usage', problem: 'There is no such study.' });
      if (dataset.id !== one.dataset) {
        begin(`${study}: import`);
        const summary = await lab.call('importFiles', [await filesOf(one.dataset)]);
        dataset = { id: one.dataset, text: canonicalText(summary) };
      }
      const parts = { dataset: dataset.text, ...(await answersOf(lab, one, begin)) };
      await say({ study, seconds: (performance.now() - started) / 1000, parts });
    } catch (error) {
      await say({ study, error: describe(errorData(error)) });
    }
  }
  await say({ finished: true });
}

/** Canonical text of each answer that a study is put to, by call. */
export async function answersOf(
  lab: Lab,
  { id, study, calls }: Reproducible,
  begin: (step: string) => void = () => undefined,
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const call of calls) {
    begin(`${id}: ${call}`);
    answers[call] = canonicalText(await answer(lab, call, study));
  }
  return answers;
}

async function answer(lab: Lab, call: Call, study: object): Promise<unknown> {
  switch (call) {
    case 'run':
      return withoutTimings(await lab.call('run', [study]));
    case 'search':
    case 'walkForward':
    case 'crossValidate':
    case 'learn':
      return lab.call(call, [study]);
    case 'overfitting':
      return lab.call('overfitting', [ledger]);
    case 'exportRun':
      return filesOfRun(lab);
    case 'report':
      return lab.call('report', [
        { findings: [], walkForward: null, link: null, synthetic: false, remarks: [] },
      ]);
    default:
      return lab.call(call, []);
  }
}

async function filesOfRun(lab: Lab): Promise<object[]> {
  const files: object[] = [];
  for (const name of runFiles('csv')) {
    const file = await lab.call('exportRun', [name]);
    files.push({ ...file, content: await textOf(file.content) });
  }
  return files;
}

const withoutTimings = ({ timings: _, ...result }: RunResult): object => result;
