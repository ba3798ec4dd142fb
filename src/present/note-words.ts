import type { ReviewNote } from '../domain/link/payload.ts';
import { type Study, titleAt } from '../domain/study/study.ts';

/** The number of the trade, from 0, that a note is pinned to; null where it is pinned to something else. */
export function tradeOf({ at }: ReviewNote): number | null {
  const found = /^\/trades\/(\d+)$/.exec(at);
  return found === null ? null : Number(found[1]);
}

/** What a note is pinned to, in words. */
export function subjectOf(note: ReviewNote, study: Study): string {
  if (note.at === '/') return 'The whole run';
  const trade = tradeOf(note);
  if (trade !== null) return `Trade ${trade + 1}`;
  return titleAt(study, note.at.replace(/^\/study/, ''));
}
