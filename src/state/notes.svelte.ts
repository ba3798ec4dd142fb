import type { ReviewNote } from '../domain/link/payload.ts';

export { tradeOf } from '../present/note-words.ts';

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
