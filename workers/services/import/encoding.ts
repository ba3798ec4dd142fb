import { LabError } from '../../../src/domain/errors.ts';

/** Text in UTF-8, and the encoding that was taken for granted where nothing in the file says it. */
export interface Text {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly guessed?: 'Windows-1252';
}

/** Bytes that are decoded at once: a large file as one string is more than a string can be. */
const chunk = 1 << 20;

/** UTF-8 as it is, UTF-16 by its mark or its zeros, and what is neither as Windows-1252, which holds Latin-1. */
export function asUtf8(file: string, bytes: Uint8Array<ArrayBuffer>): Text {
  const wide = utf16Of(bytes);
  if (wide !== null) return { bytes: fromUtf16(file, bytes, wide) };
  if (isUtf8(bytes)) return { bytes };
  return { bytes: fromWindows1252(bytes), guessed: 'Windows-1252' };
}

/** UTF-16 has a mark, or, where it holds a table, every second byte of its first line is zero. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length & ~1, 16);
  if (length === 0) return null;
  const areZero = (from: 0 | 1, zero: boolean): boolean => {
    for (let i = from; i < length; i += 2) if ((bytes[i] === 0) !== zero) return false;
    return true;
  };
  if (areZero(1, true) && areZero(0, false)) return 'utf-16le';
  return areZero(0, true) && areZero(1, false) ? 'utf-16be' : null;
}

function fromUtf16(
  file: string,
  bytes: Uint8Array,
  encoding: 'utf-16le' | 'utf-16be',
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(Math.ceil(bytes.length * 1.5) + 3);
  const [decoder, encoder] = [new TextDecoder(encoding, { fatal: true }), new TextEncoder()];
  let length = 0;
  try {
    for (let at = 0; at < bytes.length; at += chunk) {
      const stream = at + chunk < bytes.length;
      const text = decoder.decode(bytes.subarray(at, at + chunk), { stream });
      length += encoder.encodeInto(text, out.subarray(length)).written;
    }
  } catch {
    throw new LabError({
      kind: 'import',
      problem: 'This UTF-16 text is damaged, or cut off within a character.',
      remedy: 'Save the file again, best as UTF-8.',
      place: { file },
    });
  }
  return out.subarray(0, length);
}

export function isUtf8(bytes: Uint8Array): boolean {
  const first = firstBeyondAscii(bytes);
  if (first < 0) return true;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = first; at < bytes.length; at += chunk)
      decoder.decode(bytes.subarray(at, at + chunk), { stream: at + chunk < bytes.length });
    return true;
  } catch {
    return false;
  }
}

/** Four bytes at once: most files are ASCII from end to end. */
function firstBeyondAscii(bytes: Uint8Array): number {
  const lead = Math.min(-bytes.byteOffset & 3, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  let word = 0;
  while (word < words.length && (words[word]! & 0x80808080) === 0) word++;
  for (let at = 0; at < lead; at++) if (bytes[at]! > 0x7f) return at;
  for (let at = lead + 4 * word; at < bytes.length; at++) if (bytes[at]! > 0x7f) return at;
  return -1;
}

/** What Windows-1252 has where Latin-1 has controls. Runtimes do not agree on it: some decode it as Latin-1. */
const from80to9f = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function fromWindows1252(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const codes = Array.from({ length: 256 }, (_, byte) =>
    encoder.encode(
      byte >= 0x80 && byte < 0xa0 ? from80to9f[byte - 0x80] : String.fromCharCode(byte),
    ),
  );
  let length = 0;
  for (const byte of bytes) length += codes[byte]!.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const byte of bytes) for (const unit of codes[byte]!) out[at++] = unit;
  return out;
}
