import { bytesToHex } from '@noble/hashes/utils.js';
import { createSHA256 } from 'hash-wasm';
import { type Hash, sha256Hex } from '../../src/domain/digest.ts';

/** SHA-256 of bytes that come in parts, in half the time of portable code. Each start ends what was begun before. */
export async function openSha256(): Promise<() => Hash> {
  const hasher = await createSHA256();
  const hash: Hash = {
    update: (bytes) => hasher.update(bytes),
    digest: () => hasher.digest('binary'),
  };
  return () => {
    hasher.init();
    return hash;
  };
}

/** By the platform, beside what else is done; pages that no secure address serves have none. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return sha256Hex(bytes);
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}
