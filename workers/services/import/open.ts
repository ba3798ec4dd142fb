import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import { openArrow } from './arrow.ts';
import { openDelimited } from './csv.ts';
import { gunzip } from './gunzip.ts';
import type { RawFile } from './raw-file.ts';

/** Opens CSV, TSV (also .gz) or Arrow IPC (file or stream) by its first bytes. */
export async function openFile(file: string, given: Uint8Array<ArrayBuffer>): Promise<RawFile> {
  const bytes = startsWith(given, [0x1f, 0x8b])
    ? await gunzip(file, given, largestDataFile)
    : given;
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x31]))
    throw unreadable(file, 'This is a Parquet file.', 'Convert it to CSV or Arrow.');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    throw unreadable(
      file,
      'This is a zip archive or a spreadsheet.',
      'Unpack it and choose the files inside; save a spreadsheet as CSV.',
    );
  }
  const isArrow =
    startsWith(bytes, [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]) ||
    startsWith(bytes, [0xff, 0xff, 0xff, 0xff]);
  return isArrow ? openArrow(file, bytes) : openDelimited(file, bytes);
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

const unreadable = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });
