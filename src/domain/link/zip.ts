/** One file in a zip: what the zip says of it, and its bytes as they lie there. */
export interface ZipEntry {
  readonly name: string;
  /** 0 is stored, 8 deflated. */
  readonly method: number;
  /** CRC-32 of the file. */
  readonly crc: number;
  /** Bytes of the file, as declared. */
  readonly size: number;
  readonly packed: Uint8Array;
}

const [endRecord, directoryRecord, localRecord] = [0x06054b50, 0x02014b50, 0x04034b50];
const longestName = 100;

/**
 * The entries of a zip (APPNOTE.TXT 4.3), by its central directory, nothing unpacked. Null where it is no zip,
 * has more than `most` entries, or is one of the odd ones: with a comment at its end, encrypted, in parts, larger than
 * 4 GB, or with directory and entries that disagree about a name or overlap.
 */
export function zipEntries(bytes: Uint8Array, most: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const short = (at: number): number => view.getUint16(at, true);
  const long = (at: number): number => view.getUint32(at, true);
  const nameAt = (at: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(at, at + Math.min(length, longestName)));

  const end = bytes.length - 22;
  if (end < 0 || long(end) !== endRecord || short(end + 20) !== 0) return null;
  const count = short(end + 10);
  const start = long(end + 16);
  if (long(end + 4) !== 0 || short(end + 8) !== count || count > most) return null;
  if (start + long(end + 12) !== end) return null;

  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || long(at) !== directoryRecord) return null;
    const isEncrypted = (short(at + 8) & 1) === 1;
    const packedSize = long(at + 20);
    const nameLength = short(at + 28);
    const local = long(at + 42);
    const next = at + 46 + nameLength + short(at + 30) + short(at + 32);
    if (isEncrypted || next > end || local + 30 > start || long(local) !== localRecord) return null;
    const from = local + 30 + short(local + 26) + short(local + 28);
    const name = nameAt(at + 46, nameLength);
    if (from + packedSize > start || nameAt(local + 30, short(local + 26)) !== name) return null;
    entries.push({
      name,
      method: short(at + 10),
      crc: long(at + 16),
      size: long(at + 24),
      packed: bytes.subarray(from, from + packedSize),
    });
    at = next;
  }
  return at === end ? entries : null;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** CRC-32 as zips and gzip have it (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}
