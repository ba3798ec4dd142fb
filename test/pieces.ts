import type { Pieces } from '../src/wire/lab.ts';

/** The whole text of a small file. */
export async function textOf(pieces: Pieces): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += typeof piece === 'string' ? piece : await piece.text();
  return text;
}

/** The same of a file that is made at once. */
export const joined = (pieces: Iterable<string>): string => [...pieces].join('');
