import type { CallOptions, DatasetSummary, DateOrder, FileRole, InputFile } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import { type SampleDataset, fetchSample } from './samples.ts';
import { Task } from './task.svelte.ts';

type Options = Required<CallOptions>;

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
  #wanted: { readonly title: string | null; readonly files: readonly InputFile[] } | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly onReplaced: (sample: boolean) => void,
  ) {}

  /** The person is about to bring data: fetch the engine. */
  intend(): void {
    void this.lab.prepare().catch(() => undefined); // A real attempt reports it.
  }

  async useSample(sample: SampleDataset): Promise<void> {
    await this.#replace(sample.title, ({ signal }) => fetchSample(sample, signal), {
      sample: true,
      synthetic: sample.synthetic,
    });
  }

  async importFiles(brought: readonly InputFile[]): Promise<void> {
    await this.#replace(null, async (options) => {
      const files = await this.lab.call('unpack', [brought], options);
      return this.gather(files);
    });
  }

  /** The place of the file whose dates can be read both ways, while the import waits for an answer. */
  get undatedFile(): number | null {
    const { error } = this.task;
    return error?.code === 'ambiguous-dates' ? (error.place?.given ?? null) : null;
  }

  /** Answers it, and imports again. */
  async readDates(order: DateOrder): Promise<void> {
    const undated = this.undatedFile;
    if (this.#wanted === null || undated === null) return;
    const { title, files } = this.#wanted;
    const answered = files.map((file, i) => (i === undated ? { ...file, dateOrder: order } : file));
    await this.#replace(title, () => Promise.resolve(answered));
  }

  /** Imports the same files again with the one at that place read as something else. */
  async readAs(given: number, role: FileRole): Promise<void> {
    const files = this.#files.map((file, i) => (i === given ? { ...file, role } : file));
    const { synthetic } = this;
    await this.#replace(this.title, () => Promise.resolve(files), { synthetic });
  }

  /** Without a title the files give one. `bring` gives null where there is nothing to import yet. */
  async #replace(
    title: string | null,
    bring: (options: Options) => Promise<readonly InputFile[] | null>,
    { sample = false, synthetic = false } = {},
  ): Promise<void> {
    const done = await this.task.attempt(first, async (options) => {
      this.intend();
      const files = await bring(options);
      if (files === null) return null;
      this.#wanted = { title, files };
      return { files, summary: await this.lab.call('importFiles', [files], options) };
    });
    if (done === null) return;
    this.#files = done.files;
    this.summary = done.summary;
    const [only, another] = done.summary.files;
    this.title =
      title ?? (another === undefined ? only!.name : `${done.summary.files.length} files`);
    this.synthetic = synthetic;
    this.onReplaced(sample);
  }
}
