import { LabError, type LabErrorData } from '../domain/errors.ts';
import { bytes } from '../present/format.ts';
import { type StorageRoom, changesSince, sizeOf } from '../present/kept-words.ts';
import { browserClaims, openBlobStore } from '../wire/kept/blob-store.ts';
import { DatasetStore, type KeptDataset } from '../wire/kept/dataset-store.ts';
import {
  type HandledFiles,
  asBefore,
  filesBehind,
  forgetHandles,
  permit,
  rememberHandles,
  rememberedHandles,
} from '../wire/kept/handles.ts';
import { forgetWork } from '../wire/kept/work.ts';
import { broughtFiles } from './brought.ts';
import type { InputFile } from '../wire/lab.ts';
import type { DatasetState } from './dataset.svelte.ts';
import { keep, keepHere, kept, keptHere } from './kept.ts';
import {
  type LastDataset,
  errorText,
  fileOutlines,
  lastIn,
  nothingThere,
  outlineOf,
  storageError,
} from './kept-outlines.ts';
import { samples } from './samples.ts';
import { Task } from './task.svelte.ts';

/** How the last dataset can be had again; null where its files must be brought. */
export type WayBack = 'sample' | 'kept' | 'handles' | null;

/** The key of the last dataset; where it is '' there is none. */
const last = 'dataset';

/** A dataset of more bytes is not copied for a reload. */
const largestCopy = 256_000_000;
/** As many tabs with data of their own find them after a reload. */
const mostCopies = 2;
/** The key under which it says that no copies are wanted. */
const copies = 'copies';

/** Datasets that this browser keeps at a person's wish, and the one that was last in use. */
export class KeptDatasets {
  list = $state.raw<readonly KeptDataset[]>([]);
  /** Those that nobody asked for. */
  #copies = $state.raw<readonly KeptDataset[]>([]);
  /** Whether what is open is copied, so that a reload finds it. */
  #copying = $state(kept(copies) !== 'off');
  /** Why what is open was not copied; null where it was, or need not be. */
  uncopied = $state<string | null>(null);
  /** Null where the browser does not say. */
  room = $state.raw<StorageRoom | null>(null);
  /** Whether the browser has promised to delete nothing by itself; null where it cannot be asked. */
  promised = $state<boolean | null>(null);
  /** Why nothing can be kept here; null where it can. */
  refused = $state<string | null>(null);
  error = $state.raw<LabErrorData | null>(null);
  /** What became of the last thing that was asked for. */
  said = $state('');
  readonly keeping = new Task();
  #changing = $state(false);
  /** What «Undo» brings back. */
  undoable = $state.raw<KeptDataset | null>(null);
  last = $state.raw<LastDataset | null>(lastIn(keptHere(last)));
  #handled = $state.raw<HandledFiles | null>(null);
  #store: DatasetStore | null = null;
  /** Tells other tabs that the list has changed. */
  #tabs = new BroadcastChannel('outsample-datasets');

  private constructor(
    private readonly dataset: DatasetState,
    private readonly onBack: () => Promise<void>,
  ) {
    this.#tabs.onmessage = () => {
      if (this.#store !== null) void this.#refresh(this.#store).catch(() => undefined); // The next change tells.
    };
  }

  /** `onBack` is called when the dataset of the last visit was opened again. */
  static async open(dataset: DatasetState, onBack: () => Promise<void>): Promise<KeptDatasets> {
    const datasets = new KeptDatasets(dataset, onBack);
    datasets.#handled = await rememberedHandles().catch(() => null); // Then there is no way back to files.
    await datasets.tryAgain();
    return datasets;
  }

  get busy(): boolean {
    return this.#changing || this.keeping.busy;
  }

  /** The kept dataset that is loaded. */
  readonly loaded: KeptDataset | null = $derived.by(() => {
    const found = this.#keptAs(this.dataset.summary);
    return found?.forReload === true ? null : found;
  });

  get copying(): boolean {
    return this.#copying;
  }

