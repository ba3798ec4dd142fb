import * as Comlink from 'comlink';
import type { Cells, FileTable } from '../domain/file-table.ts';
import type { TableFormat } from '../domain/table-format.ts';
import { unwrap } from './errors.ts';
import type { ExportFile } from './lab.ts';
import { inOneCall } from './one-call.ts';
import { spawnTablesWorker } from './spawn.ts';

/** A table of the page as a file of this name, without its ending; an abort ends it at once. */
export function writeTable(
  name: string,
  format: TableFormat,
  { columns, parts }: FileTable,
  signal?: AbortSignal,
): Promise<ExportFile> {
  const rest = partsOf(parts);
  const next = async (): Promise<readonly Cells[] | null> => {
    const { done, value } = await rest.next();
    return done === true ? null : value;
  };
  return inOneCall(
    spawnTablesWorker(),
    async (service) => unwrap(await service.write(name, format, columns, Comlink.proxy(next))),
    signal,
  );
}

async function* partsOf(parts: FileTable['parts']): AsyncGenerator<readonly Cells[], void> {
  yield* parts;
}
