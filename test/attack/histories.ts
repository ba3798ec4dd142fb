import { startSqlite } from '../../workers/engines/sqlite.ts';
import { memoryStorage } from '../../workers/services/journal/storage.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { newKey } from '../../workers/services/journal/seal.ts';
import { encrypt } from '../../workers/services/journal/sqlcipher.ts';
import { hex, journalOn, runAt } from '../unit/journal/journals.ts';
import type { Attack } from './attack.ts';
import { damagedBytes } from './damage.ts';
import { slipInValues } from './lab.ts';
import { outcomeOf } from './outcome.ts';

/** What a stranger with SQLite could do to a journal; `x` is any of these values. */
const statements = [
  ...[
    'id',
    'made_at',
    'study',
    'fingerprint',
    'dataset',
    'engine',
    'trades_digest',
    'metrics',
    'labels',
  ].map((column) => `UPDATE runs SET ${column} = x`),
  ...['curve_days', 'curve_equity'].map((column) => `UPDATE runs SET ${column} = x`),
  ...['digest', 'name', 'study'].map((column) => `UPDATE studies SET ${column} = x`),
  ...['sharpe', 'sessions', 'first_seen', 'digest'].map(
    (column) => `UPDATE trials SET ${column} = x`,
  ),
  ...['packed', 'run'].map((column) => `UPDATE curves SET ${column} = x`),
  ...['tags', 'starred', 'run'].map((column) => `UPDATE marks SET ${column} = x`),
  `UPDATE marks SET name = printf('%.*c', 300, 'n')`,
  'UPDATE pins SET place = x',
  ...[
    'DELETE FROM studies',
    'DELETE FROM runs',
    'DELETE FROM trials',
    'DROP TABLE trials',
    'ALTER TABLE runs ADD z',
  ],
  ...[
    'CREATE TRIGGER t AFTER INSERT ON trials BEGIN DELETE FROM runs; END',
    'CREATE VIEW v AS SELECT 1',
  ],
  ...[
    'PRAGMA user_version = x',
    'PRAGMA application_id = x',
    'DROP TABLE runs; CREATE VIEW runs AS SELECT * FROM trials',
  ],
];
const values = [
  ...[
    "''",
    "'x'",
    'NULL',
    '0',
    '-1',
    '1.5',
    '9e999',
    '1e308',
    "x'00'",
    "x'ffffffffffffff7f'",
    'zeroblob(100000)',
  ],
  ...[
    "'[]'",
    "'{}'",
    "'[1'",
    '\'[{"id":"sharpe","label":"a","unit":"ratio","value":1e999}]\'',
    "'2026-02-30T00:00:00.000Z'",
  ],
  ...['\'{"name":1}\'', "printf('%.*c', 100000, '[')", 'char(0, 8238, 27)', '2147483648', "'NaN'"],
];

const passphrase = 'passphrase';

/** Everything that can be asked of a journal, put into words. */
async function wrongInJournal(journal: ReturnType<typeof journalOn>): Promise<string | null> {
  const { runs, total, pinned } = unwrap(await journal.runs(1000, 0));
  const ids = runs.map(({ id }) => id);
  const studies = unwrap(await journal.studies(ids));
  const curves = unwrap(await journal.curves(ids));
  const ledger = unwrap(await journal.ledger(hex('f')));
  const compared = ids.length > 1 ? unwrap(await journal.compareSharpe(ids)) : [];
  if (total !== runs.length) return `It lists ${runs.length} of ${total} runs.`;
  if (curves.some((curve) => curve?.equity.every(Number.isFinite) === false))
    return 'A curve has no number.';
  return slipInValues({ runs, pinned, studies, ledger, compared });
}

export const histories: Attack = {
  name: 'histories',
  what: 'histories (SQLite) with damaged bytes, or rows and tables of a stranger’s, found in the browser’s storage or imported',
  cases: 1800,
  sample: 80,
  async begin() {
    const sqlite = await startSqlite();
    const sound = journalOn();
    for (const minute of [1, 2, 3]) unwrap(await sound.recordRun(runAt(minute)));
    const [{ id } = { id: '' }] = unwrap(await sound.runs(1, 0)).runs;
    unwrap(await sound.pin(id));
    unwrap(await sound.mark(id, { name: 'One', tags: ['a', 'b'], starred: true }));
    const image = unwrap(await sound.image());
    const key = await newKey(passphrase);
    const sealed = await encrypt(image, key);
    return async ({ stream, place }) => {
      const sql = `PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${statements[stream.below(statements.length)]!}`;
      const set = sql.replace(/ x$/, ` ${values[stream.below(values.length)]!}`);
      const isTampered = place % 3 === 0;
      const isSealed = place % 10 >= 8; // A passphrase takes its time.
      const found = isTampered ? tampered(set) : damagedBytes(stream, isSealed ? sealed : image);
      const bytes = isSealed && isTampered ? await encrypt(found, key) : found;
      const isStored = place % 2 === 0;
      const work = async (): Promise<string | null> => {
        const storage = memoryStorage();
        if (isStored) {
          await storage.write(bytes);
          const journal = journalOn(storage);
          unwrap(await (isSealed ? journal.unlock(passphrase) : journal.open()));
          return (await wrongInJournal(journal)) ?? wrongInJournal(journal);
        }
        const journal = journalOn(storage);
        unwrap(await journal.recordRun(runAt(9)));
        const merged = await journal.merge(bytes, isSealed ? passphrase : undefined);
        const wrong = await wrongInJournal(journal);
        const { total } = unwrap(await journal.runs(1, 0));
        if (!merged.ok && total !== 1) return 'It was refused, and has changed the history.';
        unwrap(merged);
        return wrong;
      };
      const how = `${isStored ? 'stored' : 'imported'}${isSealed ? ', encrypted' : ''}`;
      const tried = `${how}: ${isTampered ? set : 'damaged bytes'}`;
      return { tried, outcome: await outcomeOf(work, 'data') };
    };

    /** The journal after some SQL; what SQLite itself refuses leaves it as it is. */
    function tampered(sql: string): Uint8Array {
      const database = sqlite.open(image);
      try {
        database.script(sql);
      } catch {
        // The schema holds against this one.
      }
      return database.image();
    }
  },
};
