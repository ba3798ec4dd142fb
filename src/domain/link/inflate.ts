import { concatBytes } from '@noble/hashes/utils.js';
import { Inflate } from 'pako';
import { damaged } from './damaged.ts';

/** Deflate makes at most 1,032 bytes of one: so much is given to it at once. */
const piece = 1024;

export function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

const windowBits = { deflate: -15, gzip: 31 } as const;

/**
 * What raw deflate (RFC 1951), or gzip (RFC 1952), inflates to, given in small pieces. Stops as soon as that is more
 * than `most` bytes or less than half of its input (deflate never makes text longer, but blocks of nothing are allowed
 * without end), and takes one whole stream with nothing after it. Throws a LabError of kind 'link'.
 */
export function inflated(
  pieces: Iterable<Uint8Array>,
  most: number,
  format: keyof typeof windowBits = 'deflate',
): Uint8Array {
  const inflate = new Inflate({ windowBits: windowBits[format] });
  const chunks: Uint8Array[] = [];
  let length = 0;
  let left = (): number => 0;
  let isEmpty = (): boolean => false;
  inflate.onStart = (stream) => {
    left = () => stream.avail_in;
    isEmpty = () => stream.total_in > piece + 2 * stream.total_out;
  };
  inflate.onData = (chunk) => {
    length += chunk.length;
    chunks.push(chunk);
  };
  let isFollowed = false;
  for (const bytes of pieces) {
    isFollowed = inflate.ended;
    if (isFollowed) break;
    inflate.push(bytes);
    if (length > most) throw damaged(`it holds more than ${most} bytes`);
    if (isEmpty()) throw damaged('it holds less than half of its own length');
  }
  if (!inflate.ended) throw damaged('it is cut off');
  if (inflate.err !== 0) throw damaged('it cannot be unpacked');
  if (left() > 0 || isFollowed) throw damaged('something follows its end');
  return concatBytes(...chunks);
}
