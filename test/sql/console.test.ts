/** What a person asks in SQL, on the real engine: the tables, all that must be refused, and how answers are told. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Found, QueryAnswer } from '../../src/domain/query.ts';
import { longestCell, mostRows } from '../../src/domain/query.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { queryExamples } from '../../src/present/query-examples.ts';
import { foldsTable } from '../../src/present/tables/folds.ts';
import { trialsTable } from '../../src/present/tables/trials.ts';
import { refusedFunctions } from '../../src/sql/console/statements.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, RunResult } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';
import { csvTextOf, textOf } from '../pieces.ts';

const quiet = (): void => undefined;
const files = ['bars.csv', 'macro.csv'].map((name) => ({
  name,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${name}`)]),
}));
const nothing: Found = { search: null, walkForward: null };

let engine: Engine;
let lab: LabService;
let run: RunResult;
beforeAll(async () => {
  engine = await startNodeEngine();
  lab = createLab(() => Promise.resolve(engine));
  unwrap(await lab.importFiles(files, quiet));
  run = unwrap(await lab.run(sampleStudy(), quiet));
});

const ask = async (text: string, found = nothing): Promise<QueryAnswer> =>
  unwrap(await lab.queryRun(text, found, quiet));
const refusal = async (text: string, found = nothing) => {
  const reply = await lab.queryRun(text, found, quiet);
  return reply.ok ? null : reply.error;
};
const csv = ({ columns, cells }: QueryAnswer): Promise<string> =>
  csvTextOf({ columns, parts: [cells] });
const row = ({ cells }: QueryAnswer, i = 0): unknown[] => cells.map((column) => column[i]);

describe('tables', () => {
  it.each(['trades', 'equity', 'features'] as const)('%s are those of the file', async (name) => {
    const file = await textOf(unwrap(await lab.exportRun(`${name}.csv`, quiet)).content);
    expect((await csv(await ask(`FROM ${name}`))) === file).toBe(true);
  });

  it('bars are what runs read, in order', async () => {
    const answer = await ask(
      'SELECT symbol, count(*), min(date), max(date) FROM bars GROUP BY 1 ORDER BY 1',
    );
    expect(await csv(answer)).toBe(
      'symbol,count_star(),min(date),max(date)\r\nNASDAQ,1258,2014-01-02,2018-12-31\r\nSP500,1258,2014-01-02,2018-12-31\r\n',
    );
    expect((await ask('FROM bars SELECT symbol LIMIT 1')).cells[0]).toEqual(['NASDAQ']);
    expect((await ask('SELECT DISTINCT series FROM macro ORDER BY 1')).cells[0]).toEqual([
      'INDEX',
      'OIL',
      'VIX',
    ]);
  });

  it('trials and folds are those of the files, once there are some', async () => {
    expect(await refusal('FROM trials')).toMatchObject({
      kind: 'query',
      remedy: 'Run a search first.',
    });
    const validation = {
      walkForward: { train: 24, test: 12, minimumTrades: 1 },
      search: { parameters: [{ path: '/strategy/parameters/entryThreshold', values: [2, 3] }] },
    };
    const study = { ...sampleStudy(), validation };
    const search = unwrap(await lab.search(study, quiet));
    const walkForward = unwrap(await lab.walkForward(study, quiet));
    const found = { search, walkForward };
    for (const { text } of queryExamples)
      expect((await ask(text, found)).columns.length).toBeGreaterThan(1);
    expect(await csv(await ask('FROM trials', found))).toBe(await csvTextOf(trialsTable(search)));
    expect(await csv(await ask('FROM folds', found))).toBe(
      await csvTextOf(foldsTable(walkForward)),
    );
  });

  it('attention says from when it is known, and nothing of the dataset before is left', async () => {
    const own = createLab(() => Promise.resolve(engine));
    const file = (name: string, text: string) => ({ name, content: new Blob([text]) });
    const given = [
      file(
        'bars.csv',
        'date,symbol,open,high,low,close\n2020-01-02,A,1,1,1,1\n2020-01-03,A,1,1,1,1\n',
      ),
      file('attention.csv', 'date,symbol,attention\n2020-01-01,A,7\n2020-01-02,A,8\n'),
    ];
    unwrap(await own.importFiles(given, quiet));
    expect(await csv(unwrap(await own.query('FROM attention', nothing, quiet)))).toBe(
      'symbol,date,known,value\r\nA,2020-01-01,2020-01-02,7\r\nA,2020-01-02,2020-01-03,8\r\n',
    );
    expect(await own.query('FROM macro', nothing, quiet)).toMatchObject({ ok: false });
    unwrap(await lab.importFiles(files, quiet));
    expect(await lab.query('FROM trades', nothing, quiet)).toMatchObject({ ok: false });
    unwrap(await lab.run(sampleStudy(), quiet));
  });

  it('a table that is not there says what makes it', async () => {
    const fresh = createLab(() => Promise.resolve(engine));
    unwrap(await fresh.importFiles(files, quiet));
    const reply = await fresh.query('FROM trades', nothing, quiet);
    expect(reply).toMatchObject({ ok: false, error: { remedy: 'Run the study first.' } });
    expect(await refusal('FROM attention')).toMatchObject({
      remedy: 'The data have no attention series: add a file of them.',
    });
    expect(await refusal('FROM imported_bars')).toMatchObject({
      problem: 'Table with name imported_bars does not exist!',
      remedy: expect.stringContaining('The tables are bars, ') as string,
    });
  });
});

const hostile = [
  'DROP TABLE lab.main.imported_bars',
  'DELETE FROM lab.main.imported_bars',
  'UPDATE lab.main.imported_bars SET close = 1',
  'CREATE TABLE mine AS SELECT 1',
  'CREATE OR REPLACE TEMP VIEW bars AS SELECT 1',
  "COPY (SELECT 1) TO 'import/x.csv'",
  "EXPORT DATABASE 'import/x'",
  "ATTACH ':memory:' AS other",
  'DETACH console',
  'USE memory',
  'INSTALL json',
  'LOAD json',
  "PRAGMA memory_limit='1GB'",
  'SET threads = 2',
  'SET VARIABLE padding = 0',
  'COMMIT',
  'CHECKPOINT',
  'VACUUM',
  'CALL enable_logging()',
  'SELECT 1; DROP TABLE lab.main.imported_bars',
  'SELECT 1); DROP TABLE lab.main.imported_bars; SELECT * FROM (SELECT 1',
  'SELECT 1); COMMIT; DROP TABLE lab.main.imported_bars; --',
  'SELECT 1\n); DROP TABLE lab.main.imported_bars; /*',
  'WITH x AS (DELETE FROM lab.main.imported_bars RETURNING *) FROM x',
  'FROM (INSERT INTO lab.main.imported_bars SELECT * FROM lab.main.imported_bars RETURNING *)',
  "FROM read_csv('/etc/passwd')",
  "FROM 'https://example.org/bars.parquet'",
  "FROM '/etc/passwd'",
  "FROM read_blob('import/../../etc/passwd')",
  'FROM "read_text" (\'/etc/hostname\')',
  "FROM read_text/**/('/etc/hostname')",
  "FROM glob('*')",
  "FROM query('SELECT ' || '* FROM enable_logging()')",
  "SELECT write_log('x')",
  'FROM enable_logging()',
  'FROM arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)',
  'SELECT kernel_sum(1.0::DOUBLE, 0.0::DOUBLE, 1.0::DOUBLE, 1.0::DOUBLE)',
];

