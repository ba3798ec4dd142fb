import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile, largestSuspect, mostInflation } from '../../../src/domain/limits.ts';
import { openArrow } from './arrow.ts';
import { openDelimited } from './csv.ts';
import type { RawFile } from './raw-file.ts';

/** Opens CSV, TSV (also .gz) or Arrow IPC (file or stream) by its first bytes. */
export async function openFile(file: string, given: Uint8Array<ArrayBuffer>): Promise<RawFile> {
  const bytes = startsWith(given, [0x1f, 0x8b]) ? await gunzip(file, given) : given;
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

async function gunzip(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > largestDataFile)
        throw unreadable(file, 'Inflated, this file is larger than 2 GB.', 'Split it.');
      if (size > Math.max(largestSuspect, mostInflation * bytes.length))
        throw unreadable(
          file,
          `Inflated, this file is more than ${mostInflation} times its size, as no table is.`,
          'Inflate it yourself, if it is what you think.',
        );
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof LabError) throw error;
    throw unreadable(file, 'This .gz file is damaged.', 'Compress it again.');
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

const unreadable = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });
