import { type Note, info, warning } from '../../domain/note.ts';
import type { Stamp } from '../../domain/reading.ts';
import { lengthInWords } from '../bar-length.ts';
import { shortList } from '../words.ts';

/** What was found of when bars are, of files that are alike in it. */
export interface FoundTimes {
  readonly files: readonly string[];
  /** Of a bar. */
  readonly seconds: number;
  readonly stamp: Stamp;
  /** Null where none is known. */
  readonly exchange: string | null;
  /** Where clocks show the times of the files; null where they say their offset from UTC themselves. */
  readonly zone: string | null;
  /** Why the exchange was guessed; null where it was said. */
  readonly why: string | null;
}

export function timesFound({ files, seconds, stamp, exchange, zone, why }: FoundTimes): Note {
  const stamps = `a time is the ${stamp === 'start' ? 'beginning' : 'end'} of its bar`;
  const clocks = zone === null ? 'with their offset from UTC' : `on clocks in ${zone}`;
  const sessions =
    exchange === null
      ? 'No exchange is known, so a session is a day of UTC.'
      : why === null
        ? `Sessions are those of ${exchange}.`
        : `Sessions are those of ${exchange}, as it seems: ${why}`;
  const text =
    seconds >= 86_400
      ? `${shortList(files)}: each bar of ${lengthInWords(seconds)} lasts from the open to the close of ${exchange}.`
      : `${shortList(files)}: bars of ${lengthInWords(seconds)}, ${clocks}; ${stamps}. ${sessions} If that is wrong, say zone, exchange or stamp of the file.`;
  return info(text);
}

/** Stamps of ends that were taken for those of beginnings. */
export const stampsLookLikeEnds = (files: readonly string[], sessions: number): Note =>
  warning(
    `${shortList(files)}: times look like the ends of bars. In ${sessions === 1 ? 'one session' : `${sessions} sessions`} there is one at the close and none at the open. If so, say that the stamp is the end: taken for beginnings, bars are known later than they were.`,
  );
