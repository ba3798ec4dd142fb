import type { DuckDBBindings } from '@duckdb/duckdb-wasm/blocking';
import { expect, it } from 'vitest';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { openEngine } from '../../workers/engines/duckdb.ts';

const says = (code: 'full' | 'spent') => ({
  data: {
    kind: 'data',
    code,
    problem: expect.stringContaining('more memory than the engine has') as string,
    remedy: expect.stringContaining('fewer symbols or fewer years') as string,
  },
});

it('the end of memory is told in a person’s words; after a trap the engine is spent', async () => {
  const engine = await startNodeEngine();
  const query = engine.query("SELECT length(repeat('x', 4200000000))");
  await expect(query).rejects.toMatchObject(says('spent'));
});

it.each([
  [
    'full',
    'Out of Memory Error: failed to allocate data of size 16.0 MiB (3.1 GiB/3.1 GiB used)\nPossible solutions:\n* Set PRAGMA temp_directory',
  ],
  [
    'full',
    'Out of Memory Error: could not allocate block of size 256.0 KiB (3.1 GiB/3.1 GiB used)',
  ],
  [
    'spent',
    'FATAL Error: Failed to create checkpoint because of error: could not allocate block of size 256.0 KiB',
  ],
  ['full', 'std::bad_alloc'],
  ['full', 'Array buffer allocation failed'],
] as const)('%s: %s', (code, text) => {
  let isOpen = false;
  const bindings = {
    open: () => undefined,
    connect: () => ({
      useUnsafe: (use: (bindings: unknown, id: number) => unknown) => use(null, 1),
    }),
    getVersion: () => 'v1',
    mod: {},
    createScalarFunction: () => undefined,
    runQuery: () => {
      if (isOpen) throw new Error(text);
    },
  } as unknown as DuckDBBindings;
  const engine = openEngine(bindings);
  isOpen = true;
  expect(() => {
    engine.run('SELECT 1');
  }).toThrow(expect.objectContaining(says(code)) as Error);
});
