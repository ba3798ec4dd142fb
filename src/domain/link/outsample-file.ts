import { utf8ToBytes } from '@noble/hashes/utils.js';
import { utf8 } from '@scure/base';
import { LabError } from '../errors.ts';
import { jsonOf, linkOf, payloadOf } from './codec.ts';
import type { LinkPayload } from './payload.ts';
import { type Bounds, overrunOf, parsedJson } from './strict-json.ts';
import { readablePayload } from './trusted.ts';
import { isZipped, unzippedLink } from './zipped-file.ts';

/** A link too long for an address, as a file: the same text, with more room. */
const bounds: Bounds = { bytes: 4_000_000, values: 200_000 };
/** Hashes are as long in the text as they are in its JSON, and a hundredth. */
export const largestFile = bounds.bytes + 100_000;

/** Throws a LabError of kind 'link' where the payload is not valid, or larger than openOutsampleFile takes. */
export function packFile(payload: LinkPayload): Uint8Array {
  const json = jsonOf(payload);
  const excess = overrunOf(json, bounds);
  if (excess !== null) throw tooLarge(excess);
  const file = utf8ToBytes(linkOf(json));
  if (file.length > largestFile) throw tooLarge(`it has more than ${largestFile} bytes`);
  return file;
}

/** Throws a LabError of kind 'link' on whatever no Outsample wrote. */
export function openOutsampleFile(bytes: Uint8Array): LinkPayload {
  refuseLargeFile(bytes.length);
  return isZipped(bytes)
    ? readablePayload(parsedJson(unzippedLink(bytes, bounds.bytes), bounds))
    : payloadOf(textOf(bytes), bounds);
}

/** Before a file of so many bytes is read. Throws a LabError of kind 'link' where it is no .outsample file. */
export function refuseLargeFile(bytes: number): void {
  if (bytes > largestFile) throw noFile(`it has more than ${largestFile} bytes`);
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    throw noFile('it is no text');
  }
}

const tooLarge = (excess: string): LabError =>
  new LabError({
    kind: 'link',
    problem: `The file would be too large to open again: ${excess}.`,
    remedy: 'Share the run with fewer details.',
  });

const noFile = (why: string): LabError =>
  new LabError({
    kind: 'link',
    problem: `This is no .outsample file: ${why}.`,
    remedy: 'Choose another file, or ask for it again.',
  });
