import { utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from './digest.ts';
import { tradedBy } from './study/keys.ts';
import { type Study, canonicalJson } from './study/study.ts';

/**
 * What was tried, as SHA-256 in lower-case hex: the canonical JSON of a complete study without what changes no fill.
 * Another name, another convention of metrics or another validation of the same settings is not another trial.
 */
export function trialDigest(study: Study): string {
  return sha256Hex(utf8ToBytes(canonicalJson(tradedBy(study))));
}
