import type { Cells } from '../../../src/domain/file-table.ts';
import { reply } from '../../../src/wire/errors.ts';
import type { TablesService } from '../../../src/wire/tables.ts';
import { asBlob, tableFile } from './write.ts';

export const tables: TablesService = {
  write: (name, format, columns, next) =>
    reply(() => asBlob(tableFile(name, format, { columns, parts: partsBy(next) }))),
};

async function* partsBy(
  next: () => Promise<readonly Cells[] | null>,
): AsyncGenerator<readonly Cells[], void> {
  for (let part = await next(); part !== null; part = await next()) yield part;
}
