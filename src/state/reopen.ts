import type { RunSummary } from '../domain/journal.ts';
import type { Study } from '../domain/study/study.ts';
import type { DatasetState } from './dataset.svelte.ts';
import type { KeptDatasets } from './kept-datasets.svelte.ts';
import type { RunState } from './run.svelte.ts';
import { samples } from './samples.ts';
import type { StudyState } from './study.svelte.ts';

interface States {
  readonly dataset: DatasetState;
  readonly study: StudyState;
  readonly run: RunState;
  readonly keptDatasets: () => Promise<KeptDatasets>;
}

/**
 * Shows a run of the history again: its dataset where the browser can have it, its study, and what they compute. Answers
 * null where that is done, else what is left to the person.
 */
export async function reopenRun(
  recorded: RunSummary,
  study: Study,
  states: States,
): Promise<string | null> {
  const missing = await bringDataset(recorded, states);
  states.study.reopen(study);
  if (missing !== null) return `The settings are reopened. ${missing}`;
  await states.run.start(study, recorded);
  return null;
}

/** Null where the dataset of the run is loaded; else why it is not, and what to do. */
async function bringDataset(
  { fingerprint, dataset: title }: RunSummary,
  { dataset, keptDatasets }: States,
): Promise<string | null> {
  const isLoaded = () => dataset.summary?.fingerprint === fingerprint;
  if (isLoaded()) return null;
  const kept = await keptDatasets();
  if (dataset.summary !== null && dataset.origin.sample == null && !kept.has(dataset.summary))
    return `What is loaded is not kept, so it stays. Open the files of “${title}” and press Run.`;
  const sample = samples.find((one) => one.title === title);
  if (kept.has({ fingerprint })) await kept.openKept({ fingerprint });
  else if (sample !== undefined) await dataset.useSample(sample);
  else return `The files of “${title}” are not kept in this browser: open them and press Run.`;
  if (isLoaded()) return null;
  return dataset.task.error === null
    ? `“${title}” is read otherwise by this version: press Run for its numbers of today.`
    : `“${title}” could not be loaded: ${dataset.task.error.problem}`;
}
