import { fileStorage } from '../../workers/engines/sqlite-node.ts';
import { startSqlite } from '../../workers/engines/sqlite.ts';
import { createJournal } from '../../workers/services/journal/journal.ts';
import { memoryStorage } from '../../workers/services/journal/storage.ts';
import { type LedgerFacts, trialOfRun, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import { unwrap } from '../wire/errors.ts';
import type { RunResult } from '../wire/lab.ts';

export type OpenLedger = ReturnType<typeof openLedger>;

/** The trial ledger in a file, or of this call alone. */
export function openLedger(path: string | undefined) {
  const journal = createJournal(startSqlite, () =>
    Promise.resolve(path === undefined ? memoryStorage() : fileStorage(path)),
  );
  return {
    /** Counts a run and the trials of a search, each distinct one once. */
    async record(result: RunResult, search: SearchResult | null): Promise<void> {
      const trials = [trialOfRun(result), ...(search === null ? [] : trialsOfSearch(search))];
      const madeAt = new Date().toISOString();
      unwrap(await journal.recordTrials(result.fingerprint, trials, madeAt));
    },
    async facts(fingerprint: string): Promise<LedgerFacts> {
      return unwrap(await journal.ledger(fingerprint));
    },
  };
}
