/** Whatever stands in a query, it changes nothing that runs read. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const found = { search: null, walkForward: null };
const files = ['bars.csv', 'macro.csv'].map((name) => ({
  name,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${name}`)]),
}));

/** What breaks out, hides or changes something, in any order. */
const pieces = [
  ...['SELECT 1', 'SELECT * FROM (', 'FROM bars', 'WITH x AS (', 'LIMIT 1', '*'],
  ...['(', ')', ';', ',', '\n', '--', '/*', '*/', "'", '"', '$$', "E'\\'", '\u0000', '“'],
  ...[
    'COMMIT',
    'ROLLBACK',
    'BEGIN',
    'USE memory',
    'SET schema = main',
    'EXECUTE x',
    'PREPARE x AS',
  ],
  ...['DROP TABLE lab.main.imported_bars', 'DROP TABLE trades', 'TRUNCATE lab.main.symbols'],
  ...['UPDATE lab.main.imported_bars SET close = 1', 'DELETE FROM lab.main.imported_bars'],
  ...["INSERT INTO lab.main.symbols VALUES (9, 'X')", 'ALTER TABLE lab.main.macro RENAME TO y'],
  ...['CREATE OR REPLACE MACRO lab.main.scaled(a) AS 1', 'CREATE TABLE lab.main.z AS'],
  ...['SET VARIABLE padding = 0', "PRAGMA debug_window_mode='window'", 'DETACH console'],
];
const text = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(' '));

it('answers or refuses, and a run afterwards has the same digests', async () => {
  const engine = await startNodeEngine();
  const lab = createLab(() => Promise.resolve(engine));
  unwrap(await lab.importFiles(files, quiet));
  const before = unwrap(await lab.run(sampleStudy(), quiet));
  const whole = async () =>
    String(
      await engine.query(
        `SELECT (SELECT sum(hash(b)) FROM imported_bars AS b) AS bars, (SELECT sum(hash(s)) FROM symbols AS s) AS symbols,
                (SELECT sum(hash(m)) FROM macro AS m) AS macro,
                (SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM duckdb_tables() WHERE database_name = 'memory') AS tables`,
      ),
    );
  const state = await whole();
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const reply = await lab.queryRun(given, found, quiet);
      if (!reply.ok) expect([given, reply.error.kind]).toEqual([given, 'query']);
      expect(await whole()).toBe(state);
    }),
    { numRuns: 200, seed: 15 },
  );
  expect(unwrap(await lab.run(sampleStudy(), quiet)).digests).toEqual(before.digests);
});
