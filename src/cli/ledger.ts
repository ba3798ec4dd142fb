import { fileStorage } from '../../workers/engines/sqlite-node.ts';
import { startNodeSqlite as startSqlite } from '../../workers/engines/sqlite-start-node.ts';
import { createJournal } from '../../workers/services/journal/journal.ts';
import { memoryStorage } from '../../workers/services/journal/storage.ts';
import { LabError } from '../domain/errors.ts';
import { type LedgerFacts, trialOfRun, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { JournalService } from '../wire/journal.ts';
import { unwrap } from '../wire/errors.ts';
import type { Reply, RunResult } from '../wire/lab.ts';
import { orElsewhere } from './outputs.ts';

export interface OpenLedger {
  /** Counts a run and the trials of a search, each distinct one once. */
  record(result: RunResult, search: SearchResult | null): Promise<void>;
  facts(fingerprint: string): Promise<LedgerFacts>;
}

/**
 * The trial ledger in a file, or of this call alone. Opened before the work: a file that is no ledger, or cannot be
 * written, is refused here.
 */
export async function openLedger(path: string | undefined): Promise<OpenLedger> {
  if (path === undefined) return onJournal(createJournal(startSqlite, memory), unwrapped);
  const storage = fileStorage(path);
  const journal = createJournal(startSqlite, () => Promise.resolve(storage));
  const kept = <T>(reply: Promise<Reply<T>>): Promise<T> =>
    orElsewhere(
      '--ledger',
      unwrapped(reply).catch((error: unknown) => about(path, error)),
    );
  await kept(journal.open());
  await orElsewhere('--ledger', storage.check());
  return onJournal(journal, kept);
}

const memory = () => Promise.resolve(memoryStorage());
const unwrapped = async <T>(reply: Promise<Reply<T>>): Promise<T> => unwrap(await reply);

const onJournal = (
  journal: JournalService,
  kept: <T>(reply: Promise<Reply<T>>) => Promise<T>,
): OpenLedger => ({
  record: async (result, search) => {
    const trials = [trialOfRun(result), ...(search === null ? [] : trialsOfSearch(search))];
    const madeAt = new Date().toISOString();
    await kept(journal.recordTrials(result.fingerprint, trials, madeAt));
  },
  facts: (fingerprint) => kept(journal.ledger(fingerprint)),
});

/** The journal’s errors speak of a browser’s history; here it is a file. */
function about(file: string, error: unknown): never {
  if (!(error instanceof LabError) || error.data.kind !== 'data') throw error;
  const { problem, cause } = error.data;
  throw new LabError({
    kind: 'data',
    ...(cause === undefined
      ? { problem, remedy: 'Use the newest Outsample; the file is left as it is.' } // It is too new.
      : {
          problem: `This is no trial ledger of Outsample, or it is damaged: ${sentence(cause)}`,
          remedy: 'Name another file with --ledger, or none; this one is left as it is.',
        }),
    place: { file },
    cause,
  });
}

const sentence = (cause: string): string => (/[.!?]$/.test(cause) ? cause : `${cause}.`);
