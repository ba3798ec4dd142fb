import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { type TypedColumn, digestOf } from '../digest.ts';

/**
 * Lists of short hashes, four bytes each: the first four of a SHA-256. They say where two tables part; that they
 * are equal is said by whole digests alone.
 */
export type ShortHashes = Uint8Array;

export const hashLength = 4;

/** The short hashes of tables, in their order. */
export function shortHashesOf(tables: readonly (readonly TypedColumn[])[]): ShortHashes {
  const hashes = new Uint8Array(tables.length * hashLength);
  for (const [i, table] of tables.entries())
    hashes.set(hexToBytes(digestOf(table)).subarray(0, hashLength), i * hashLength);
  return hashes;
}

/** One hash for each of `groups` of places in a list: of the hashes that stand there. A lone one is kept. */
export function grouped(hashes: ShortHashes, groups: readonly (readonly number[])[]): ShortHashes {
  const found = new Uint8Array(groups.length * hashLength);
  for (const [i, places] of groups.entries()) {
    const bytes = new Uint8Array(places.length * hashLength);
    for (const [at, place] of places.entries()) bytes.set(hashAt(hashes, place), at * hashLength);
    const hash = places.length === 1 ? bytes : sha256(bytes).subarray(0, hashLength);
    found.set(hash, i * hashLength);
  }
  return found;
}

/** Places, from 0, at which two lists of one length differ. */
export function placesThatDiffer(a: ShortHashes, b: ShortHashes): number[] {
  const places: number[] = [];
  for (let at = 0; at < a.length; at += hashLength) {
    if (hashAt(a, at / hashLength).some((byte, i) => byte !== b[at + i]))
      places.push(at / hashLength);
  }
  return places;
}

const hashAt = (hashes: ShortHashes, place: number): Uint8Array =>
  hashes.subarray(place * hashLength, (place + 1) * hashLength);

/** As a link writes them: base64url without padding. */
export const packed = (hashes: ShortHashes): string => base64urlnopad.encode(hashes);
/** Throws where the text is not what `packed` writes. */
export const unpacked = (text: string): ShortHashes => base64urlnopad.decode(text);
