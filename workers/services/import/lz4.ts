const magic = 0x184d2204;

/**
 * What an LZ4 frame holds, which must be `size` bytes. Blocks may refer to those before them. Throws a RangeError where
 * the frame is damaged.
 */
export function unlz4(frame: Uint8Array, size: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== magic) throw new RangeError('This is no LZ4 frame.');
  const flags = frame[4]!;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const out = new Uint8Array(size);
  let length = 0;
  // Magic word, flags, block size, content size, dictionary, checksum.
  let at = 4 + 2 + (has(8) ? 8 : 0) + (has(1) ? 4 : 0) + 1;
  for (;;) {
    const mark = view.getUint32(at, true);
    at += 4;
    if (mark === 0) break;
    const end = at + (mark & 0x7fffffff);
    if (end > frame.length) throw new RangeError('A block is cut off.');
    const block = frame.subarray(at, end);
    if (mark > 0x7fffffff) {
      out.set(block, length);
      length += block.length;
    } else length = unpackBlock(block, out, length);
    at = end + (has(16) ? 4 : 0);
  }
  if (length !== size) throw new RangeError('The frame holds less than it says.');
  return out;
}

/** Literals and matches by turns; returns where the block ends in `out`. */
function unpackBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let length = start;
  const counted = (first: number): number => {
    let sum = first;
    for (let byte = first === 15 ? 255 : 0; byte === 255; sum += byte) byte = block[at++] ?? 0;
    return sum;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = counted(token >> 4);
    out.set(block.subarray(at, at + literals), length);
    at += literals;
    length += literals;
    if (at >= block.length) return length;
    const offset = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const end = length + counted(token & 15) + 4;
    if (offset === 0 || offset > length || end > out.length)
      throw new RangeError('A match lies beyond the data.');
    for (; length < end; length++) out[length] = out[length - offset]!;
  }
  return length;
}
