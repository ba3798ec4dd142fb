import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import manifest from '../../datasets/manifest.json';
import { unwrap } from '../../src/wire/errors.ts';
import type { FileRole, InputFile, OnProgress, Reply } from '../../src/wire/lab.ts';
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

const quiet: OnProgress = () => undefined;
const value = async <T>(reply: Promise<Reply<T>>): Promise<T> => unwrap(await reply);

/** A lab with an engine of its own. */
export function nodeLab(): Lab {
  const service = createLab(startNodeEngine);
  return {
    importFiles: (files) => value(service.importFiles(files, quiet)),
    run: (study) => value(service.run(study, quiet)),
    exportRun: () => value(service.exportRun()),
    evidence: () => value(service.evidence()),
    report: (extras) => value(service.report(extras)),
    breakEven: () => value(service.breakEven(quiet)),
    lookAhead: () => value(service.lookAhead(quiet)),
    survivorship: () => value(service.survivorship(quiet)),
    search: (study) => value(service.search(study, quiet)),
    overfitting: (ledger) => value(service.overfitting(ledger, quiet)),
    walkForward: (study) => value(service.walkForward(study, quiet)),
    crossValidate: (study) => value(service.crossValidate(study, quiet)),
    learn: (study) => value(service.learn(study, quiet)),
  };
}