it('nothing but reading: hostile statements are refused and leave the same digests', async () => {
  for (const text of hostile) {
    const error = await refusal(text);
    expect([text, error?.kind, error?.code]).toEqual([text, 'query', undefined]);
    expect(error?.remedy).toBeTruthy();
  }
  expect(row(await ask('SELECT count(*) FROM bars'))).toEqual([2516]);
  expect(
    (await ask('FROM duckdb_databases() SELECT database_name WHERE NOT internal ORDER BY 1'))
      .cells[0],
  ).toEqual(['console', 'lab', 'memory']);
  expect(unwrap(await lab.run(sampleStudy(), quiet)).digests).toEqual(run.digests);
});

it('every function of the engine that a FROM can call is known: refused, or one that only reads', async () => {
  const answer = await ask(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'table' ORDER BY 1",
  );
  const reads =
    /^(duckdb_\w+|pragma_\w+|range|generate_series|unnest|repeat|repeat_row|summary|test_all_types|test_vector_types|which_secret)$/;
  const refused: readonly string[] = refusedFunctions;
  const names = answer.cells[0] as string[];
  expect(names.filter((name) => !reads.test(name) && !refused.includes(name))).toEqual([]);
  const effects = await ask(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar' AND has_side_effects ORDER BY 1",
  );
  expect(effects.cells[0]).toEqual([
    ...['current_connection_id', 'current_query', 'current_query_id', 'current_transaction_id'],
    ...['currval', 'error', 'gen_random_uuid', 'nextval', 'random', 'setseed', 'stats'],
    ...['uuid', 'uuidv4', 'uuidv7', 'write_log'],
  ]);
  const kernels = await ask(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_name LIKE 'kernel%' ORDER BY 1",
  );
  expect(kernels.cells[0]).toEqual(refused.filter((name) => name.startsWith('kernel')).sort());
});

