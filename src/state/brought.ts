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

/** Files that were brought by their names, and those that were in folders. */
export const broughtFiles = (named: Iterable<File>, within: Iterable<File>): InputFile[] =>
  [...inputFiles(named), ...inputFiles(within).map((file) => ({ ...file, isWithin: true }))].sort(
    byName,
  );
