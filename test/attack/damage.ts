import type { RandomStream } from '../../src/domain/random.ts';
import { mutations } from './link-mutations.ts';

/** Bytes after one to three of: bits flipped, parts cut out, cut off, put in, doubled. */
export function damagedBytes(stream: RandomStream, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let made = bytes;
  for (let left = 1 + stream.below(3); left > 0 && made.length > 0; left--)
    made = mutations[stream.below(mutations.length)]!(made, stream.below);
  return new Uint8Array(made);
}
