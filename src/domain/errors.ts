import type { Reading } from './reading.ts';
import { longestSentence, longestValue } from './limits.ts';

/**
 * Every failure a person can meet is a LabError: a `kind` for code, the facts, and a sentence that names
 * the place, the value and the remedy. Errors cross threads as `LabErrorData` (wire/errors.ts).
 */
export type LabErrorKind =
  | 'import' // a file that cannot become bars, attention, macro, universe, instruments or events
  | 'study' // a study that is not valid
  | 'data' // data that do not fit the study (range empty, values too large for the exact scale, ...)
  | 'engine' // DuckDB or the worker failed
  | 'cancelled' // the person asked to stop
  | 'link' // a share link that cannot be read
  | 'network' // another machine that was called at a person's wish
  | 'usage' // the command's arguments
  | 'query'; // a person's SQL

/** A failure that something reacts to, however it is worded. */
export type LabErrorCode =
  | 'no-dataset'
  | 'no-run'
  | 'too-short' // data that hold no training window of the study with a test window after it
  | 'adaptive-search' // a search whose sets have seen the windows that a test would keep from them
  | 'no-zone' // times of bars without a zone: `zone` or `exchange` of their reading says it
  | 'locked' // a journal that waits for its passphrase
  | 'not-encrypted' // a journal that would keep a secret in the open
  | 'sealed' // an encrypted journal that does not open: another passphrase, or damaged
  | 'unfit-passphrase' // one that other programs would read otherwise
  | 'sealed-file' // a file to import that wants a passphrase of its own
  | 'full' // more memory than there is
  | 'spent'; // the engine may have lost something: another one must take its place

export interface Place {
  readonly file?: string | undefined;
  /** The file's place among those that were given, from 0: names may repeat. */
  readonly given?: number | undefined;
  /** 1-based line in a text file, or 1-based row in an Arrow file. */
  readonly line?: number | undefined;
  readonly column?: string | undefined;
  /** The offending text, quoted as found. */
  readonly value?: string | undefined;
  /** Where in a text parameter, in UTF-16 units from 0. */
  readonly offset?: number | undefined;
  /** JSON pointer into a study, such as `/strategy/parameters/zWindow`. */
  readonly path?: string | undefined;
}

/** A way on from where a file failed: how it would be read then. */
export interface Fix {
  /** What it does, as a button says it. */
  readonly label: string;
  readonly reading: Reading & {
    readonly dateOrder?: 'day-first' | 'month-first';
    readonly role?: 'detail';
  };
  /** Places of the files that are read so, among those that were given; not given where it is the one at fault alone. */
  readonly files?: readonly number[];
}

export interface LabErrorData {
  readonly kind: LabErrorKind;
  readonly code?: LabErrorCode | undefined;
  /** What is wrong, in one sentence, without the place. */
  readonly problem: string;
  /** What a setting must be; `problem` says the same in a study’s words, which know null. */
  readonly expected?: { readonly what: string; readonly orNull: boolean } | undefined;
  /** What to do next, in one sentence. */
  readonly remedy?: string | undefined;
  readonly place?: Place | undefined;
  /** Of the file at `place.given`. */
  readonly fixes?: readonly Fix[] | undefined;
  /** The SQL that failed, where there is one. */
  readonly sql?: string | undefined;
  readonly cause?: string | undefined;
}

export class LabError extends Error {
  override readonly name = 'LabError';
  readonly data: LabErrorData;

  constructor(data: LabErrorData) {
    const short = shortened(data);
    super(describe(short));
    this.data = short;
  }
}

/** Values and sentences that a person can read: what was brought may have megabytes. */
function shortened(data: LabErrorData): LabErrorData {
  const { place } = data;
  return {
    ...data,
    problem: clipped(data.problem, longestSentence),
    ...(data.remedy !== undefined && { remedy: clipped(data.remedy, longestSentence) }),
    ...(place && {
      place: {
        ...place,
        ...(place.value !== undefined && { value: clipped(place.value) }),
        ...(place.path !== undefined && { path: clipped(place.path, 2 * longestValue) }),
        ...(place.column !== undefined && { column: clipped(place.column) }),
      },
    }),
  };
}

/** The beginning of a text, and … for the rest. */
export const clipped = (text: string, most: number = longestValue): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** One line: place, problem, remedy. */
export function describe(data: LabErrorData): string {
  const { file, line, column, value, path } = data.place ?? {};
  const where = [
    file,
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? undefined : `column “${column}”`,
    path,
  ].filter((part) => part !== undefined);
  const found = value === undefined ? '' : ` Found “${value}”.`;
  const place = where.length > 0 ? `${where.join(', ')}: ` : '';
  const remedy = data.remedy === undefined ? '' : ` ${data.remedy}`;
  return `${place}${data.problem}${found}${remedy}`;
}
