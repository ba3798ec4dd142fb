import { engineVersion } from '../domain/version.ts';
import { shippedOf } from '../domain/link/samples.ts';
import { claimTab, keepPart, newestTab, partsOf, sweepTabs } from '../wire/kept/work.ts';
import type { InputFile, SymbolSeries } from '../wire/lab.ts';
import type { Answered } from './answered.svelte.ts';
import type { AuditState } from './audit.svelte.ts';
import { type ChartView, viewOf } from './chart-view.svelte.ts';
import type { DatasetState, LoadedDataset, Options } from './dataset.svelte.ts';
import type { HistoryState } from './history.svelte.ts';
import { keepInTab, keptInTab } from './kept.ts';
import type { KeptDatasets } from './kept-datasets.svelte.ts';
import type { NotesState } from './notes.svelte.ts';
import type { FinishedRun, RunState } from './run.svelte.ts';
import { fetchSample, samples } from './samples.ts';
import type { ValidationState } from './validation.svelte.ts';

interface States {
  readonly dataset: DatasetState;
  readonly run: RunState;
  readonly validation: ValidationState;
  readonly audit: AuditState;
  readonly notes: NotesState;
  readonly history: () => Promise<HistoryState>;
  readonly keptDatasets: () => Promise<KeptDatasets>;
}

/** Parts that are written anew where they change; what belongs to another engine is not brought back. */
interface Kept<T = unknown> {
  readonly engine: string;
  readonly fingerprint: string;
  readonly value: T;
}

type KeptView = Pick<ChartView, 'span' | 'range' | 'trade' | 'narrowed'>;

const answers = [
  'search',
  'walkForward',
  'crossValidation',
  'learning',
  'lookAhead',
  'survivorship',
  'breakEven',
  'overfitting',
] as const;
const parts = ['dataset', 'run', 'series', 'notes', 'view', ...answers] as const;
type Files = readonly InputFile[];
type Part = (typeof parts)[number];

/** So long a part must rest before it is written, milliseconds. */
const pause = 250;

/** What this tab has open, kept as it changes, and brought back after a reload. */
export class Workspace {
  #tab = keptInTab('tab');
  #begun = false;
  /** The tab that wrote last before this one did. */
  readonly #before = newestTab().catch(() => null);

  constructor(private readonly states: States) {}

