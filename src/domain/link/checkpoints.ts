import type { TypedColumn } from '../digest.ts';
import type { Checkpoints } from './payload.ts';
import {
  type ShortHashes,
  grouped,
  hashLength,
  packed,
  placesThatDiffer,
  shortHashesOf,
  unpacked,
} from './short-hashes.ts';

/** A table hashed in blocks of rows and by column, as finely as anything needs it. */
export interface TableHashes {
  readonly rows: number;
  readonly columnNames: readonly string[];
  /** One for each block of `every` rows. */
  readonly every: number;
  readonly blocks: ShortHashes;
  readonly columns: ShortHashes;
}

/** Blocks of a table of this many rows are single rows. */
const finest = 4096;

export function tableHashes(columns: readonly TypedColumn[]): TableHashes {
  const rows = columns[0]?.values.length ?? 0;
  const every = Math.max(1, Math.ceil(rows / finest));
  const blocks = Array.from({ length: Math.ceil(rows / every) }, (_, block) =>
    columns.map((column) => rowsOfColumn(column, block * every, (block + 1) * every)),
  );
  return {
    rows,
    columnNames: columns.map(({ name }) => name),
    every,
    blocks: shortHashesOf(blocks),
    columns: shortHashesOf(columns.map((column) => [column])),
  };
}

/** At most `most` blocks, for a link. */
export function checkpointsOf(hashes: TableHashes, most: number): Checkpoints {
  const { rows, columns } = hashes;
  const every = hashes.every * Math.max(1, Math.ceil(blockCount(hashes) / most));
  return { rows, every, blocks: packed(coarser(hashes, every)), columns: packed(columns) };
}

/** Where a table parts from the one that checkpoints were made of. */
export interface TableDifference {
  /** The first row, from 0, that may differ, and the one after the last of its block. */
  readonly fromRow: number;
  readonly toRow: number;
  /** Names of the columns that differ anywhere; empty where their hashes cannot be compared. */
  readonly columns: readonly string[];
  readonly rows: { readonly theirs: number; readonly ours: number };
}

/** null where every block and every column is the same. */
export function tableDifference(ours: TableHashes, theirs: Checkpoints): TableDifference | null {
  const { every } = theirs;
  const rows = { theirs: theirs.rows, ours: ours.rows };
  const comparable = every % ours.every === 0;
  const their = unpacked(theirs.blocks);
  const own = comparable ? coarser(ours, every) : new Uint8Array(0);
  const shared = Math.min(own.length, their.length);
  const block =
    placesThatDiffer(own.subarray(0, shared), their.subarray(0, shared))[0] ?? shared / hashLength;
  const theirColumns = unpacked(theirs.columns);
  const columns =
    theirColumns.length === ours.columns.length
      ? placesThatDiffer(ours.columns, theirColumns).map((place) => ours.columnNames[place]!)
      : [];
  const same = comparable && rows.theirs === rows.ours && block * hashLength === own.length;
  if (same && columns.length === 0) return null;
  // A table that merely ends earlier parts inside its last, shorter block.
  const fromRow = Math.min(block * every, Math.min(rows.theirs, rows.ours));
  return { fromRow, toRow: Math.max(fromRow + 1, (block + 1) * every), columns, rows };
}

const blockCount = ({ rows, every }: TableHashes): number => Math.ceil(rows / every);

/** The same table in blocks of `every` rows, a multiple of its own. */
const coarser = (hashes: TableHashes, every: number): ShortHashes =>
  grouped(hashes.blocks, every / hashes.every);

const rowsOfColumn = (column: TypedColumn, from: number, to: number): TypedColumn => ({
  ...column,
  values: Array.prototype.slice.call(column.values, from, to),
});
