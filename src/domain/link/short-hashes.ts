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
export const shortHashesOf = (tables: readonly (readonly TypedColumn[])[]): ShortHashes =>
  shortHashesOfEach(tables.length, (i) => tables[i]!);

/** The same of tables that are made one at a time. */
export function shortHashesOfEach(
  count: number,
  table: (i: number) => readonly TypedColumn[],
): ShortHashes {
  const hashes = new Uint8Array(count * hashLength);
  for (let i = 0; i < count; i++)
    hashes.set(hexToBytes(digestOf(table(i))).subarray(0, hashLength), i * hashLength);
  return hashes;
}

/** One hash of many; a lone one is kept. */
export const hashOfAll = (hashes: ShortHashes): ShortHashes =>
  hashes.length === hashLength ? hashes : sha256(hashes).subarray(0, hashLength);

/** One hash for each `size` of a list, in their order; the last may be of fewer. */
export function grouped(hashes: ShortHashes, size: number): ShortHashes {
  const groups = Math.ceil(hashes.length / hashLength / size);
  const found = new Uint8Array(groups * hashLength);
  for (let i = 0; i < groups; i++) {
    const group = hashes.subarray(i * size * hashLength, (i + 1) * size * hashLength);
    found.set(hashOfAll(group), i * hashLength);
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

export const hashAt = (hashes: ShortHashes, place: number): Uint8Array =>
  hashes.subarray(place * hashLength, (place + 1) * hashLength);

/** As a link writes them: base64url without padding. */
export const packed = (hashes: ShortHashes): string => base64urlnopad.encode(hashes);
/** Throws where the text is not what `packed` writes. */
export const unpacked = (text: string): ShortHashes => base64urlnopad.decode(text);
