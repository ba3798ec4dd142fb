import type { InputFile } from '../wire/lab.ts';

/** All files of a drop, folders opened. Call it inside the drop event: the browser forgets the items after it. */
export async function droppedFiles(transfer: DataTransfer): Promise<InputFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return inputFiles(transfer.files);
  const named = entries.filter(({ isFile }) => isFile);
  const folders = entries.filter(({ isFile }) => !isFile);
  const of = async (some: readonly FileSystemEntry[]): Promise<InputFile[]> =>
    inputFiles((await Promise.all(some.map(below))).flat());
  const found = (await of(folders)).map((file) => ({ ...file, isWithin: true }));
  return [...(await of(named)), ...found].sort(byName);
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  Number(a.name > b.name) - Number(a.name < b.name);

/** Files that the system puts into folders (.DS_Store and its like) are left out. */
export function inputFiles(files: Iterable<File>): InputFile[] {
  return [...files]
    .filter(({ name }) => !name.startsWith('.'))
    .sort(byName)
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
