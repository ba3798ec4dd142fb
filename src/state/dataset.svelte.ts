import type { LabErrorCode } from '../domain/errors.ts';
import { errorData } from '../wire/errors.ts';
import type { DatasetSummary, InputFile } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import { type SampleDataset, fetchSample } from './samples.ts';
import { Task } from './task.svelte.ts';

/** What a person says of a file. */
type Reading = Omit<InputFile, 'name' | 'content'>;

const first = { phase: 'engine', label: 'Starting the engine', ratio: 0 } as const;

/** The files that are loaded. A failed import leaves what was there. */
export class DatasetState {
  readonly task = new Task();
  summary = $state.raw<DatasetSummary | null>(null);
  title = $state('');
  /** What is loaded is made up, no market’s history. */
  synthetic = $state(false);
  /** What becomes of files before they are read: a shared workspace waits until all of its files are there. */
  gather: (files: readonly InputFile[]) => Promise<readonly InputFile[] | null> = (files) =>
    Promise.resolve(files);
  #files: readonly InputFile[] = [];
  /** What was last asked for, whether it succeeded or not. */
  #wanted: { readonly title: string; readonly files: readonly InputFile[] } | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly onReplaced: (sample: boolean) => void,
  ) {}

  /** The person is about to bring data: fetch the engine. */
  intend(): void {
    void this.lab.prepare().catch(() => undefined); // A real attempt reports it.
  }

  async useSample(sample: SampleDataset): Promise<void> {
    await this.#replace(sample.title, (signal) => fetchSample(sample, signal), {
      sample: true,
      synthetic: sample.synthetic,
    });
  }

  async importFiles(brought: readonly InputFile[]): Promise<void> {
    const files = await this.#gathered(brought);
    if (files === null) return;
    const only = files.length === 1 ? files[0] : undefined;
    await this.#replace(only?.name ?? `${files.length} files`, () => Promise.resolve(files));
  }

  /** The place of the file whose dates can be read both ways, while the import waits for an answer. */
  get undatedFile(): number | null {
    return this.#asked('ambiguous-dates');
  }

  /** The place of the file that has a price of zero or below, while the import waits for an answer. */
  get unpricedFile(): number | null {
    return this.#asked('price-not-positive');
  }

  #asked(code: LabErrorCode): number | null {
    const { error } = this.task;
    return error?.code === code ? (error.place?.given ?? null) : null;
  }

  /** Answers what was asked of a file, and imports again. */
  async answer(given: number | null, reading: Reading): Promise<void> {
    if (this.#wanted === null) return;
    const { title, files } = this.#wanted;
    const answered = files.map((file, i) => (i === given ? { ...file, ...reading } : file));
    await this.#replace(title, () => Promise.resolve(answered));
  }

  /** Imports the same files again with the one at that place read in another way. */
  async readAs(given: number, reading: Reading): Promise<void> {
    const files = this.#files.map((file, i) => (i === given ? { ...file, ...reading } : file));
    const { synthetic } = this;
    await this.#replace(this.title, () => Promise.resolve(files), { synthetic });
  }

  async #gathered(files: readonly InputFile[]): Promise<readonly InputFile[] | null> {
    try {
      return await this.gather(files);
    } catch (error) {
      this.task.error = errorData(error);
      return null;
    }
  }

  async #replace(
    title: string,
    bring: (signal: AbortSignal) => Promise<readonly InputFile[]>,
    { sample = false, synthetic = false } = {},
  ): Promise<void> {
    const done = await this.task.attempt(first, async (options) => {
      this.intend();
      const files = await bring(options.signal);
      this.#wanted = { title, files };
      return { files, summary: await this.lab.call('importFiles', [files], options) };
    });
    if (done === null) return;
    this.#files = done.files;
    this.summary = done.summary;
    this.title = title;
    this.synthetic = synthetic;
    this.onReplaced(sample);
  }
}
