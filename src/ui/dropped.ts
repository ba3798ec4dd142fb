import type { InputFile } from '../wire/lab.ts';

/** All files of a drop, folders opened. Call it inside the drop event: the browser forgets the items after it. */
export async function droppedFiles(transfer: DataTransfer): Promise<InputFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const files =
    entries.length > 0 ? (await Promise.all(entries.map(below))).flat() : [...transfer.files];
  return inputFiles(files);
}

/** Files that the system puts into folders (.DS_Store and its like) are left out. */
export function inputFiles(files: Iterable<File>): InputFile[] {
  return [...files]
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
    .map((file) => ({ name: file.name, content: file }));
}

async function below(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    files.push(...(await Promise.all(some.map(below))).flat());
  }
}
