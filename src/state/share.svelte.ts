import { errorData } from '../wire/errors.ts';
import type { LabErrorData } from '../domain/errors.ts';
import {
  type CreatedLink,
  type LinkView,
  type Shared,
  createFilePayload,
  createLink,
  linkViews,
} from '../domain/link/create.ts';
import { packFile } from '../domain/link/outsample-file.ts';
import { shippedOf } from '../domain/link/samples.ts';
import { differences } from '../domain/study/pointer.ts';
import { defaultStudy, titleAt } from '../domain/study/study.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { DatasetState } from './dataset.svelte.ts';
import type { Lab } from './lab.ts';
import type { NotesState } from './notes.svelte.ts';
import type { RunResult } from '../wire/lab.ts';
import type { RunState } from './run.svelte.ts';
import { samples } from './samples.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'results', label: 'Hashing the data', ratio: 0 } as const;

/** The link to the last run: what it says, and what is left out of it. */
export class ShareState {
  readonly task = new Task();
  withNames = $state(true);
  /** The tab that the link opens. */
  view = $state<LinkView>('overview');
  readonly views = linkViews;
  #facts = $state.raw<(Pick<Shared, 'evidence' | 'ledger'> & { readonly of: RunResult }) | null>(
    null,
  );

  #preparing: { readonly of: RunResult; readonly done: Promise<void> } | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly run: RunState,
    private readonly dataset: DatasetState,
    readonly notes: NotesState,
    private readonly ledgerOf: (fingerprint: string) => Promise<LedgerFacts>,
    /** Of the page, without a fragment. */
    private readonly address: string,
  ) {}

  /** What is shared, once it was asked for; null for another run than the last. */
  readonly #shared: Shared | null = $derived.by(() => {
    const { result } = this.run;
    const { summary } = this.dataset;
    const facts = this.#facts;
    if (result === null || summary === null || facts?.of !== result) return null;
    const { evidence, ledger } = facts;
    return {
      run: result,
      files: summary.files,
      sample: shippedOf(summary.files, samples)?.id ?? null,
      synthetic: this.dataset.synthetic,
      evidence,
      ledger,
      tab: this.view,
      notes: this.notes.list,
      withNames: this.withNames,
    };
  });

  readonly #made: { readonly link: CreatedLink | null; readonly refusal: LabErrorData | null } =
    $derived.by(() => {
      try {
        const link = this.#shared && createLink(this.#shared, this.address);
        return { link, refusal: null };
      } catch (error) {
        return { link: null, refusal: errorData(error) };
      }
    });
  readonly link: CreatedLink | null = $derived(this.#made.link);
  /** Why no link is made: a text that must not travel. */
  readonly refusal: LabErrorData | null = $derived(this.#made.refusal);
  readonly url: string | null = $derived.by(
    () => this.link && `${this.address}#${this.link.fragment}`,
  );

  /** Settings that differ from the defaults: what a note can be pinned to. */
  readonly settings: readonly { readonly path: string; readonly title: string }[] = $derived.by(
    () => {
      const study = this.run.result?.study;
      if (study === undefined) return [];
      return differences(defaultStudy(study.strategy.id), study).map(({ path }) => ({
        path,
        title: titleAt(study, path),
      }));
    },
  );

  /** Brings together what a link to the last run needs; whoever asks meanwhile waits for the same. */
  prepare(result: RunResult): Promise<void> {
    if (this.#facts?.of === result) return Promise.resolve();
    if (this.#preparing?.of !== result)
      this.#preparing = { of: result, done: this.#gather(result) };
    return this.#preparing.done;
  }

  async #gather(result: RunResult): Promise<void> {
    const facts = await this.task.attempt(first, async (options) => {
      const evidence = await this.lab.call('evidence', [], options);
      return { of: result, evidence, ledger: await this.ledgerOf(result.fingerprint) };
    });
    if (facts !== null) this.#facts = facts;
    this.#preparing = null;
  }

  /** The .outsample file, which has room for everything. */
  file(): Uint8Array<ArrayBuffer> | null {
    return this.#shared && new Uint8Array(packFile(createFilePayload(this.#shared)));
  }
}
