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
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length;) {
    const inflate = new Inflate({ windowBits: 31 });
    let left = (): number => 0;
    inflate.onStart = (stream) => (left = () => stream.avail_in);
    inflate.onData = (chunk) => {
      size += chunk.length;
      if (size > limit) throw tooLarge(file, limit);
      if (size > Math.max(largestSuspect, mostInflation * bytes.length)) throw suspect(file);
      chunks.push(chunk);
    };
    inflate.push(bytes.subarray(at), true); // Goes on to the next member where no zeros come between.
    if (inflate.err !== 0) throw refusal(file, 'This .gz file is damaged.', 'Compress it again.');
    at = bytes.length - left();
    while (bytes[at] === 0) at++;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const tooLarge = (file: string, limit: number): LabError =>
  refusal(file, `Inflated, this file is larger than ${limit / 1e9} GB.`, 'Split it.');

const suspect = (file: string): LabError =>
  refusal(
    file,
    `Inflated, this file is more than ${mostInflation} times its size, as no table is.`,
    'Inflate it yourself, if it is what you think.',
  );

const refusal = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });
