import { LabError } from '../../domain/errors.ts';
import type { Day } from '../../domain/units.ts';
import type { InputFile } from '../lab.ts';
import type { BlobStore, Claims, Writing } from './blob-store.ts';

/** A dataset by what tells it apart from others. */
export interface DatasetOutline {
  readonly title: string;
  readonly fingerprint: string;
  readonly symbols: number;
  readonly bars: number;
  readonly from: Day;
  readonly to: Day;
  /** It is made up, no market’s history. */
  readonly synthetic: boolean;
}

/** A file without its bytes: how it is read, and what its bytes are. */
export interface FileOutline extends Omit<InputFile, 'content'> {
  readonly bytes: number;
  /** Null where it is not read: then nothing is kept of it but its name. */
  readonly sha256: string | null;
}

export interface KeptDataset extends DatasetOutline {
  readonly version: 1;
  readonly files: readonly FileOutline[];
  /** In UTC: new Date().toISOString(). */
  readonly keptAt: string;
  /** A copy that nobody asked for: it lasts until another dataset was opened, so that a reload finds it. */
  readonly forReload?: true;
}

interface Keeping {
  readonly signal?: AbortSignal;
  /** How much is kept so far: a ratio. */
  readonly onRatio?: (ratio: number) => void;
}

const listing = /\.json$/;
const listingOf = ({ fingerprint }: DatasetOutline): string => `${fingerprint}.json`;

/**
 * Datasets as the very files that were brought, each once, under its SHA-256, and beside them for each dataset a listing,
 * which is written last and taken away first: a dataset is kept once it is listed. What no listing names is swept.
 */
export class DatasetStore {
  /** Ends the time in which what was removed last can be put back. */
  #release: (() => Promise<void>) | null = null;

  constructor(
    private readonly blobs: BlobStore,
    private readonly claims: Claims,
  ) {}

  /** Newest first. */
  async list(): Promise<KeptDataset[]> {
    const { kept } = await this.#listed();
    return kept.sort((a, b) => Number(a.keptAt < b.keptAt) - Number(a.keptAt > b.keptAt));
  }

  /**
   * Keeps the contents of the dataset's files, in their order; one with the same fingerprint is replaced. Where it fails or
   * is cancelled, what was kept before stays as it was.
   */
  async keep(
    dataset: KeptDataset,
    contents: readonly Blob[],
    { signal, onRatio }: Keeping = {},
  ): Promise<void> {
    await this.settle();
    const release = await this.claims.hold();
    try {
      const all = dataset.files.reduce((sum, { bytes }) => sum + bytes, 0);
      let before = 0;
      for (const [i, file] of dataset.files.entries()) {
        const onBytes = (written: number) => onRatio?.((before + written) / all);
        await this.#add(file, contents[i]!, { signal, onBytes });
        before += file.bytes;
      }
      signal?.throwIfAborted();
      await this.#enlist(dataset);
    } finally {
      await release();
      await this.#tidy(); // What was written in vain, or belonged to the one that was replaced.
    }
  }

  /** The files as they were brought, copied: what is loaded outlasts its deletion. */
  async open({ files, title }: KeptDataset): Promise<InputFile[]> {
    const release = await this.claims.hold();
    try {
      return await Promise.all(
        files.map(async ({ sha256, bytes, ...file }) => {
          if (sha256 === null || bytes === 0) return { ...file, content: new Blob([]) };
          const content = await this.blobs.read(sha256);
          if (content?.size !== bytes) throw gone(file.name, title);
          return { ...file, content: new Blob([await content.arrayBuffer()]) };
        }),
      );
    } finally {
      await release();
    }
  }

  /**
   * Its files stay until `settle`, or until the page is left. False where it was not listed any more: then another tab has
   * removed it, and its files may be gone.
   */
  async remove(dataset: KeptDataset): Promise<boolean> {
    await this.settle();
    this.#release = await this.claims.hold();
    try {
      const wasListed = await this.claims.inTurn(async () => {
        if ((await this.blobs.read(listingOf(dataset))) === null) return false;
        await this.blobs.remove(listingOf(dataset));
        return true;
      });
      if (!wasListed) await this.#letGo();
      return wasListed;
    } catch (error) {
      await this.#letGo();
      throw error;
    }
  }

  /** Takes the last removal back. */
  async restore(dataset: KeptDataset): Promise<void> {
    await this.#enlist(dataset);
    await this.#letGo();
  }

  /** What was removed is gone for good. */
  async settle(): Promise<void> {
    if (this.#release === null) return;
    await this.#letGo();
    await this.#tidy();
  }

  /** Takes away what no listing names, unless it may be named soon. */
  sweep(): Promise<void> {
    return this.claims.ifFree(async () => {
      const { names, kept, isWhole } = await this.#listed();
      if (!isWhole) return; // One that cannot be read here may name any file.
      const used = new Set(
        kept.flatMap((dataset) => [
          listingOf(dataset),
          ...dataset.files.map(({ sha256 }) => sha256),
        ]),
      );
      for (const name of names) if (!used.has(name)) await this.blobs.remove(name);
    });
  }

  /** What cannot be swept now is left to the next sweep. */
  async #tidy(): Promise<void> {
    await this.sweep().catch(() => undefined);
  }

  async #letGo(): Promise<void> {
    const release = this.#release;
    this.#release = null;
    await release?.();
  }

  #enlist(dataset: KeptDataset): Promise<void> {
    const listing = new Blob([JSON.stringify(dataset)]);
    return this.claims.inTurn(() => this.blobs.write(listingOf(dataset), listing));
  }

  async #add({ sha256, bytes }: FileOutline, content: Blob, writing: Writing): Promise<void> {
    if (sha256 === null || bytes === 0) return;
    const before = await this.blobs.read(sha256);
    if (before?.size !== bytes) await this.blobs.write(sha256, content, writing);
  }

  async #listed(): Promise<{ names: readonly string[]; kept: KeptDataset[]; isWhole: boolean }> {
    const names = await this.blobs.names();
    const kept: KeptDataset[] = [];
    let isWhole = true;
    for (const name of names.filter((name) => listing.test(name))) {
      const content = await this.blobs.read(name);
      if (content === null) continue;
      const dataset = parsed(await content.text());
      if (dataset === null) isWhole = false;
      else kept.push(dataset);
    }
    return { names, kept, isWhole };
  }
}

/** Null for a listing of another version. */
function parsed(text: string): KeptDataset | null {
  try {
    const dataset = JSON.parse(text) as { readonly version?: number };
    return dataset.version === 1 ? (dataset as KeptDataset) : null;
  } catch {
    return null;
  }
}

const gone = (file: string, title: string): LabError =>
  new LabError({
    kind: 'import',
    problem: 'The browser no longer has all of this file.',
    remedy: `Delete “${title}” among the kept datasets, and choose its files again.`,
    place: { file },
  });
