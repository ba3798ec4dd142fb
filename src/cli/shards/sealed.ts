import { createHash } from 'node:crypto';

/**
 * A file that tells of every flipped byte: wherever this mark stands in it, the SHA-256 follows that the whole file has with
 * zeros in its places.
 */
const mark = 'SHA-256 of this file with zeros here: ';
const zeros = '0'.repeat(64);

/** What the file holds before it is sealed. */
export const unsealed = mark + zeros;

/** Writes the sums into their places. */
export function seal(bytes: Uint8Array): Uint8Array {
  const buffer = bufferOf(bytes);
  const places = placesIn(buffer);
  const sum = sumOf(buffer, places);
  for (const place of places) buffer.write(sum, place, 'latin1');
  return bytes;
}

/** Whether these are the bytes that were sealed. */
export function isSealed(bytes: Uint8Array): boolean {
  const buffer = bufferOf(bytes);
  const places = placesIn(buffer);
  if (places.length === 0) return false;
  const sum = sumOf(buffer, places);
  return places.every((at) => buffer.toString('latin1', at, at + zeros.length) === sum);
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function placesIn(buffer: Buffer): number[] {
  const places: number[] = [];
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + 1))
    places.push(at + mark.length);
  return places;
}

function sumOf(buffer: Buffer, places: readonly number[]): string {
  const hash = createHash('sha256');
  let from = 0;
  for (const place of places) {
    hash.update(buffer.subarray(from, place)).update(zeros);
    from = place + zeros.length;
  }
  return hash.update(buffer.subarray(from)).digest('hex');
}
