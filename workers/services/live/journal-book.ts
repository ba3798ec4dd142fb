import type { LiveBook, LiveState } from '../../../src/domain/live/account.ts';
import { noPaper } from '../../../src/domain/live/paper.ts';
import { unwrap } from '../../../src/wire/errors.ts';
import type { JournalService } from '../../../src/wire/journal.ts';
import type { PaperStore } from './paper.ts';

/** A live account in the journal. */
export const journalBook = (journal: JournalService, id: string): LiveBook => ({
  load: async (): Promise<LiveState> => unwrap(await journal.live(id)),
  write: async (all, at) => void unwrap(await journal.writeLive(id, { intents: { at, all } })),
  fill: async (fills) => void unwrap(await journal.writeLive(id, { fills })),
  note: async (event) => void unwrap(await journal.writeLive(id, { event })),
});

/** The paper account that belongs to it. */
export const journalPaper = (journal: JournalService, id: string): PaperStore => ({
  load: async () => unwrap(await journal.paper(id)) ?? noPaper,
  save: async (paper) => void unwrap(await journal.writeLive(id, { paper })),
});
