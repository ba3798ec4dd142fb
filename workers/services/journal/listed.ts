import { type ListedRun, type RunFilter } from '../../../src/domain/journal.ts';
import { leastSessions } from '../../../src/domain/metrics/annualised.ts';
import { strategies } from '../../../src/domain/strategies/registry.ts';
import { runChanges } from '../../../src/present/run-changes.ts';
import { type FoundRunRow, journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { SqliteDatabase } from '../../engines/sqlite.ts';
import { marksOf, summaryOf } from './rows.ts';

/** One page of the runs that a filter lets through, and how many there are on all pages. */
export function listed(
  database: SqliteDatabase,
  { by, text, starred }: RunFilter,
  limit: number,
  offset: number,
): { readonly runs: readonly ListedRun[]; readonly found: number } {
  const wanted = text.trim().toLowerCase();
  const titled = strategies.filter(({ title }) => title.toLowerCase().includes(wanted));
  const rows = database.rows(journalSql.runs, {
    by,
    text: wanted,
    strategies: JSON.stringify(titled.map(({ id }) => id)),
    starred: starred ? 1 : 0,
    least: leastSessions,
    limit,
    offset,
  });
  return { runs: rows.map((row) => listedRun(database, row)), found: rows[0]?.found ?? 0 };
}

function listedRun(database: SqliteDatabase, row: FoundRunRow): ListedRun {
  const { own_name: name, tags, starred } = row;
  return {
    ...summaryOf(row),
    marks: marksOf({ name, tags, starred }),
    changes: changesOf(database, row),
  };
}

/** By two studies and whether they ran on the same data: a list is asked for again at every change. */
const known = new Map<string, string>();
const mostKnown = 1000;

function changesOf(database: SqliteDatabase, row: FoundRunRow): string {
  const { made_at, strategy, study, settings, fingerprint } = row;
  const [found] = database.rows(journalSql.runBefore, { made_at, strategy });
  const sameData = found?.fingerprint === fingerprint;
  const key = `${study} ${found?.digest ?? ''} ${sameData}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const words = runChanges(
    JSON.parse(settings),
    found === undefined ? null : { study: JSON.parse(found.study), sameData },
  );
  if (known.size >= mostKnown) known.clear();
  known.set(key, words);
  return words;
}