  /** Brings back what this tab had open; nothing where it is new, or where the files cannot be had without asking. */
  async restore(): Promise<void> {
    const { dataset } = this.states;
    try {
      if (this.#tab === null) return;
      const found = await this.#read(this.#tab);
      const loaded = found.get('dataset') as LoadedDataset | undefined;
      const bring = loaded && (await this.#wayTo(loaded));
      if (loaded === undefined || bring === null || bring === undefined) return;
      if (dataset.task.busy || dataset.summary !== null) return; // The person was faster.
      const resumed = dataset.resume(loaded, bring);
      this.#show(found);
      if (!(await resumed)) this.#clear();
      else await this.#giveToLab();
    } catch {
      // The browser keeps nothing, or not what this version reads: the page begins anew.
    } finally {
      dataset.returning = false;
      await this.begin();
    }
  }

  /** After the dataset of an earlier visit was opened again: shows what was found out about it. */
  async catchUp(): Promise<void> {
    const { dataset, run } = this.states;
    const before = await this.#before;
    const fingerprint = dataset.summary?.fingerprint;
    if (before === null || run.result !== null) return;
    const found = await this.#read(before).catch(() => new Map<Part, unknown>());
    if ((found.get('dataset') as LoadedDataset | undefined)?.summary.fingerprint !== fingerprint)
      return;
    this.#show(found);
    await this.#giveToLab();
  }

  /** Begins to keep what is open. */
  async begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    try {
      if (this.#tab === null || !(await claimTab(this.#tab))) {
        this.#tab = crypto.randomUUID();
        await claimTab(this.#tab);
        keepInTab('tab', this.#tab);
      }
    } catch {
      return; // The browser keeps nothing.
    }
    void sweepTabs().catch(() => undefined); // The next visit does.
    const read = this.#readers();
    $effect.root(() => {
      for (const part of parts) {
        $effect(() => {
          const value = read[part]();
          const timer = setTimeout(() => this.#keep(part, value), pause);
          return () => clearTimeout(timer);
        });
      }
    });
  }

  #keep(part: Part, value: unknown): void {
    const fingerprint = this.states.dataset.summary?.fingerprint;
    const kept =
      value === null || fingerprint === undefined
        ? null
        : ({ engine: engineVersion, fingerprint, value } satisfies Kept);
    void keepPart(this.#tab!, part, kept).catch(() => undefined); // Full, say: the reload begins anew.
  }

  /** What stands in each part; null where there is nothing. The same object for as long as nothing has changed. */
  #readers(): Record<Part, () => unknown> {
    const { dataset, run, notes } = this.states;
    const loaded = $derived.by((): LoadedDataset | null => {
      const { summary, title, origin } = dataset;
      if (summary === null) return null;
      const { sample = null, synthetic = false } = origin;
      return { summary, title, origin: { sample, synthetic } };
    });
    const recorded = $derived.by((): FinishedRun | null => {
      const { result, study } = run;
      if (result === null || study === null || run.storing) return null;
      return { result, study, id: run.recordedAs };
    });
    // What a derivation makes it does not follow: the view is found in one, and read in another.
    const charts = $derived(run.result && viewOf(run.result));
    const view = $derived.by((): KeptView | null => {
      if (charts === null) return null;
      const { span, range, trade, narrowed } = charts;
      return { span, range, trade, narrowed };
    });
    const answersNow = Object.fromEntries(
      answers.map((name) => {
        const answered = this.#answered(name);
        const now = $derived.by(() => {
          const { value, study } = answered;
          return value === null ? null : { value, study };
        });
        return [name, () => now];
      }),
    ) as Record<(typeof answers)[number], () => unknown>;
    return {
      dataset: () => loaded,
      run: () => recorded,
      series: () => run.series,
      notes: () => (notes.list.length === 0 ? null : notes.list),
      view: () => view,
      ...answersNow,
    };
  }

  #answered(name: (typeof answers)[number]): Answered<object> {
    const { validation, audit } = this.states;
    return name in validation
      ? validation[name as keyof ValidationState & typeof name]
      : audit[name as keyof AuditState & typeof name];
  }

  async #read(tab: string): Promise<Map<Part, unknown>> {
    const all = (await partsOf(tab, parts)) as readonly (Kept | undefined)[];
    const fingerprint = all[0]?.fingerprint;
    const found = new Map<Part, unknown>();
    for (const [i, part] of parts.entries()) {
      const kept = all[i];
      if (kept?.engine === engineVersion && kept.fingerprint === fingerprint)
        found.set(part, kept.value);
    }
    return found;
  }

  /** How the files of a dataset can be had without asking. */
  async #wayTo({
    summary,
    origin,
  }: LoadedDataset): Promise<((options: Options) => Promise<Files>) | null> {
    const sample = samples.find(({ id }) => id === origin.sample);
    if (sample !== undefined) {
      if (shippedOf(summary.files, samples)?.id !== sample.id) return null;
      return ({ signal }) => fetchSample(sample, signal);
    }
    const kept = await this.states.keptDatasets();
    return kept.wayTo(summary);
  }

  #show(found: ReadonlyMap<Part, unknown>): void {
    const { run, notes } = this.states;
    const finished = found.get('run') as FinishedRun | undefined;
    if (finished === undefined) return;
    this.states.audit.prepare().catch(ignore);
    run.resume(finished, (found.get('series') as SymbolSeries | undefined) ?? null);
    const { result, id } = finished;
    if (id !== null)
      void this.states.history().then((history) => history.recall(result, id), ignore);
    const view = found.get('view') as KeptView | undefined;
    if (view !== undefined) Object.assign(viewOf(finished.result), view);
    notes.list = (found.get('notes') as NotesState['list'] | undefined) ?? [];
    for (const name of answers) {
      const kept = found.get(name) as Pick<Answered<object>, 'value' | 'study'> | undefined;
      if (kept !== undefined) Object.assign(this.#answered(name), kept);
    }
  }

  async #giveToLab(): Promise<void> {
    const { dataset, run } = this.states;
    const lab = await dataset.lab.prepare();
    lab.resume(dataset.files, run.study);
    if (run.result !== null && run.series === null) await run.show(run.symbol);
  }

  #clear(): void {
    const { run, validation, audit } = this.states;
    audit.clear();
    run.clear();
    validation.clear();
  }
}

const ignore = (): void => undefined;
