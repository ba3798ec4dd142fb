import { fileStorage } from '../../workers/engines/sqlite-node.ts';
import { startSqlite } from '../../workers/engines/sqlite.ts';
import { createJournal } from '../../workers/services/journal/journal.ts';
import { memoryStorage } from '../../workers/services/journal/storage.ts';
import { type LedgerFacts, trialOfRun, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import { unwrap } from '../wire/errors.ts';
import type { Reply, RunResult } from '../wire/lab.ts';

export type OpenLedger = ReturnType<typeof openLedger>;

/** The trial ledger in a file, or of this call alone. */
export function openLedger(path: string | undefined) {
  const journal = createJournal(startSqlite, () =>
    Promise.resolve(path === undefined ? memoryStorage() : fileStorage(path)),
  );
  const answered = <T>(reply: Reply<T>): T =>
    unwrap(path === undefined ? reply : placed(reply, path));
  return {
    /** Counts a run and the trials of a search, each distinct one once. */
    async record(result: RunResult, search: SearchResult | null): Promise<void> {
      const trials = [trialOfRun(result), ...(search === null ? [] : trialsOfSearch(search))];
      const madeAt = new Date().toISOString();
      answered(await journal.recordTrials(result.fingerprint, trials, madeAt));
    },
    async facts(fingerprint: string): Promise<LedgerFacts> {
      return answered(await journal.ledger(fingerprint));
    },
  };
}

/** A failure of the journal in the words of whoever named a file with --ledger. */
function placed<T>(reply: Reply<T>, file: string): Reply<T> {
  if (reply.ok) return reply;
  const { kind, problem, cause = '' } = reply.error;
  const system = /^E[A-Z]+(?=: )/.exec(cause)?.[0];
  const place = { ...reply.error.place, file };
  const other = 'Name another file with --ledger, or none; this one is left as it is.';
  if (system !== undefined) {
    const said = `The trial ledger cannot be read or written there (${system}).`;
    return { ok: false, error: { kind: 'usage', problem: said, remedy: other, place } };
  }
  if (kind !== 'data') return { ok: false, error: { ...reply.error, place } };
  return cause === ''
    ? {
        ok: false,
        error: {
          kind,
          problem,
          remedy: 'Use the newest Outsample; the file is left as it is.',
          place,
        },
      }
    : {
        ok: false,
        error: {
          kind,
          problem: `This is no trial ledger of Outsample, or it is damaged: ${sentence(cause)}`,
          remedy: other,
          place,
        },
      };
}

const sentence = (cause: string): string => (/[.!?]$/.test(cause) ? cause : `${cause}.`);
