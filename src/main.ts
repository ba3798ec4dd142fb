import { mount } from 'svelte';
import { AuditState } from './state/audit.svelte.ts';
import { DatasetState } from './state/dataset.svelte.ts';
import type { HistoryState } from './state/history.svelte.ts';
import { Lab } from './state/lab.ts';
import { PreviewState } from './state/preview.svelte.ts';
import { RunState } from './state/run.svelte.ts';
import { StudyState } from './state/study.svelte.ts';
import { ThemeState } from './state/theme.svelte.ts';
import { ValidationState } from './state/validation.svelte.ts';
import App from './ui/App.svelte';
import './ui/tokens.css';

const theme = new ThemeState();
const lab = new Lab();
/** The history and its worker are fetched when the first run has finished, or the list is opened. */
let kept: Promise<HistoryState> | undefined;
const history = (): Promise<HistoryState> => {
  kept ??= import('./state/history.svelte.ts').then(({ HistoryState }) => new HistoryState());
  kept.catch(() => (kept = undefined)); // Offline, say: the next call fetches again.
  return kept;
};
const now = (): string => new Date().toISOString();
const run = new RunState(lab, (result) => {
  audit.clear();
  const { title, synthetic } = dataset;
  void history().then(
    (history) => history.record(result, { dataset: title, synthetic, madeAt: now() }),
    () => undefined,
  );
});
const study = new StudyState();
const validation = new ValidationState(lab, (tried) => {
  const fingerprint = dataset.summary?.fingerprint;
  if (fingerprint === undefined) return;
  void history().then(
    (history) => history.recordTrials(fingerprint, tried, now()),
    () => undefined,
  );
});
const preview = new PreviewState(lab);
const dataset: DatasetState = new DatasetState(lab, (sample) => {
  audit.clear();
  run.clear();
  preview.clear();
  validation.clear();
  if (sample) study.takeSample();
});

const audit = new AuditState(
  lab,
  run,
  validation,
  async (fingerprint) =>
    (await (await history()).ledgerOf(fingerprint)) ?? { trials: 0, variance: null },
  () => dataset.synthetic,
);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app.');
mount(App, { target, props: { theme, dataset, study, preview, run, validation, audit, history } });
