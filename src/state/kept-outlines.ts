import { LabError, type LabErrorData } from '../domain/errors.ts';
import { bytes } from '../present/format.ts';
import type { DatasetOutline, FileOutline } from '../wire/kept/dataset-store.ts';
import type { DatasetState } from './dataset.svelte.ts';

/** The dataset that was last in use. */
export interface LastDataset extends DatasetOutline {
  readonly sample?: string | null;
}

export function outlineOf({ title, synthetic, summary }: DatasetState): DatasetOutline {
  const { fingerprint, symbols, bars, from, to } = summary!;
  return { title, fingerprint, symbols: symbols.length, bars, from, to, synthetic };
}

export function fileOutlines({ files, summary }: DatasetState): FileOutline[] {
  return files.map(({ content, ...file }, given) => {
    const read = summary?.files[summary.given.indexOf(given)];
    return { ...file, bytes: content.size, sha256: read?.sha256 ?? null };
  });
}

export function storageError(error: unknown, needed = 0): LabErrorData {
  if (error instanceof LabError) return error.data;
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  return {
    kind: 'data',
    problem: isFull
      ? `The browser has no room for the ${bytes(needed)} of this dataset.`
      : `The browser could not store this: ${errorText(error)}`,
    remedy: isFull
      ? 'Delete a kept dataset or make room on the disk, and keep it again.'
      : 'Try again; if it fails again, reload the page.',
    cause: String(error),
  };
}

export const errorText = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export const nothingThere = (title: string): LabError =>
  new LabError({
    kind: 'import',
    problem: `The files of “${title}” are no longer where they were.`,
    remedy: 'Choose them again from where they are now.',
  });

export function lastIn(text: string | null): LastDataset | null {
  try {
    return text === null ? null : (JSON.parse(text) as LastDataset);
  } catch {
    return null;
  }
}
