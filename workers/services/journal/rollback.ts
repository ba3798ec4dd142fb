import { base16 } from '@scure/base';
import { isSealed, saltOf } from './sqlcipher.ts';

/** What was stored last of an encrypted journal, remembered apart from it. */
export interface Seen {
  /** Hex; another passphrase has another one. */
  readonly salt: string;
  /** SQLite's count of changes, in the file's header. It only grows. */
  readonly count: number;
}

const view = (image: Uint8Array): DataView => new DataView(image.buffer, image.byteOffset);
const saltText = (sealed: Uint8Array): string => base16.encode(saltOf(sealed)).toLowerCase();

export const countOf = (image: Uint8Array): number => view(image).getUint32(24);

/** The image with that count, also where SQLite wants it again beside its version. */
export function withCount(image: Uint8Array, count: number): Uint8Array {
  for (const place of [24, 92]) view(image).setUint32(place, count);
  return image;
}

/** Of what is stored and its image; null where it is not encrypted. */
export const seenOf = (stored: Uint8Array, image: Uint8Array): Seen | null =>
  isSealed(stored) ? { salt: saltText(stored), count: countOf(image) } : null;

/** What is odd about what is found where that was stored last; null where nothing is. */
export function oddity(last: Seen | null, found: Seen | null): string | null {
  if (last === null) return null;
  if (found === null)
    return 'The history was encrypted when it was stored here last, and is not now.';
  if (found.salt !== last.salt)
    return 'The history has another passphrase than when it was stored here last: it was changed elsewhere, or another file was put in its place.';
  if (found.count < last.count)
    return 'The history is older than what was stored here last: a former copy was put in its place. What was recorded since then is not in it.';
  return null;
}
