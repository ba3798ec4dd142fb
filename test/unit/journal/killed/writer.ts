import { readFileSync } from 'node:fs';
import { fileStorage } from '../../../../workers/engines/sqlite-node.ts';

/** A process that puts one file in the place of another, as the command does with a journal. */
const [path = '', source = ''] = process.argv.slice(2);
const storage = fileStorage(path);
await storage.exclusively(async () => {
  await storage.read();
  await storage.write(readFileSync(source));
});
