import { mount } from 'svelte';
import { sameDigests } from './domain/run.ts';
import { Arrival } from './state/arrival.svelte.ts';
import { AuditState } from './state/audit.svelte.ts';
import { DatasetState } from './state/dataset.svelte.ts';
import type { HistoryState } from './state/history.svelte.ts';
import { Keeping } from './state/keeping.svelte.ts';
import { keptInTab } from './state/kept.ts';
import { Lab } from './state/lab.ts';
import { lazily } from './state/lazily.ts';
import { NotesState } from './state/notes.svelte.ts';
import { PlaceState } from './state/place.svelte.ts';
import { PreviewState } from './state/preview.svelte.ts';
import { RunState } from './state/run.svelte.ts';
import { StudyState } from './state/study.svelte.ts';
import { ThemeState } from './state/theme.svelte.ts';
import { logUncaught } from './state/uncaught.ts';
import { ValidationState } from './state/validation.svelte.ts';
import type { Workspace } from './state/workspace.svelte.ts';
import App from './ui/App.svelte';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';

logUncaught();
const theme = new ThemeState();
const lab = new Lab();
const arrival = new Arrival();
/** Someone else's run is looked at in a workspace of its own: nothing of it is kept here until it is forked. */
const shared = await arrival.open(location.hash);
const withoutFragment = (): string => location.href.replace(/#.*$/, '');
const place = new PlaceState(() => shared?.forked === false);
if (shared !== null) place.shown = shared.view;
addEventListener('hashchange', () => {
  arrival.take(location.hash, () => place.clean());
});

/** The history and its worker are fetched when the first run begins, or the list is opened. */
const journal = lazily(() =>
  import('./state/history.svelte.ts').then(({ HistoryState }) => new HistoryState()),
);
/** Who is told what of a run, where nobody looks. */
const notices = lazily(async () => {
  const [{ NoticesState }, history] = await Promise.all([
    import('./state/notices.svelte.ts'),
    journal(),
  ]);
  return new NoticesState(history);
});
const now = (): string => new Date().toISOString();
const keeping = new Keeping(journal);
/** The person’s own work is recorded. */
const record = async (write: (history: HistoryState) => Promise<void>): Promise<void> => {
  if (!study.readOnly) await keeping.keep(write);
};
const notes = new NotesState(shared?.payload.notes);
const study = new StudyState(notes, shared?.study);

const run = new RunState(
  lab,
  () => {
    audit.cancel();
    audit.prepare().catch(() => undefined); // Whoever needs them says so.
    if (!study.readOnly) keeping.prepare();
  },
  async (result, recorded) => {
    audit.clear();
    if (recorded !== null && sameDigests(recorded.digests, result.digests)) {
      void (await journal()).recall(result, recorded.id);
      return recorded.id;
    }
    const { title, synthetic } = dataset;
    const context = { dataset: title, synthetic, madeAt: now() };
    let id: string | null = null;
    await record(async (history) => {
      await history.record(result, context);
      id = history.idOf(result);
    });
    return id;
  },
);
const validation = new ValidationState(lab, (tried) => {
  const fingerprint = dataset.summary?.fingerprint;
  if (fingerprint === undefined) return;
  const madeAt = now();
  void record((history) => history.recordTrials(fingerprint, tried, madeAt));
});
const preview = new PreviewState(lab);
const dataset: DatasetState = new DatasetState(lab, (sample) => {
  audit.clear();
  run.clear();
  preview.clear();
  validation.clear();
  if (shared?.forked === false) void shared.verify(lab, dataset, run);
  else {
    if (sample) study.takeSample();
    else study.leaveSample();
    void keptDatasets().then(
      (kept) => kept.remember(),
      () => undefined, // Offline: the next visit does not know of it.
    );
    void workspace().then(
      (work) => work.begin(),
      () => undefined,
    );
  }
});
dataset.gather = (files) => (shared?.forked === false ? shared.gather(files) : arrival.sort(files));

/** What the browser keeps of datasets is looked up once there has been one. */
const keptDatasets = lazily(() =>
  import('./state/kept-datasets.svelte.ts').then(({ KeptDatasets }) =>
    KeptDatasets.open(dataset, async () => (await workspace()).catchUp()),
  ),
);

/** Trials of this browser; a shared workspace counts those that the link tells of. */
const ledgerOf = async (fingerprint: string) => {
  if (shared?.forked === false) return shared.payload.ledger;
  return (await (await journal()).ledgerOf(fingerprint)) ?? { trials: 0, variance: null };
};
const audit = new AuditState(lab, run, validation, ledgerOf, () => dataset.synthetic);
const share = lazily(() =>
  import('./state/share.svelte.ts').then(
    ({ ShareState }) => new ShareState(lab, run, dataset, notes, ledgerOf, withoutFragment()),
  ),
);

/** What this tab has open, kept from its first dataset on, and brought back after a reload. */
const workspace: () => Promise<Workspace> = lazily(() =>
  import('./state/workspace.svelte.ts').then(
    ({ Workspace }) =>
      new Workspace({ dataset, run, validation, audit, notes, history: journal, keptDatasets }),
  ),
);
dataset.returning = shared === null && arrival.error === null && keptInTab('tab') !== null;
if (dataset.returning)
  void workspace().then(
    (work) => work.restore(),
    () => (dataset.returning = false),
  );

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app.');
const states = {
  theme,
  place,
  dataset,
  study,
  preview,
  run,
  validation,
  audit,
  arrival,
  notes,
  keeping,
};
mount(App, {
  target,
  props: { ...states, shared, history: journal, share, notices, lab, keptDatasets },
});

/** Where it costs nobody anything, the engine comes before it is asked for: after the page is there, and at rest. */
interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
  readonly downlink?: number;
  readonly type?: string;
}
const { connection } = navigator as { readonly connection?: Connection };
const isFast =
  connection?.effectiveType === '4g' &&
  connection.saveData !== true &&
  connection.type !== 'cellular' &&
  (connection.downlink ?? 0) >= 5;
const whenIdle = (): unknown => requestIdleCallback(() => dataset.intend());
if (isFast && document.readyState === 'complete') whenIdle();
else if (isFast) addEventListener('load', whenIdle, { once: true });
