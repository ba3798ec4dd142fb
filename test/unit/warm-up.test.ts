/** An engine that is warmed up before it is asked for anything: nothing of it stays, whenever it is ended. */
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { warmUp } from '../../workers/services/warm-up.ts';

const quiet = (): void => undefined;
const files = ['bars', 'macro'].map((role) => ({
  name: `${role}.csv`,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
  role: role as 'bars' | 'macro',
}));

/** What the sample gives on an engine that is warmed up for so long, ms, or wholly; null: not at all. */
async function outcome(wait: number | 'wholly' | null) {
  const engine = await startNodeEngine();
  let ended: 'whole' | 'cut' | undefined;
  const lab = createLab(
    () => Promise.resolve(engine),
    undefined,
    undefined,
    undefined,
    async (...given) => {
      ended = 'cut';
      await warmUp(...given);
      ended = 'whole';
    },
  );
  if (wait !== null) unwrap(await lab.start(quiet));
  if (typeof wait === 'number') await new Promise((resolve) => setTimeout(resolve, wait));
  if (wait === 'wholly') await vi.waitUntil(() => ended === 'whole', 30_000);
  const { fingerprint, symbols } = unwrap(await lab.importFiles(files, quiet));
  const { digests, notes } = unwrap(await lab.run(sampleStudy(), quiet));
  const tables = await engine.query(
    String.raw`SELECT DISTINCT regexp_replace(table_name, '\d+', '') AS name FROM duckdb_tables() ORDER BY name`,
  );
  return { ended, result: { fingerprint, symbols, digests, notes, tables: String(tables) } };
}

it('gives the bits, notes and tables of one that was not, cut at any moment or whole', async () => {
  const { ended, result } = await outcome(null);
  expect(ended).toBeUndefined();
  const cut = await Promise.all([0, 30, 200, 600].map(outcome));
  for (const one of cut) expect(one.result).toEqual(result);
  expect(cut[0]!.ended).toBe('cut');
  const whole = await outcome('wholly');
  expect(whole.ended).toBe('whole');
  expect(whole.result).toEqual(result);
});
