import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journalMigrations, journalSql } from '../../../src/sql/journal/catalogue.ts';
import { namedQueries } from '../../../src/sql/sql.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';
import { openJournal } from '../../../workers/services/journal/open.ts';

const database = openJournal(await startSqlite(), null);
const folder = 'src/sql/journal';

describe('the catalogue of the journal', () => {
  it('holds every query of every .sql file of the folder, and no other', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    const texts = files.flatMap((name) => {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      return name.startsWith('migration_') ? [text] : [...namedQueries(text).values()];
    });
    const known = [...Object.values(journalSql).map(({ text }) => text), ...journalMigrations];
    expect(texts.toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.entries(journalSql))('%s is planned by the shipped engine', (_, { text }) => {
    const plan = text.startsWith('PRAGMA') ? text : `EXPLAIN ${text}`;
    expect(database.rows({ text: plan }, {}).length).toBeGreaterThan(0);
  });

  it.each([
    'runBefore',
    'markOfRun',
    'ledger',
    'run',
    'studyOfRun',
    'curveOfRun',
    'pinnedRuns',
  ] as const)('%s reads by an index', (name) => {
    const text = `EXPLAIN QUERY PLAN ${journalSql[name].text}`;
    const plan = database.rows({ text }, {});
    const steps = plan.map(({ detail }) => detail).join('\n');
    expect(steps).toMatch(/INDEX|PRIMARY KEY/);
    expect(steps).not.toContain('TEMP B-TREE');
  });
});
