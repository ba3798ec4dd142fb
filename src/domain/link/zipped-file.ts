import { concatBytes } from '@noble/hashes/utils.js';
import { damaged } from './damaged.ts';
import { inPieces, inflated } from './inflate.ts';

/**
 * Outsample's first .outsample files: a zip (APPNOTE.TXT 4.3) of link.json, deflated, and a read-me, in this order.
 * Nobody writes them any more; so what is read is that, and no zip of another making.
 */
const entry = 'link.json';
const [endRecord, localRecord] = [0x06054b50, 0x04034b50];
const [localBytes, endBytes] = [30, 22];
/** No flags, and method 8. */
const plainDeflate = 8 << 16;

export const isZipped = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * The bytes of link.json. Throws a LabError of kind 'link' where they are more than `most`, or others than those that
 * were packed.
 */
export function unzippedLink(bytes: Uint8Array, most: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const long = (at: number): number => view.getUint32(at, true);

  const from = localBytes + entry.length;
  const end = bytes.length - endBytes;
  if (end < from || long(end) !== endRecord || long(end + 12) + long(end + 16) !== end)
    throw damaged('it is a zip that is cut off, or goes on after its end');
  const isLink =
    long(0) === localRecord &&
    long(6) === plainDeflate &&
    long(26) === entry.length &&
    String.fromCharCode(...bytes.subarray(localBytes, from)) === entry;
  if (!isLink) throw damaged(`it is a zip that does not begin with ${entry}`);

  const to = from + long(18);
  const size = long(22);
  if (size > most) throw damaged(`it holds more than ${most} bytes`);
  if (to > long(end + 16)) throw damaged('it is a zip that ends before its content');
  const checks = concatBytes(bytes.subarray(14, 18), bytes.subarray(22, 26));
  return inflated(asGzip(bytes.subarray(from, to), checks), size, 'gzip');
}

/** Zip and gzip say the same of deflate, its CRC-32 and its size: as gzip, both are held to it. */
function* asGzip(packed: Uint8Array, checks: Uint8Array): Generator<Uint8Array> {
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  yield* inPieces(packed);
  yield checks;
}
