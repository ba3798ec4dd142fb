import { utf8ToBytes } from '@noble/hashes/utils.js';
import { zipSync } from 'fflate';
import { LabError } from '../errors.ts';
import { canonicalJson } from '../study/study.ts';
import { inflated } from './inflate.ts';
import type { LinkPayload } from './payload.ts';
import { type Bounds, excessOf, parsedJson } from './strict-json.ts';
import { readablePayload, shareablePayload } from './trusted.ts';
import { type ZipEntry, crc32, zipEntries } from './zip.ts';

/**
 * A link too long for an address, as a file: a zip with the payload as canonical JSON. The name of that entry is
 * the version of its schema; a later version has another name.
 */
const linkEntry = 'link.json';
const readMeEntry = 'README.txt';
const readMe = `This file holds a backtest to verify: its settings, hashes of its data and of its results, never prices.
Drop it on the page of Outsample, or run: outsample verify <this file> --data <your files>
Every number is then computed again, and you are told whether all bits are the same.
`;
/** Of link.json, and in all but a few bytes of the file. */
const bounds: Bounds = { bytes: 4_000_000, values: 200_000 };
const largestFile = bounds.bytes + 100_000;
/** The first day that a zip can name, which it does in local time: equal payloads have equal files. */
const never = '1980-01-01T12:00:00';

/** Throws a LabError of kind 'link' where the payload is not valid, or larger than openFile takes. */
export function packFile(payload: LinkPayload): Uint8Array {
  const json = utf8ToBytes(canonicalJson(shareablePayload(payload)));
  const excess = excessOf(json, bounds);
  if (excess !== null) {
    throw new LabError({
      kind: 'link',
      problem: `The file would be too large to open again: ${excess}.`,
      remedy: 'Share the run with fewer details.',
    });
  }
  // `mem` is said because fflate would else derive it with Math.log, whose bits differ between engines.
  return zipSync(
    { [linkEntry]: json, [readMeEntry]: utf8ToBytes(readMe) },
    { mtime: never, level: 9, mem: 8 },
  );
}

/** Throws a LabError of kind 'link' on whatever no Outsample wrote. */
export function openFile(bytes: Uint8Array): LinkPayload {
  if (bytes.length > largestFile) throw noFile(`it has more than ${largestFile} bytes`);
  const entries = zipEntries(bytes, 2);
  if (entries === null) throw noFile('it is no zip of one or two files');
  const unknown = entries.find(({ name }) => name !== linkEntry && name !== readMeEntry);
  if (unknown !== undefined) {
    throw new LabError({
      kind: 'link',
      problem: 'The file holds something that this version of Outsample does not know.',
      remedy: 'Open it with a newer Outsample, or ask for it again.',
      place: { value: unknown.name.replaceAll(/[^ -~]/g, '�') },
    });
  }
  const [link, second] = entries.filter(({ name }) => name === linkEntry);
  if (link === undefined || second !== undefined)
    throw noFile(`it has no ${linkEntry}, or more than one`);
  return readablePayload(parsedJson(unzipped(link), bounds));
}

/** Holds an entry to the size and the checksum that the zip declares. */
function unzipped({ method, crc, size, packed }: ZipEntry): Uint8Array {
  if (size > bounds.bytes) throw noFile(`it holds more than ${bounds.bytes} bytes`);
  if (method !== 0 && method !== 8) throw noFile('it is packed in an unknown way');
  const content = method === 8 ? inflated(packed, size) : packed;
  if (content.length !== size || crc32(content) !== crc)
    throw noFile('its content is not what it declares');
  return content;
}

const noFile = (why: string): LabError =>
  new LabError({
    kind: 'link',
    problem: `This is no .outsample file: ${why}.`,
    remedy: 'Choose another file, or ask for it again.',
  });