describe('answers', () => {
  it('has all types as words, numbers, days or flags', async () => {
    const answer = await ask('FROM test_all_types()');
    expect(answer.columns.length).toBeGreaterThan(50);
    for (const [c, cells] of answer.cells.entries())
      for (const cell of cells)
        expect([answer.columns[c]!.type, cell === null || typeof cell !== 'object']).toEqual([
          answer.columns[c]!.type,
          true,
        ]);
    const told = await ask(
      "SELECT [1, 2], {'a': DATE '2020-01-02'}, MAP {'k': 1}, INTERVAL 3 DAY, '\\xAA'::BLOB, TIMESTAMP '2020-01-02 03:04:05', NULL",
    );
    expect(row(told)).toEqual([
      ...['[1, 2]', "{'a': 2020-01-02}", '{k=1}', '3 days', '\\xAA', '2020-01-02 03:04:05', null],
    ]);
  });

  it('never rounds: what a double does not hold stays as text, to the right', async () => {
    const answer = await ask(
      'SELECT 9007199254740993 AS big, 12.50::DECIMAL(9,2) AS exact, 1::DECIMAL(38,30) / 3 AS third, 0.1 + 0.2e0 AS sum, 5000000000 AS wide',
    );
    expect(row(answer)).toEqual(['9007199254740993', 12.5, expect.anything(), 0.1 + 0.2, 5e9]);
    expect(answer.columns.map(({ stored }) => stored).filter((_, i) => i !== 2)).toEqual([
      ...['text', 'double', 'double', 'double'],
    ]);
    expect(answer.columns.every(({ isNumber }) => isNumber)).toBe(true);
  });

  it('tells columns of one name apart and takes any name', async () => {
    const answer = await ask(`SELECT 1 AS a, 2 AS a, 3 AS "A", 4 AS "it's ""so"", 100 %"`);
    expect(answer.columns.map(({ name }) => name)).toEqual(['a', 'a_1', 'A_2', `it's "so", 100 %`]);
  });

  it('gives the first rows and says that there are more, keeps the order, and cuts long cells', async () => {
    const many = await ask('SELECT i FROM range(20000) t(i) ORDER BY i DESC;');
    expect([many.rows, many.isAll, many.cells[0]![0]]).toEqual([mostRows, false, 19999]);
    const long = await ask("SELECT repeat('x', 5000) AS x");
    expect([String(row(long)[0]).length, long.cut, long.isAll]).toEqual([longestCell + 1, 1, true]);
    const wide = `SELECT ${Array.from({ length: 501 }, (_, i) => `${i} AS c${i}`).join(', ')}`;
    expect(await refusal(wide)).toMatchObject({ kind: 'query' });
  });

  it.each([
    ['SELECT\n  symbl\nFROM bars', { line: 2, column: '3', offset: 9 }, 'Did you mean "symbol"?'],
    ['SELECT 1 +', undefined, 'Mend it'],
    [
      `SELECT ${'1 + '.repeat(60)}closee FROM bars`,
      { line: 1, column: '248', offset: 247 },
      'Did you mean',
    ],
    ["SELECT 'x'::INTEGER", { line: 1 }, 'TRY_CAST'],
    ['SELECT flor(1.5)', { line: 1, column: '8', offset: 7 }, 'Did you mean "floor"?'],
    ['  ', undefined, 'FROM bars'],
  ])('says where %s fails, and the remedy', async (text, place, remedy) => {
    const error = await refusal(text);
    expect(error).toMatchObject({
      kind: 'query',
      remedy: expect.stringContaining(remedy) as string,
    });
    if (place) expect(error?.place).toMatchObject(place);
    expect(error?.problem).not.toContain('LINE');
  });
});

it('stops on a cancel, and the lab goes on', async () => {
  const waiting = lab.queryRun('SELECT count(*) FROM range(1000000000000)', nothing, () => {
    setTimeout(() => lab.cancel(), 50);
  });
  expect(await waiting).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(row(await ask('SELECT 1'))).toEqual([1]);
});

it('says when the engine is spent', async () => {
  const own = createLab(startNodeEngine);
  unwrap(await own.importFiles(files, quiet));
  const reply = await own.query('SELECT range(400000000)', nothing, quiet);
  expect(reply).toMatchObject({ ok: false, error: { kind: 'query', code: 'spent' } });
});
