import type { InputFile } from '../wire/lab.ts';

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  Number(a.name > b.name) - Number(a.name < b.name);

/** Files that the system puts into folders (.DS_Store and its like) are left out. */
export function inputFiles(files: Iterable<File>): InputFile[] {
  return [...files]
    .filter(({ name }) => !name.startsWith('.'))
    .sort(byName)
    .map((file) => ({ name: file.name, content: file }));
}

/** A file, and the path of the folder that it was in; '' where it was brought by its name. */
export interface FoundFile {
  readonly file: File;
  readonly folder: string;
}

/** Files that were brought by their names, and those that were in folders. */
export const broughtFiles = (found: readonly FoundFile[]): InputFile[] =>
  found
    .flatMap(({ file, folder }) =>
      inputFiles([file]).map((input) =>
        folder === '' ? input : { ...input, isWithin: true, folder },
      ),
    )
    .sort(byName);
