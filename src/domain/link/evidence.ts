import type { MarketHashes } from './bar-hashes.ts';
import type { TableHashes } from './checkpoints.ts';
import type { TypedColumn } from '../digest.ts';
import { type ShortHashes, hashLength, shortHashesOf } from './short-hashes.ts';

/** What a dataset may hold beside its bars, in the order of their hashes. */
export const furtherTables = [
  'attention',
  'macro',
  'universe',
  'instruments',
  'events',
  'detail',
] as const;
export type FurtherTable = (typeof furtherTables)[number];
/** How many of them a link may name: the first three whatever they hold, those after them where one has rows. */
export const namedTables = [3, 5, 6] as const;

/** Their columns; those after the first three are given only where they have rows. */
export type FurtherTables = Readonly<Partial<Record<FurtherTable, readonly TypedColumn[]>>>;

/** One hash for each of `furtherTables` that a link names, nothing but zeros for one that is not given. */
export function tableEvidence(tables: FurtherTables): ShortHashes {
  const hashes = new Uint8Array(furtherTables.length * hashLength);
  let given = 0;
  for (const [place, name] of furtherTables.entries()) {
    const columns = tables[name];
    if (columns === undefined) continue;
    hashes.set(shortHashesOf([columns]), place * hashLength);
    given = place + 1;
  }
  return hashes.subarray(0, namedTables.find((count) => count >= given)! * hashLength);
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
