import { bytes, counted, date } from './format.ts';
import type { Day } from '../domain/units.ts';

interface Outline {
  readonly symbols: number;
  readonly bars: number;
  readonly from: Day;
  readonly to: Day;
}

/** “5 symbols, 1,234 bars, 2016-01-04 to 2018-12-28” */
export const outlineWords = ({ symbols, bars, from, to }: Outline): string =>
  `${counted(symbols, 'symbol')}, ${counted(bars, 'bar')}, ${date(from)} to ${date(to)}`;

/** How much of its room the browser has given, as far as it says: “3.2 MB of 1.2 GB”. */
export const roomWords = ({ usage, quota }: StorageRoom): string =>
  quota === undefined ? bytes(usage) : `${bytes(usage)} of ${bytes(quota)}`;

export interface StorageRoom {
  /** Bytes that this page has stored, the history among them. */
  readonly usage: number;
  readonly quota?: number | undefined;
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: number;
  /** Null of a file that is not read. */
  readonly sha256: string | null;
}

/** Bytes that files have together, those that stand twice once, and those that are not read not at all. */
export function sizeOf(files: readonly NamedBytes[]): number {
  const sizes = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]));
  sizes.delete(null);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Names that a sentence lists; the others are counted. */
const most = 5;

/** Which of the files are other files than before; empty where none is. */
export function changesSince(before: readonly NamedBytes[], after: readonly NamedBytes[]): string {
  const namesOf = (files: readonly NamedBytes[]) => new Set(files.map(({ name }) => name));
  const [known, here] = [namesOf(before), namesOf(after)];
  const contents = new Set(before.map(contentOf));
  return [
    listed(
      'Changed since',
      after.filter((file) => known.has(file.name) && !contents.has(contentOf(file))),
    ),
    listed(
      'No longer there',
      before.filter(({ name }) => !here.has(name)),
    ),
    listed(
      'Not there before',
      after.filter(({ name }) => !known.has(name)),
    ),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

const contentOf = ({ name, sha256 }: NamedBytes): string => `${sha256 ?? ''} ${name}`;

function listed(what: string, files: readonly NamedBytes[]): string {
  if (files.length === 0) return '';
  const names = files.slice(0, most).map(({ name }) => name);
  const others = files.length - names.length;
  return `${what}: ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}
