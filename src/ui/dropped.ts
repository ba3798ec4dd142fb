import { type FoundFile, broughtFiles, inputFiles } from '../state/brought.ts';
import type { InputFile } from '../wire/lab.ts';

/** All files of a drop, folders opened. Call it inside the drop event: the browser forgets the items after it. */
export async function droppedFiles(transfer: DataTransfer): Promise<InputFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return inputFiles(transfer.files);
  return broughtFiles((await Promise.all(entries.map(below))).flat());
}

/** What leads to the same files after a reload, where the browser has that. Call it inside the drop event, too. */
export async function droppedHandles(transfer: DataTransfer): Promise<FileSystemHandle[]> {
  try {
    const asked = [...transfer.items].map(
      (item) => item.getAsFileSystemHandle?.() ?? Promise.resolve(null),
    );
    return (await Promise.all(asked)).filter((handle) => handle !== null);
  } catch {
    return []; // What was dropped is read all the same.
  }
}

async function below(entry: FileSystemEntry): Promise<FoundFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    // “/prices/eu/SPY.csv”
    return [{ file, folder: entry.fullPath.split('/').slice(1, -1).join('/') }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: FoundFile[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    files.push(...(await Promise.all(some.map(below))).flat());
  }
}
