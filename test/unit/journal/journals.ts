/** What the journal's tests share: real SQLite, a storage that outlives a journal, and runs to record. */
import type { JournalService, RunRecord } from '../../../src/wire/journal.ts';
import { unwrap } from '../../../src/wire/errors.ts';
import type { Reply } from '../../../src/wire/lab.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';
import { createJournal } from '../../../workers/services/journal/journal.ts';
import { type JournalStorage, memoryStorage } from '../../../workers/services/journal/storage.ts';

export const hex = (digit: string): string => digit.repeat(64);

/** A journal as a tab opens it. */
export const journalOn = (storage: JournalStorage = memoryStorage()): JournalService =>
  createJournal(startSqlite, () => Promise.resolve(storage));

export const said = async <T>(reply: Promise<Reply<T>>): Promise<T> => unwrap(await reply);

/** The error of a reply that must fail. */
export async function refusal(reply: Promise<Reply<unknown>>) {
  const answer = await reply;
  if (answer.ok) throw new Error('It was not refused.');
  return answer.error;
}

/** A run of three sessions, made at that minute. */
export function runAt(minute: number, differs: Partial<RunRecord> = {}): RunRecord {
  const name = `Run ${minute}`;
  return {
    madeAt: `2026-01-31T12:${String(minute).padStart(2, '0')}:00.000Z`,
    study: JSON.stringify({ name, seed: minute, strategy: { id: 'harvester', parameters: {} } }),
    fingerprint: hex('f'),
    dataset: 'bars.csv',
    engine: '0.2.0',
    digests: { trades: hex('1'), equity: hex('2'), metrics: hex('3') },
    metrics: [
      { id: 'sharpe', label: 'Sharpe ratio', unit: 'ratio', value: 1.25 },
      { id: 'calmar', label: 'Calmar', unit: 'ratio', value: null, reason: 'No drawdown.' },
    ],
    labels: ['Synthetic'],
    equity: { day: Int32Array.of(1, 2, 3), equity: Float64Array.of(100, 101, 99) },
    trial: { digest: hex(String(minute % 10)), sharpe: 0.1, sessions: 3 },
    ...differs,
  };
}
