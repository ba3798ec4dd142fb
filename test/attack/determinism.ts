import type { Lab } from '../reproduce/lab.ts';
import { filesOf, nodeLab } from '../reproduce/node-lab.ts';
import { type Reproducible, studies } from '../reproduce/studies.ts';
import { answersOf } from '../reproduce/work.ts';
import type { Attack } from './attack.ts';
import { failed, right } from './outcome.ts';

/** A study’s run alone: whole, every table and every metric of it, as canonical text. */
async function runOf(
  lab: Lab,
  { dataset, ...study }: Reproducible,
  turned: boolean,
): Promise<string> {
  const files = await filesOf(dataset);
  const { fingerprint } = await lab.call('importFiles', [turned ? files.reverse() : files]);
  const answers = await answersOf(lab, { ...study, dataset, calls: ['run', 'exportRun'] });
  // What is said of files stands in their order.
  const run = JSON.parse(answers['run']!) as { notes: { text: string }[] };
  run.notes.sort((a, b) => (a.text < b.text ? -1 : 1));
  return JSON.stringify([fingerprint, { ...answers, run }]);
}

export const determinism: Attack = {
  name: 'determinism',
  what: 'the same studies again: in a lab that has just started, after another study, and with the files in another order',
  cases: 66,
  sample: 0,
  seconds: 60,
  begin() {
    const first = new Map<string, string>();
    let lab = nodeLab();
    return Promise.resolve(async ({ stream, place }) => {
      const study = studies[place % studies.length]!;
      const isNew = stream.below(3) === 0;
      const turned = stream.below(2) === 0;
      const tried = `${study.id}${isNew ? ', a lab that has just started' : ''}${turned ? ', files turned round' : ''}`;
      const expected = first.get(study.id) ?? (await runOf(nodeLab(), study, false));
      first.set(study.id, expected);
      if (isNew) lab = nodeLab();
      const same = (await runOf(lab, study, turned)) === expected;
      return { tried, outcome: same ? right : failed('Its result has other bits.') };
    });
  },
};
