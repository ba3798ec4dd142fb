import type { ReviewNote } from '../domain/link/payload.ts';
import { type Study, titleAt } from '../domain/study/study.ts';

/** Remarks on a run, pinned to the whole of it, to a setting or to a trade; they travel with its link. */
export class NotesState {
  list = $state.raw<readonly ReviewNote[]>([]);

  constructor(list: readonly ReviewNote[] = []) {
    this.list = list;
  }

  add(note: ReviewNote): void {
    this.list = [...this.list, note];
  }

  /** What is said on the setting at this path, a JSON pointer into the study. */
  onSetting(path: string): readonly string[] {
    return this.list.filter(({ at }) => at === `/study${path}`).map(({ text }) => text);
  }

  remove(index: number): void {
    this.list = this.list.filter((_, i) => i !== index);
  }
}

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
