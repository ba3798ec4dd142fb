import type { MarketHashes } from './bar-hashes.ts';
import type { TableHashes } from './checkpoints.ts';
import type { TypedColumn } from '../digest.ts';
import { type ShortHashes, hashLength, shortHashesOf } from './short-hashes.ts';

/** What a dataset may hold beside its bars, in the order of their hashes. */
export const furtherTables = ['attention', 'macro', 'universe', 'instruments', 'events'] as const;
export type FurtherTable = (typeof furtherTables)[number];
/** Links name these whatever they hold, and the tables after them only where one of those has rows. */
export const alwaysHashed = 3;

/** Their columns; instruments and events are given only where they have rows. */
export type FurtherTables = Readonly<Partial<Record<FurtherTable, readonly TypedColumn[]>>>;

/**
 * One hash for each of `furtherTables`, nothing but zeros for one that is not given; without those at the end that
 * nobody gave.
 */
export function tableEvidence(tables: FurtherTables): ShortHashes {
  const hashes = new Uint8Array(furtherTables.length * hashLength);
  for (const [place, name] of furtherTables.entries()) {
    const columns = tables[name];
    if (columns !== undefined) hashes.set(shortHashesOf([columns]), place * hashLength);
  }
  const always = alwaysHashed * hashLength;
  return hashes.subarray(always).some((byte) => byte !== 0) ? hashes : hashes.subarray(0, always);
}

/** With those at the end that nobody gave. */
export function wholeTables(sent: ShortHashes): ShortHashes {
  const hashes = new Uint8Array(furtherTables.length * hashLength);
  hashes.set(sent);
  return hashes;
}

/** Hashes of a dataset as fine as any link needs them. */
export interface DataEvidence {
  readonly bars: MarketHashes;
  /** Of `furtherTables`, as `tableEvidence` has them. */
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
