import type { LabErrorData } from '../domain/errors.ts';
import type { Note } from '../domain/note.ts';
import type { Quality } from '../domain/quality.ts';
import type { Addressed, PriceChoice, Reading, Stamp } from '../domain/reading.ts';
import type { DatasetFacts } from '../domain/strategies/strategy.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Day } from '../domain/units.ts';

/** Files as they are given, understood and imported. */

/** Each of these is a table of the dataset. */
export const tableRoles = [
  'bars',
  'attention',
  'macro',
  'universe',
  'instruments',
  'events',
] as const;
export type TableRole = (typeof tableRoles)[number];

/** Detail is of bars that lie inside those of the dataset: they are read as bars are. */
export const fileRoles = [...tableRoles, 'detail'] as const;
export type FileRole = (typeof fileRoles)[number];

export type DateOrder = 'day-first' | 'month-first';

export interface InputFile extends Reading, Addressed {
  readonly name: string;
  readonly content: Blob;
  /** It was in a folder or an archive, so that it is left out where its name is none of data. */
  readonly isWithin?: boolean;
  /** The path of the folder that it was brought in, “prices/eu”: it tells files of one name apart. */
  readonly folder?: string;
  /** Without a role the columns decide. */
  readonly role?: FileRole;
  /** Answers dates such as 01/02/2024, which are refused without it. */
  readonly dateOrder?: DateOrder;
}

export interface FileSummary extends Addressed {
  readonly name: string;
  readonly role: FileRole;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  /** First and last date, days since 1970-01-01; not given where it has none. */
  readonly from?: Day;
  readonly to?: Day;
  /** How its dates were read, where they could be read both ways. */
  readonly dateOrder?: DateOrder;
  /** Which of its prices are used, where it has an adjusted close beside the close. */
  readonly prices?: PriceChoice;
  /** Length of its bars in seconds and what their stamps are, where they are instants. */
  readonly timed?: { readonly seconds: number; readonly stamp: Stamp };
  /** What else was said of how to read it. */
  readonly reading?: Reading;
  /** How it was read in full: said again, it is read so without being looked at. */
  readonly found: Reading;
  /** Which column of the file became which field. */
  readonly mapping: readonly { readonly column: string; readonly field: string }[];
  /** Columns that are not read. */
  readonly unused: readonly string[];
}

/** What a file seems to be before it is imported. */
export interface Understood {
  readonly name: string;
  /** Its place among the files that were given. */
  readonly given: number;
  /** Null where its columns are those of none. */
  readonly role: FileRole | null;
  readonly columns: readonly string[];
  readonly timed?: FileSummary['timed'];
  readonly found: Reading;
  readonly mapping: FileSummary['mapping'];
  readonly unused: readonly string[];
  /** Its first and last rows as text, by `columns`; of very many columns the first. */
  readonly first: readonly (readonly string[])[];
  readonly last: readonly (readonly string[])[];
  /** False where only the beginning and the end of a large file were looked at. */
  readonly isWhole: boolean;
  /** What must be answered or mended first. */
  readonly error: LabErrorData | null;
}

export interface SymbolSummary {
  readonly symbol: string;
  readonly bars: number;
  readonly from: Day;
  readonly to: Day;
}

export interface DatasetSummary {
  /** SHA-256 over the normalised columns of everything imported. */
  readonly fingerprint: string;
  readonly files: readonly FileSummary[];
  /** The place of each of `files` among those that were given, from 0: names may repeat. */
  readonly given: readonly number[];
  readonly symbols: readonly SymbolSummary[];
  readonly bars: number;
  /** Days since 1970-01-01. */
  readonly from: Day;
  readonly to: Day;
  /** How its bars are timed; not given where they are dated by days alone. */
  readonly clock?: BarClock;
  readonly facts: DatasetFacts;
  readonly quality: Quality;
  readonly notes: readonly Note[];
}
