import { concatBytes } from '@noble/hashes/utils.js';
import { Inflate } from 'pako';
import { damaged } from './damaged.ts';

/** Deflate makes at most 1,032 bytes of one: so much is given to it at once. */
const piece = 1024;

/**
 * What raw deflate (RFC 1951) inflates to. Stops as soon as that is more than `most` bytes, and takes one whole
 * stream with nothing after it. Throws a LabError of kind 'link'.
 */
export function inflated(bytes: Uint8Array, most: number): Uint8Array {
  const inflate = new Inflate({ raw: true });
  const chunks: Uint8Array[] = [];
  let length = 0;
  let left = (): number => 0;
  inflate.onStart = (stream) => {
    left = () => stream.avail_in;
  };
  inflate.onData = (chunk) => {
    length += chunk.length;
    chunks.push(chunk);
  };
  let at = 0;
  for (; at < bytes.length && !inflate.ended && length <= most; at += piece)
    inflate.push(bytes.subarray(at, at + piece));
  if (length > most) throw damaged(`it holds more than ${most} bytes`);
  if (!inflate.ended) throw damaged('it is cut off');
  if (inflate.err !== 0) throw damaged('it cannot be unpacked');
  if (left() > 0 || at < bytes.length) throw damaged('something follows its end');
  return concatBytes(...chunks);
}
