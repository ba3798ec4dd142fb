import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import manifest from '../../datasets/manifest.json';
import { unwrap } from '../../src/wire/errors.ts';
import { type FileRole, type InputFile, ask } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import type { Lab } from './lab.ts';

/** A bundled dataset, by its id in datasets/manifest.json. */
export const filesOf = (id: string): Promise<InputFile[]> =>
  Promise.all(
    manifest
      .find((dataset) => dataset.id === id)!
      .files.map(async ({ path, role }) => ({
        name: basename(path),
        content: new Blob([await readFile(`datasets/${path}`)]),
        role: role as FileRole,
      })),
  );

/** A lab with an engine of its own. */
export function nodeLab(): Lab {
  const service = createLab(startNodeEngine);
  return {
    call: async (method, given) => unwrap(await ask(service, method, given, () => undefined)),
  };
}