  /** Whether what is open is copied from now on; copies that are there go with the wish. */
  async copyForReload(wanted: boolean): Promise<void> {
    this.#copying = wanted;
    keep(copies, wanted ? '' : 'off');
    await this.#quietly(async (store) => {
      if (wanted) await this.#copy(store);
      else await this.#drop(store, this.#copies);
    });
  }

  readonly wayBack: WayBack = $derived.by(() => {
    if (this.last === null) return null;
    if (this.last.sample != null) return 'sample';
    const found = this.#keptAs(this.last);
    if (found !== null && found.forReload !== true) return 'kept';
    // The files may have changed since they were copied.
    if (this.#handled?.fingerprint === this.last.fingerprint) return 'handles';
    return found === null ? null : 'kept';
  });

  /** Whether there is a copy of files that can be read where they lie, too. */
  readonly isCopied: boolean = $derived(
    this.wayBack === 'handles' && this.#keptAs(this.last) !== null,
  );

  /** Opens the storage, which may have been refused before. */
  async tryAgain(): Promise<void> {
    try {
      this.#store = new DatasetStore(await openBlobStore(), browserClaims);
      await this.#store.sweep().catch(() => undefined); // What is not listed does no harm.
      await this.#refresh(this.#store);
      this.refused = null;
    } catch (error) {
      this.#store = null;
      this.refused = errorText(error);
    }
  }

  /** Keeps what is loaded, as the files that were brought. */
  async keep(): Promise<void> {
    const { summary, files } = this.dataset;
    if (summary === null) return;
    const dataset = this.#listingOf();
    const contents = files.map(({ content }) => content);
    const { title } = dataset;
    const at = (ratio: number) =>
      ({ phase: 'results', label: `Keeping “${title}”`, ratio }) as const;
    await this.#attempt(async (store) => {
      const done = await this.keeping.attempt(at(0), async ({ signal, onProgress }) => {
        const onRatio = (ratio: number) => onProgress(at(ratio));
        try {
          await store.keep(dataset, contents, { signal, onRatio });
          return true;
        } catch (error) {
          throw new LabError(storageError(error, sizeOf(dataset.files)));
        }
      });
      if (this.keeping.error !== null) throw new LabError(this.keeping.error);
      return done ? `“${title}” is kept in this browser.` : `Cancelled: “${title}” is not kept.`;
    });
  }

  /** Whether the files of a dataset are kept, if only as a copy. */
  has(outline: { readonly fingerprint: string }): boolean {
    return this.#keptAs(outline) !== null;
  }

  /** Opens the kept dataset with this fingerprint; nothing where there is none. */
  async openKept(outline: { readonly fingerprint: string }): Promise<void> {
    const dataset = this.#keptAs(outline);
    if (dataset !== null) await this.open(dataset);
  }

  /** How the files of a dataset can be had without asking; null where they were not kept. */
  wayTo(outline: { readonly fingerprint: string }): (() => Promise<readonly InputFile[]>) | null {
    const [store, dataset] = [this.#store, this.#keptAs(outline)];
    return store === null || dataset === null ? null : () => store.open(dataset);
  }

  async open(dataset: KeptDataset): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    this.said = '';
    const { title, synthetic, fingerprint } = dataset;
    const done = await this.dataset.replace(title, () => store.open(dataset), { synthetic });
    if (done && this.dataset.summary?.fingerprint !== fingerprint) {
      this.said = `“${title}” is read otherwise by this version: its fingerprint was ${fingerprint.slice(0, 12)}… when it was kept.`;
    }
  }

  async delete(dataset: KeptDataset): Promise<void> {
    await this.#attempt(async (store) => {
      if (await store.remove(dataset)) this.undoable = dataset;
      return `Deleted “${dataset.title}”.`;
    });
  }

  async undo(): Promise<void> {
    const { undoable } = this;
    if (undoable === null) return;
    await this.#attempt(async (store) => {
      await store.restore(undoable);
      return `“${undoable.title}” is kept again.`;
    });
  }

  /** Asks the browser to delete nothing by itself. */
  async askForPromise(): Promise<void> {
    this.promised = await navigator.storage.persist();
    this.said = this.promised
      ? 'The browser keeps all of it until you delete it.'
      : 'The browser promised nothing: it may delete all of it when the disk is full. It may agree once you have used this page more often, or bookmarked it.';
  }

  /** Notes what is loaded, for the next visit. */
  async remember(): Promise<void> {
    const { summary, origin } = this.dataset;
    if (summary === null) return;
    const { sample } = origin;
    this.last = { ...outlineOf(this.dataset), ...(sample != null && { sample }) };
    keepHere(last, JSON.stringify(this.last));
    const files = fileOutlines(this.dataset);
    const handles = (await origin.handles) ?? [];
    const { fingerprint } = summary;
    try {
      if (handles.length > 0) await rememberHandles({ fingerprint, handles, files });
      else await forgetHandles();
    } catch {
      // The browser stores no handles: the files can be chosen again.
    }
    await this.#quietly((store) => this.#copy(store));
  }

  async #copy(store: DatasetStore): Promise<void> {
    const { summary, files, origin } = this.dataset;
    this.uncopied = null;
    if (!this.#copying || summary === null) return;
    if (origin.sample == null && this.#keptAs(summary) === null) {
      const size = files.reduce((sum, { content }) => sum + content.size, 0);
      if (size > largestCopy) {
        this.uncopied = `It is larger than ${bytes(largestCopy)}: keep it, or choose its files again after a reload.`;
        return;
      }
      this.undoable = null; // What was deleted before is gone then.
      await store.keep(
        this.#listingOf({ forReload: true }),
        files.map(({ content }) => content),
      );
      await this.#refresh(store);
    }
    await this.#drop(store, this.#copies.slice(mostCopies));
  }

  async #drop(store: DatasetStore, copies: readonly KeptDataset[]): Promise<void> {
    for (const copy of copies) await store.remove(copy);
    await store.settle();
  }

  /** Changes copies, unless something else is being changed; what fails is said beside the wish for them. */
  async #quietly(work: (store: DatasetStore) => Promise<void>): Promise<void> {
    const store = this.#store;
    if (store === null || this.busy) return;
    this.#changing = true;
    try {
      await work(store);
      await this.#refresh(store);
    } catch (error) {
      const { problem, remedy } = storageError(error, sizeOf(fileOutlines(this.dataset)));
      this.uncopied = [problem, remedy].filter(Boolean).join(' ');
    }
    this.#changing = false;
    this.#tabs.postMessage(null);
  }

  #listingOf(more: Pick<KeptDataset, 'forReload'> = {}): KeptDataset {
    return {
      version: 1,
      ...outlineOf(this.dataset),
      files: fileOutlines(this.dataset),
      keptAt: new Date().toISOString(),
      ...more,
    };
  }

  /** Opens the copy of the last dataset, as its files were then. */
  async openCopy(): Promise<void> {
    const { last } = this;
    if (last === null) return;
    await this.openKept(last);
    if (this.dataset.summary?.fingerprint === last.fingerprint) await this.onBack();
  }

  async openLast(): Promise<void> {
    const { wayBack, last } = this;
    const sample = samples.find(({ id }) => id === last?.sample);
    const dataset = this.#keptAs(last);
    if (wayBack === 'sample' && sample !== undefined) await this.dataset.useSample(sample);
    else if (wayBack === 'kept' && dataset !== null) await this.open(dataset);
    else if (wayBack === 'handles') await this.#reconnect();
    if (this.dataset.summary?.fingerprint === last?.fingerprint) await this.onBack();
  }

  async forgetLast(): Promise<void> {
    const copy = this.#copies.filter(({ fingerprint }) => fingerprint === this.last?.fingerprint);
    this.last = null;
    keepHere(last, '');
    await forgetHandles().catch(() => undefined); // Nothing is stored then.
    await forgetWork().catch(() => undefined);
    await this.#quietly((store) => this.#drop(store, copy));
  }

  /** Reads the files where they lie now, as they were read before. Call it in a click: the browser asks. */
  async #reconnect(): Promise<void> {
    const [handled, outline] = [this.#handled, this.last];
    if (handled === null || outline === null) return;
    this.said = '';
    const { handles } = handled;
    const done = await this.dataset.replace(
      outline.title,
      async (options) => {
        await permit(handles);
        const files = broughtFiles(await filesBehind(handles));
        if (files.length === 0) throw nothingThere(outline.title);
        return asBefore(await this.dataset.lab.call('unpack', [files], options), handled.files);
      },
      { synthetic: outline.synthetic, handles: Promise.resolve(handles) },
    );
    if (done) this.said = changesSince(handled.files, fileOutlines(this.dataset));
  }

  /** Changes what is stored, and says what `work` says, or why not. */
  async #attempt(work: (store: DatasetStore) => Promise<string>): Promise<void> {
    const store = this.#store;
    if (store === null || this.busy) return;
    this.#changing = true;
    this.error = null;
    this.said = '';
    this.undoable = null;
    try {
      this.said = await work(store);
    } catch (error) {
      this.error = storageError(error);
    }
    this.#tabs.postMessage(null);
    await this.#refresh(store).catch((error: unknown) => (this.refused = errorText(error)));
    this.#changing = false;
  }

  async #refresh(store: DatasetStore): Promise<void> {
    const all = await store.list();
    this.list = all.filter(({ forReload }) => forReload !== true);
    this.#copies = all.filter(({ forReload }) => forReload === true);
    const { usage, quota } = await navigator.storage.estimate();
    this.room = usage === undefined ? null : { usage, quota };
    this.promised = await navigator.storage.persisted();
  }

  #keptAs(outline: { readonly fingerprint: string } | null): KeptDataset | null {
    return (
      [...this.list, ...this.#copies].find(
        ({ fingerprint }) => fingerprint === outline?.fingerprint,
      ) ?? null
    );
  }
}
