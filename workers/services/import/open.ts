import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import type { InputFile } from '../../../src/wire/lab.ts';
import { openArrow } from './arrow.ts';
import { openDelimited, refuseOtherTexts } from './csv.ts';
import { gunzip } from './gunzip.ts';
import type { RawFile } from './raw-file.ts';

/** Bytes of a file that refuseAtSight is shown. */
export const seenAtSight = 65_536;

/** Refuses what is no table by its first bytes, so that the rest need not be read. */
export function refuseAtSight(file: string, beginning: Uint8Array): void {
  if (isGzip(beginning)) return;
  refusePacked(file, beginning);
  if (!isArrow(beginning)) refuseOtherTexts(file, beginning);
}

/** Opens CSV, TSV (also .gz) or Arrow IPC (file or stream) by its first bytes. */
export async function openFile(
  input: Omit<InputFile, 'content'>,
  given: Uint8Array<ArrayBuffer>,
): Promise<RawFile> {
  const file = input.name;
  const bytes = isGzip(given) ? await gunzip(file, given, largestDataFile) : given;
  refusePacked(file, bytes);
  return isArrow(bytes) ? openArrow(file, bytes) : openDelimited(file, bytes, input);
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);
export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b]);
export const isArrow = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]) ||
  startsWith(bytes, [0xff, 0xff, 0xff, 0xff]);

export const isParquet = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x41, 0x52, 0x31]);

function refusePacked(file: string, bytes: Uint8Array): void {
  if (isParquet(bytes))
    throw unreadable(file, 'This is a Parquet file.', 'Convert it to CSV or Arrow.');
  refuseArchive(file, bytes);
}

export function refuseArchive(file: string, bytes: Uint8Array): void {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    throw unreadable(
      file,
      'This is a zip archive or a spreadsheet.',
      'Unpack it and choose the files inside; save a spreadsheet as CSV.',
    );
  }
}

/** Whether these may be the first bytes of text in UTF-8, neither packed nor of another kind. */
export const isPlainText = (bytes: Uint8Array): boolean =>
  !isGzip(bytes) && !isArrow(bytes) && !bytes.includes(0);

const unreadable = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });
