import { Decompress } from 'fzstd';
import { LabError } from '../../../src/domain/errors.ts';
import { gathering, refusal } from './gunzip.ts';

/** Bytes that are handed to the decoder at once. */
const chunk = 1 << 16;

/** What a .zst file holds, all of its frames; with the limits of `gunzip`. Throws a LabError of kind 'import'. */
export async function unzstd(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { take, whole } = gathering(file, bytes.length, limit);
  const decoder = new Decompress((data) => take(data.slice()));
  try {
    for (let at = 0; at < bytes.length; at += chunk)
      decoder.push(bytes.subarray(at, at + chunk), at + chunk >= bytes.length);
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw refusal(file, 'This .zst file is damaged.', 'Compress it again.');
  }
  return whole();
}
