import { sha256Hex } from '../domain/digest.ts';
import { decodeLink } from '../domain/link/codec.ts';
import { type LinkView, asLinked, studyOf, viewOf } from '../domain/link/create.ts';
import type { LinkFile, LinkPayload } from '../domain/link/payload.ts';
import type { Verification } from '../domain/link/verification.ts';
import { type VerificationText, verificationText } from '../present/verification-text.ts';
import type { Study } from '../domain/study/study.ts';
import type { DatasetState } from './dataset.svelte.ts';
import type { InputFile } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import type { RunState } from './run.svelte.ts';
import { type SampleDataset, samples } from './samples.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'results', label: 'Comparing with the link', ratio: 0 } as const;

/** A file under the name of one that the link wants, with other bytes. */
interface OtherFile {
  readonly sha256: string;
  readonly bytes: number;
}

interface WantedFile extends LinkFile {
  readonly isHere: boolean;
  /** What was brought in its place; null where nothing was. */
  readonly instead: OtherFile | null;
}

interface Claim {
  readonly trades: number;
  readonly sessions: number;
  /** Version of Outsample. */
  readonly outsample: string;
}

/** Someone else's run: what their link says, the files that it wants, and whether every bit is the same here. */
export class SharedState {
  readonly study: Study;
  readonly task = new Task();
  verification = $state.raw<Verification | null>(null);
  /** The person has made it their own. */
  forked = $state(false);
  /** SHA-256 of the wanted files that were brought. */
  brought = $state.raw<ReadonlySet<string>>(new Set());
  readonly #files = new Map<string, InputFile>();
  /** Files that were brought and are not the link’s, by name. */
  others = $state.raw<ReadonlyMap<string, OtherFile>>(new Map());

  constructor(readonly payload: LinkPayload) {
    this.study = studyOf(payload);
  }

  static ofLink(text: string): SharedState {
    return new SharedState(decodeLink(text));
  }

  /** The tab to open. */
  get view(): LinkView {
    return viewOf(this.payload);
  }

  readonly text: VerificationText | null = $derived(
    this.verification && verificationText(this.verification),
  );

  /** The dataset of the link, where it ships with the page. */
  get sample(): SampleDataset | null {
    return samples.find(({ id }) => id === this.payload.data.sample) ?? null;
  }

  get wanted(): readonly WantedFile[] {
    return this.payload.data.files.map((file) => ({
      ...file,
      isHere: this.brought.has(file.sha256),
      instead: (file.name !== undefined && this.others.get(file.name)) || null,
    }));
  }

  /** What the link says of its run; nothing that is not verified here is more than that. */
  get claim(): Claim {
    const { tradeCheckpoints, equityCheckpoints } = this.payload.results;
    const { outsample } = this.payload.engine;
    return { trades: tradeCheckpoints.rows, sessions: equityCheckpoints.rows, outsample };
  }

  /**
   * Keeps what is brought until every wanted file is there; files that are not the link's, byte for byte, are read
   * at once: the verdict then says where they differ.
   */
  async gather(files: readonly InputFile[]): Promise<readonly InputFile[] | null> {
    const known = new Map(this.payload.data.files.map((file) => [file.sha256, file]));
    const others: InputFile[] = [];
    for (const file of files) {
      const sha256 = sha256Hex(new Uint8Array(await file.content.arrayBuffer()));
      const wanted = known.get(sha256);
      if (wanted === undefined) {
        others.push(file);
        this.#tellOther(file.name, { sha256, bytes: file.content.size });
      } else this.#files.set(sha256, asLinked(file, wanted));
    }
    this.brought = new Set(this.#files.keys());
    const missing = this.payload.data.files.some(({ sha256 }) => !this.brought.has(sha256));
    if (missing && others.length === 0) return null;
    return [...this.#files.values(), ...others];
  }

  #tellOther(name: string, other: OtherFile): void {
    this.others = new Map([...this.others, [name, other]]);
  }

  /** Runs the link's study on the dataset and holds everything to the link. */
  async verify(lab: Lab, dataset: DatasetState, run: RunState): Promise<void> {
    this.verification = null;
    const { summary } = dataset;
    if (summary === null || this.forked) return;
    this.brought = new Set([...this.brought, ...summary.files.map(({ sha256 }) => sha256)]);
    const known = new Set(this.payload.data.files.map(({ sha256 }) => sha256));
    for (const { name, ...other } of summary.files)
      if (!known.has(other.sha256)) this.#tellOther(name, other);
    await run.start(this.study);
    if (run.result?.study !== undefined && run.task.error === null) {
      this.verification = await this.task.attempt(first, (options) =>
        lab.call('verify', [this.payload], options),
      );
    }
  }
}
