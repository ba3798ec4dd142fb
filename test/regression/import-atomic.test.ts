import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { marketSql } from '../../src/sql/catalogue.ts';
import { withIdentifiers } from '../../src/sql/sql.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { Importer } from '../../workers/services/import/import.ts';
import { createLab } from '../../workers/services/lab.ts';
import { file } from '../unit/import/importing.ts';

const days = Array.from({ length: 60 }, (_, i) =>
  new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
);
const bars = (factor: number): InputFile =>
  file(
    'A.csv',
    `date,open,high,low,close,volume\n${days.map((day, i) => `${day},${100 + ((i * factor) % 7)},110,90,${100 + ((i * factor) % 5)},1000`).join('\n')}\n`,
  );
const extras = [
  file('AAPL.csv', `date,attention\n${days.map((day, i) => `${day},${i % 9}`).join('\n')}\n`, {
    role: 'attention',
  }),
  file('macro.csv', `date,VIX\n${days.map((day) => `${day},20`).join('\n')}\n`, { role: 'macro' }),
  file('u.csv', 'symbol,from,to\nA,2000-01-01,\n', { role: 'universe' }),
];

/** An engine that cancels, or breaks, at its nth query. */
function interrupted(
  engine: Engine,
  at: number,
  how: 'cancel' | 'break',
): { engine: Engine; signal: AbortSignal } {
  const controller = new AbortController();
  let n = 0;
  return {
    signal: controller.signal,
    engine: {
      version: engine.version,
      query: (sql, signal) => {
        if (n++ === at && how === 'break')
          throw new LabError({ kind: 'engine', problem: 'Out of memory.' });
        if (n > at && how === 'cancel') controller.abort();
        return engine.query(sql, signal);
      },
      readOnly: (sql, signal) => engine.readOnly(sql, signal),
      run: (sql) => {
        engine.run(sql);
      },
      registerFile: (name, bytes) => {
        engine.registerFile(name, bytes);
      },
      dropFile: (name) => {
        engine.dropFile(name);
      },
      insertArrow: (...given) => {
        engine.insertArrow(...given);
      },
    },
  };
}

describe('an import that fails', () => {
  let engine: Engine;
  const tables = async (): Promise<string> =>
    JSON.stringify(
      (
        await engine.query(
          `SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL`,
        )
      ).toArray(),
    );
  const market = async (): Promise<string> =>
    JSON.stringify(
      (await engine.query(withIdentifiers(marketSql, { source: 'imported_bars' }))).toArray(),
    );

  beforeAll(async () => {
    engine = await startNodeEngine();
    await new Importer(engine).import([bars(3)], () => undefined);
  });

  it.each(['cancel', 'break'] as const)(
    'at any query (%s) leaves the dataset before, and nothing else',
    async (how) => {
      const [before, bytes] = [await tables(), await market()];
      let failures = 0;
      for (let at = 0; ; at++) {
        const one = interrupted(engine, at, how);
        const error = await new Importer(one.engine, one.signal)
          .import([bars(4), ...extras], () => undefined)
          .then(
            () => null,
            (e: unknown) => e,
          );
        if (error === null) break;
        failures += 1;
        expect(error).toBeInstanceOf(LabError);
        expect((error as LabError).data.kind).not.toBe('usage');
        expect([await tables(), await market()]).toEqual([before, bytes]);
      }
      expect(failures).toBeGreaterThan(20);
      expect(await market()).not.toBe(bytes);
      await new Importer(engine).import([bars(3)], () => undefined);
    },
  );
});

describe('a lab whose import failed', () => {
  it('still runs the dataset before, to the same digests', async () => {
    const lab = createLab(startNodeEngine);
    const quiet = (): void => undefined;
    unwrap(await lab.importFiles([bars(3)], quiet));
    const before = unwrap(await lab.run({}, quiet));
    const bad = await lab.importFiles(
      [bars(4), file('B.csv', 'date,open,high,low,close\n2020-01-02,1,1,1,zero\n')],
      quiet,
    );
    expect(bad).toMatchObject({
      ok: false,
      error: { place: { file: 'B.csv', line: 2, column: 'close', value: 'zero' } },
    });
    const cancelled = await lab.importFiles([bars(4)], ({ phase }) => {
      if (phase === 'import') lab.cancel();
    });
    expect(cancelled).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    const after = unwrap(await lab.run({}, quiet));
    expect([after.digests, after.fingerprint]).toEqual([before.digests, before.fingerprint]);
  });
});
