import type { MarketHashes } from './bar-hashes.ts';
import type { TableHashes } from './checkpoints.ts';
import type { ShortHashes } from './short-hashes.ts';

/** What a dataset may hold beside its bars, in the order of their hashes. */
export const furtherTables = ['attention', 'macro', 'universe'] as const;
export type FurtherTable = (typeof furtherTables)[number];

/** Hashes of a dataset as fine as any link needs them. */
export interface DataEvidence {
  readonly bars: MarketHashes;
  /** One for each of `furtherTables`. */
  readonly tables: ShortHashes;
}

/** The same of a run: its trades in order of entry, its equity by session. */
export interface RunEvidence {
  readonly trades: TableHashes;
  readonly equity: TableHashes;
}

export interface Evidence {
  readonly data: DataEvidence;
  readonly run: RunEvidence;
}
