import manifest from '../../datasets/manifest.json';
import type { FileRole, InputFile } from '../wire/lab.ts';
import { LabError } from '../domain/errors.ts';

/** Data that ship with the page, default first. */
export interface SampleDataset {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Made up, no market’s history. */
  readonly synthetic: boolean;
  readonly bytes: number;
  readonly source: string;
  readonly licence: string;
  readonly files: readonly {
    readonly path: string;
    readonly role: string;
    readonly sha256: string;
  }[];
}

const addresses = import.meta.glob<string>(
  ['../../datasets/*/*.csv', '../../datasets/*/*.csv.gz'],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);

export const samples: readonly SampleDataset[] = manifest
  .toSorted((a, b) => Number(b.default) - Number(a.default))
  .map((entry) => ({
    ...entry,
    synthetic: 'synthetic' in entry,
    bytes: entry.files.reduce((sum, file) => sum + file.bytes, 0),
  }));

/** The one that has all that the default strategy looks at, public attention too: the shortest way to see what it does. */
export const firstSample: SampleDataset =
  samples.find(({ files }) => files.some(({ role }) => role === 'attention')) ?? samples[0]!;

/** Fetches a sample's files from the page's own folder. */
export function fetchSample(sample: SampleDataset, signal: AbortSignal): Promise<InputFile[]> {
  return Promise.all(
    sample.files.map(async ({ path, role }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      try {
        const response = await fetch(addresses[`../../datasets/${path}`] ?? path, { signal });
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return { name, content: await response.blob(), role: role as FileRole };
      } catch (error) {
        if (signal.aborted) throw new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
        throw new LabError({
          kind: 'import',
          problem: 'The sample could not be fetched.',
          remedy: 'Check the connection and try again, or drop a file of your own.',
          place: { file: name },
          cause: String(error),
        });
      }
    }),
  );
}
