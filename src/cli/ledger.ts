import { startNodeSqlite } from '../../workers/engines/sqlite-start-node.ts';
import { createJournal } from '../../workers/services/journal/journal.ts';
import { memoryStorage } from '../../workers/services/journal/storage.ts';
import { LabError } from '../domain/errors.ts';
import type { Told } from '../domain/monitoring/notices.ts';
import { type LedgerFacts, trialOfRun, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import { unwrap } from '../wire/errors.ts';
import type { RunResult } from '../wire/lab.ts';
import type { JournalOptions } from './journal-options.ts';
import { type JournalFile, journalFile, unlocked } from './journal.ts';
import { asking } from './passphrase.ts';

export interface OpenLedger {
  /** Counts a run and the trials of a search, each distinct one once. */
  record(result: RunResult, search: SearchResult | null): Promise<void>;
  facts(fingerprint: string): Promise<LedgerFacts>;
  /** What was told of a study before; null where nothing was. */
  told(study: string): Promise<Told | null>;
  tell(study: string, told: Told): Promise<void>;
}

/**
 * The trial ledger of a journal in a file, or of this call alone. Opened before the work, and its passphrase asked for: a file
 * that is no journal, or cannot be written, is refused here.
 */
export async function openLedger(options: JournalOptions): Promise<OpenLedger> {
  const { journal, ledger, passphraseFd } = options;
  if (journal !== undefined && ledger !== undefined) throw both();
  const path = journal ?? ledger;
  if (path === undefined) return onJournal(ofThisCall());
  const file = await journalFile(path, journal === undefined ? '--ledger' : '--journal');
  await unlocked(file, path, asking(passphraseFd));
  return onJournal(file);
}

const ofThisCall = (): Pick<JournalFile, 'service' | 'kept'> => ({
  service: createJournal(startNodeSqlite, () => Promise.resolve(memoryStorage())),
  kept: async (reply) => unwrap(await reply),
});

export const onJournal = ({
  service,
  kept,
}: Pick<JournalFile, 'service' | 'kept'>): OpenLedger => ({
  record: async (result, search) => {
    const trials = [trialOfRun(result), ...(search === null ? [] : trialsOfSearch(search))];
    const madeAt = new Date().toISOString();
    await kept(service.recordTrials(result.fingerprint, trials, madeAt));
  },
  facts: (fingerprint) => kept(service.ledger(fingerprint)),
  told: (study) => kept(service.told(study)),
  tell: async (study, told) => {
    await kept(service.tell(study, told));
  },
});

const both = (): LabError =>
  new LabError({
    kind: 'usage',
    problem: '--journal and --ledger are two names of one option.',
    remedy: 'Leave one out.',
  });
