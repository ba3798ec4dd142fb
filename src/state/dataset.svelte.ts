import type { CallOptions, DatasetSummary, InputFile, Understood } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import type { RememberedReadings, Said } from './readings.ts';
import { type SampleDataset, fetchSample } from './samples.ts';
import { Task } from './task.svelte.ts';

export type Options = Required<CallOptions>;

const first = { phase: 'engine', label: 'Starting the engine', ratio: 0 } as const;

/** Files that were brought, and how they would be read; by their places. */
export interface Review {
  readonly files: readonly InputFile[];
  readonly looked: readonly Understood[];
}

/** Where files come from, as far as it matters later. */
export interface Origin {
  /** The sample’s id; null where its files are read otherwise than it says. */
  readonly sample?: string | null;
  /** Made up, no market’s history. */
  readonly synthetic?: boolean;
  /** What leads to the files again after a reload, where the browser has that. */
  readonly handles?: Promise<readonly FileSystemHandle[]> | undefined;
}

/** A dataset as the page shows it. */
export interface LoadedDataset {
  readonly summary: DatasetSummary;
  readonly title: string;
  readonly origin: Origin;
}

/** The files that are loaded. A failed import leaves what was there. */
export class DatasetState {
  readonly task = new Task();
  summary = $state.raw<DatasetSummary | null>(null);
  title = $state('');
  /** What was open before a reload is on its way. */
  returning = $state(false);
  origin = $state.raw<Origin>({});
  /** What becomes of files before they are read: a shared workspace waits until all of its files are there. */
  gather: (files: readonly InputFile[]) => Promise<readonly InputFile[] | null> = (files) =>
    Promise.resolve(files);
  /** Files that wait until a person has seen how they would be read. */
  review = $state.raw<Review | null>(null);
  /** Files that were brought while a dataset is loaded: to be added to it, or to take its place. */
  offered = $state.raw<{
    readonly files: readonly InputFile[];
    readonly handles: Origin['handles'];
  } | null>(null);
  /** How many datasets have been loaded, those aside that are read otherwise. */
  loads = $state(0);
  /** The next files that are brought take the place of what is loaded. */
  replacing = $state(false);
  #readings: RememberedReadings | null = null;
  /** The review's files with all that was said of them so far. */
  #toLook: readonly InputFile[] = [];
  files: readonly InputFile[] = [];
  /** Of the files of the review. */
  #coming: Origin = {};
  /** What was last asked for, whether it succeeded or not. */
  #wanted: {
    readonly title: string | null;
    readonly files: readonly InputFile[];
    readonly origin: Origin;
  } | null = null;

  constructor(
    readonly lab: Lab,
    private readonly onReplaced: (sample: boolean) => void,
  ) {}

  /** What is loaded is made up, no market’s history. */
  get synthetic(): boolean {
    return this.origin.synthetic === true;
  }

  /** The person is about to bring data: fetch the engine. */
  intend(): void {
    void this.lab.prepare().catch(() => undefined); // A real attempt reports it.
  }

  useSample(sample: SampleDataset): Promise<boolean> {
    return this.replace(sample.title, ({ signal }) => fetchSample(sample, signal), {
      sample: sample.id,
      synthetic: sample.synthetic,
    });
  }

  /** Takes files; where a dataset is loaded, they wait until a person has said what is to become of it, or has. */
  bring(files: readonly InputFile[], handles?: Origin['handles'], adding = false): void {
    if (files.length === 0) return;
    this.offered = null;
    if (this.summary === null || this.replacing) {
      void this.importFiles(files, handles);
      return;
    }
    this.offered = { files, handles };
    if (adding) void this.takeOffered('add');
  }

  /** The files on offer are read together with those that are loaded, or in their place. */
  async takeOffered(how: 'add' | 'replace'): Promise<void> {
    const { offered, origin } = this;
    if (offered === null) return;
    this.offered = null;
    if (how === 'replace') {
      await this.importFiles(offered.files, offered.handles);
      return;
    }
    const handles = [origin.handles, offered.handles];
    const known = handles.every((one) => one !== undefined);
    await this.importFiles(
      [...this.files, ...offered.files],
      known ? Promise.all(handles).then((all) => all.flat()) : undefined,
      this.synthetic,
    );
  }

  /** Looks at files, shows how they would be read, and waits; those whose columns are known from before are imported at once. */
  async importFiles(
    brought: readonly InputFile[],
    handles?: Origin['handles'],
    synthetic = false,
  ): Promise<void> {
    this.#coming = { handles, synthetic };
    const { RememberedReadings } = await import('./readings.ts');
    const readings = (this.#readings ??= new RememberedReadings());
    const bringing = await this.task.attempt(first, async (options) => {
      this.intend();
      const files = await this.gather(await this.lab.call('unpack', [brought], options));
      if (files === null || files.every(({ role }) => role !== undefined)) {
        options.signal.throwIfAborted();
        return { files, review: null, known: [] };
      }
      const looked = await this.#understood(files, options);
      const known = looked.looked.map((one) => readings.of(one));
      const isSaid = known.some((one) => one !== undefined && Object.keys(one).length > 0);
      if (!isSaid) return { files, review: looked, known };
      const said = files.map((file, i) => {
        const at = looked.looked.findIndex(({ given }) => given === i);
        return { ...file, ...known[at] };
      });
      return { files, review: await this.#understood(said, options), known };
    });
    if (bringing === null) return;
    const { files, review, known } = bringing;
    if (files === null) return;
    if (review === null) {
      await this.replace(null, () => Promise.resolve(files), this.#coming);
      return;
    }
    this.review = review;
    // Columns alone do not tell bars from a series: a role that was chosen for another file is proposed, not taken.
    if (known.every((one) => one !== undefined && one.role === undefined))
      await this.importReviewed();
  }

  /** Reads some of the files otherwise, and looks again. */
  async readOtherwise(given: readonly number[], said: Said): Promise<void> {
    if (this.review === null) return;
    const files = this.#toLook.map((file, i) => (given.includes(i) ? { ...file, ...said } : file));
    await this.#look(files);
  }

  /** Imports what was reviewed, unless something is left to answer; how it was read is remembered by its columns. */
  async importReviewed(): Promise<void> {
    const { review } = this;
    if (review === null || review.looked.some(({ error }) => error !== null)) return;
    const done = await this.replace(null, () => Promise.resolve(review.files), this.#coming);
    if (!done) return;
    for (const one of review.looked) this.#readings?.remember(one, review.files[one.given]!);
    this.review = null;
  }

  /** Leaves the dataset before as it is, also where the import or a look is under way. */
  dismissReview(): void {
    this.task.cancel();
    this.review = null;
    this.task.error = null;
  }

  /** An answer that comes while others are looked at is looked at after them. */
  async #look(files: readonly InputFile[]): Promise<void> {
    this.#toLook = files;
    if (this.task.busy) return;
    const again = await this.task.attempt(first, (options) => {
      this.intend();
      return this.#understood(files, options);
    });
    if (again !== null) this.review = again;
  }

  async #understood(files: readonly InputFile[], options: Options): Promise<Review> {
    this.#toLook = files;
    for (;;) {
      const wanted = this.#toLook;
      const looked = await this.lab.call('understand', [wanted], options);
      options.signal.throwIfAborted();
      if (wanted === this.#toLook) return { files: wanted, looked };
    }
  }

  /** Goes on from a failed import with the file at fault, or those at these places, read as is said now. */
  async goOn(reading: Said, places?: readonly number[]): Promise<void> {
    const given = this.task.error?.place?.given;
    if (this.#wanted === null || given === undefined) return;
    const { title, files, origin } = this.#wanted;
    const read = places ?? [given];
    const answered = files.map((file, i) => (read.includes(i) ? { ...file, ...reading } : file));
    if (this.review === null) {
      await this.replace(title, () => Promise.resolve(answered), origin);
      return;
    }
    this.review = { ...this.review, files: answered };
    this.#toLook = answered;
    await this.importReviewed();
  }

  /** Imports the same files again with the one at that place read in another way. */
  async readAs(given: number, said: Said): Promise<void> {
    const files = this.files.map((file, i) => (i === given ? { ...file, ...said } : file));
    const origin = { ...this.origin, sample: null };
    await this.replace(this.title, () => Promise.resolve(files), origin, true);
  }

  /** Shows what was loaded before a reload; its files follow. False where they could not be brought. */
  async resume(
    { summary, title, origin }: LoadedDataset,
    bring: (options: Options) => Promise<readonly InputFile[]>,
  ): Promise<boolean> {
    Object.assign(this, { summary, title, origin });
    const label = `Bringing back “${title}”`;
    const files = await this.task.attempt({ ...first, phase: 'import', label }, bring);
    if (files === null) this.summary = null;
    else this.files = files;
    return files !== null;
  }

  /** Imports what `bring` gives, as it says that it is read. Without a title the files give one. */
  async replace(
    title: string | null,
    bring: (options: Options) => Promise<readonly InputFile[]>,
    origin: Origin,
    again = false,
  ): Promise<boolean> {
    const done = await this.task.attempt(first, async (options) => {
      this.intend();
      const files = await bring(options);
      this.#wanted = { title, files, origin };
      return { files, summary: await this.lab.call('importFiles', [files], options) };
    });
    if (done === null) return false;
    this.files = done.files;
    this.summary = done.summary;
    const [only, another] = done.summary.files;
    this.title =
      title ?? (another === undefined ? only!.name : `${done.summary.files.length} files`);
    this.origin = origin;
    this.offered = null;
    this.replacing = false;
    if (!again) this.loads++;
    this.onReplaced(origin.sample != null);
    return true;
  }
}
