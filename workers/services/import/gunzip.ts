import { Inflate } from 'pako';
import { LabError } from '../../../src/domain/errors.ts';
import { largestSuspect, mostInflation } from '../../../src/domain/limits.ts';

/**
 * What a .gz file holds: all of its members one after the other, as pigz, bgzip and `cat` make them, and zeros that pad
 * any of them left out. Browsers' own DecompressionStream takes one member and nothing after it, Node's takes more: read
 * here, a file is the same for both. Stops as soon as it is more than `limit` bytes. Throws a LabError of kind 'import'.
 */
export async function gunzip(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { take, whole } = gathering(file, bytes.length, limit);
  for (let at = 0; at < bytes.length;) {
    const inflate = new Inflate({ windowBits: 31 });
    let left = (): number => 0;
    inflate.onStart = (stream) => (left = () => stream.avail_in);
    inflate.onData = take;
    inflate.push(bytes.subarray(at), true); // Goes on to the next member where no zeros come between.
    if (inflate.err !== 0) throw refusal(file, 'This .gz file is damaged.', 'Compress it again.');
    at = bytes.length - left();
    while (bytes[at] === 0) at++;
  }
  return whole();
}

/** Gathers what `packed` bytes unpack to, and stops as soon as it is more than is read or than a table would be. */
export function gathering(
  file: string,
  packed: number,
  limit: number,
): {
  readonly take: (chunk: Uint8Array<ArrayBuffer>) => void;
  readonly whole: () => Promise<Uint8Array<ArrayBuffer>>;
} {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  return {
    take: (chunk) => {
      size += chunk.length;
      refuseInflation(file, { size, packed, limit });
      chunks.push(chunk);
    },
    whole: async () => new Uint8Array(await new Blob(chunks).arrayBuffer()),
  };
}

/** Bytes that a file has unpacked to, or says that it will. */
export function refuseInflation(
  file: string,
  {
    size,
    packed,
    limit,
  }: { readonly size: number; readonly packed: number; readonly limit: number },
): void {
  if (size > limit) throw tooLarge(file, limit);
  if (size > Math.max(largestSuspect, mostInflation * packed)) throw suspect(file);
}

const tooLarge = (file: string, limit: number): LabError =>
  refusal(file, `Inflated, this file is larger than ${limit / 1e9} GB.`, 'Split it.');

const suspect = (file: string): LabError =>
  refusal(
    file,
    `Inflated, this file is more than ${mostInflation} times its size, as no table is.`,
    'Inflate it yourself, if it is what you think.',
  );

export const refusal = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });

/** Pieces one after another. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
