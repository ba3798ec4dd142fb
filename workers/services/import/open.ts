import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import type { InputFile } from '../../../src/wire/lab.ts';
import { openArrow } from './arrow.ts';
import { openDelimited, refuseOtherTexts } from './csv.ts';
import { asUtf8, utf16Of } from './encoding.ts';
import { gunzip } from './gunzip.ts';
import { openParquet } from './parquet.ts';
import type { RawFile } from './raw-file.ts';
import { unzstd } from './unzstd.ts';

/** Bytes of a file that refuseAtSight is shown. */
export const seenAtSight = 65_536;

const dataName =
  /\.((csv|tsv|tab|txt|arrows?|feather|ipc|parquet|pq)(\.(gz|zst))?|zip|xls[xmb]?|ods)$/i;
const aboutData = /(^|[/\\])(read[-_ ]?me|licen[cs]e|copying|notice|changelog)\.txt$/i;

/** Whether a file that nobody has named by itself is one of data, by its name. */
export const isDataName = (name: string): boolean => dataName.test(name) && !aboutData.test(name);

/** Refuses what is no table by its first bytes, so that the rest need not be read. */
export function refuseAtSight(file: string, beginning: Uint8Array<ArrayBuffer>): void {
  if (isPacked(beginning) || isArrow(beginning) || isParquet(beginning)) return;
  if (isContainer(beginning)) return;
  const wide = utf16Of(beginning) !== null;
  refuseOtherTexts(file, wide ? asUtf8(file, beginning.slice(0, 400)).bytes : beginning);
}

/** Opens CSV, TSV (also .gz or .zst), Parquet or Arrow IPC (file or stream), by its first bytes. */
export async function openFile(
  input: Omit<InputFile, 'content'>,
  given: Uint8Array<ArrayBuffer>,
): Promise<RawFile> {
  const file = input.name;
  const bytes = await unpacked(file, given);
  if (isContainer(bytes)) throw containerWithin(file);
  if (isParquet(bytes)) return openParquet(file, bytes);
  return isArrow(bytes) ? openArrow(file, bytes) : openDelimited(file, bytes, input);
}

/** What is in a .gz or a .zst; anything else as it is. */
export async function unpacked(
  file: string,
  given: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (isGzip(given)) return gunzip(file, given, largestDataFile);
  return isZstd(given) ? unzstd(file, given, largestDataFile) : given;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);
const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b]);
/** A frame of zstd, or one that is to be skipped, as pzstd writes before each. */
const isZstd = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]) ||
  (startsWith(bytes.subarray(1), [0x2a, 0x4d, 0x18]) && (bytes[0]! & 0xf0) === 0x50);
const isPacked = (bytes: Uint8Array): boolean => isGzip(bytes) || isZstd(bytes);
export const isArrow = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]) ||
  startsWith(bytes, [0xff, 0xff, 0xff, 0xff]);

export const isParquet = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x41, 0x52, 0x31]);

/** A zip archive, which may be a workbook; empty ones have the mark of the end alone. */
const isZip = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]);

/** A workbook of Excel before 2007, or one with a password. */
export const isOldWorkbook = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Whether these may be the first bytes of text in UTF-8, neither packed nor of another kind. */
export const isPlainText = (bytes: Uint8Array): boolean =>
  !isPacked(bytes) &&
  !isArrow(bytes) &&
  !isParquet(bytes) &&
  !isContainer(bytes) &&
  !bytes.includes(0);

export const isContainer = (bytes: Uint8Array): boolean => isZip(bytes) || isOldWorkbook(bytes);

export const containerWithin = (file: string): LabError =>
  new LabError({
    kind: 'import',
    problem: 'This is a zip archive or a workbook within another file.',
    remedy: 'Unpack it and choose the files inside.',
    place: { file },
  });
