import { bytesToHex } from '@noble/hashes/utils.js';
import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import type { InputFile } from '../../../src/wire/lab.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import { nextTurn } from '../drive.ts';
import { openSha256, sha256Of } from '../sha256.ts';
import { openDelimited, withoutMark } from './csv.ts';
import { roleOf } from './layout.ts';
import { isPlainText } from './open.ts';
import type { FileBytes, RawFile, TextLines } from './raw-file.ts';
import { linesIn } from './records.ts';
import type { Opened } from './sources.ts';

const [LF, CR] = [10, 13];

/** Bytes of a large text that are looked at, at its beginning and at its end. */
export interface Ends {
  readonly head: number;
  readonly tail: number;
}

interface Sizes extends Ends {
  /** Texts of up to so many bytes are held whole while they are read. */
  readonly held: number;
  /** Bytes that are read at once. */
  readonly slice: number;
  /** Lines at the beginning among which a header is found as it would be among all. */
  readonly leastLines: number;
}
const usual: Sizes = {
  head: 1_000_000,
  tail: 100_000,
  held: 1 << 26,
  slice: 8_000_000,
  leastLines: 200,
};

function heldBytes(bytes: Uint8Array<ArrayBuffer>): FileBytes {
  const sha256 = sha256Of(bytes);
  return {
    size: bytes.length,
    read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
    took: () => undefined,
    sha256: () => sha256,
  };
}

async function slicedBytes(content: Blob): Promise<FileBytes> {
  const hash = (await openSha256())();
  return {
    size: content.size,
    read: (from, to) => bytesOf(content.slice(from, to)),
    took: (bytes) => void hash.update(bytes),
    sha256: () => Promise.resolve(bytesToHex(hash.digest())),
  };
}

const bytesOf = async (content: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await content.arrayBuffer());

/** The first and the last lines of a larger text; null of what is none, or has no lines there. */
export async function endsOf(content: Blob, { head, tail }: Ends) {
  const first = await bytesOf(content.slice(0, head));
  if (!isPlainText(first)) return null;
  const last = await bytesOf(content.slice(-tail));
  const [end, start] = [first.lastIndexOf(LF) + 1, last.indexOf(LF) + 1];
  return end === 0 || start === 0
    ? null
    : ([first.subarray(0, end), last.subarray(start)] as const);
}

/**
 * Opens bars in delimited text by its beginning and its end, so that its rows can be read in slices; null of anything else, and
 * where the ends do not tell how it is written.
 */
export async function openBarsByEnds(
  input: InputFile,
  given: number,
  signal?: AbortSignal,
  sizes = usual,
): Promise<Opened | null> {
  stopIfAborted(signal);
  const { content } = input;
  if (content.size > largestDataFile) return null;
  const isWhole = content.size <= sizes.head + sizes.tail;
  const ends = isWhole ? null : await endsOf(content, sizes);
  if (!isWhole && (ends === null || linesIn(ends[0]) < sizes.leastLines)) return null;
  const sample = await bytesOf(ends === null ? content : new Blob([...ends]));
  if (isWhole && !isPlainText(sample)) return null;
  const headEnd = ends === null ? sample.length : ends[0].length;
  const hasReturns = endsWithReturns(sample);
  const raw = openIfClear(input, sample);
  if (raw?.rows === undefined || hasReturns === null) return null;
  const { first, after } = raw.rows;
  const start =
    first === 1 ? sample.length - withoutMark(sample).length : afterLines(sample, first - 1);
  const end = beforeLines(sample, after);
  if (start >= end || start > headEnd || (!isWhole && end < headEnd)) return null;
  const file = isWhole
    ? heldBytes(sample)
    : content.size <= sizes.held
      ? heldBytes(await bytesOf(content))
      : await slicedBytes(content);
  const shown = linesIn(sample.subarray(start, end)) + 1;
  const endOfRows = file.size - (sample.length - end);
  const lines: TextLines = {
    file,
    start,
    end: endOfRows,
    first,
    delimiter: raw.delimiter!,
    hasReturns,
    about: isWhole ? shown : Math.ceil((1.02 * shown * (endOfRows - start)) / (end - start)),
    slice: sizes.slice,
  };
  return { input, given, bytes: file.size, sha256: file.sha256, raw, lines };
}

/** Null of what are no bars, or has faults: opened as a whole it says which. */
function openIfClear(input: InputFile, sample: Uint8Array<ArrayBuffer>): RawFile | null {
  try {
    const raw = openDelimited(input.name, sample, input);
    return (input.role ?? roleOf(input, raw)) === 'bars' ? raw : null;
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

/** The rows in pieces of whole lines, each line with its end; null, and no more, where a line is longer than a slice. */
export async function* piecesOf(
  { file, start, end, hasReturns, slice }: TextLines,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array | null> {
  file.took(await file.read(0, start));
  const next = (at: number) => {
    const read = file.read(at, Math.min(at + slice, end));
    // Who stops before it is there is not told that it failed.
    read.catch(() => undefined);
    return read;
  };
  let reading = next(start);
  for (let at = start; at < end;) {
    if (signal !== undefined) await nextTurn(signal);
    const bytes = await reading;
    const isLast = at + bytes.length >= end;
    const whole = bytes.subarray(0, bytes.lastIndexOf(LF) + 1);
    if (whole.length === 0 && !isLast) {
      yield null;
      return;
    }
    at += isLast ? bytes.length : whole.length;
    // Read while this piece is used.
    if (!isLast) reading = next(at);
    file.took(isLast ? bytes : whole);
    if (whole.length > 0) yield whole;
    if (isLast && whole.length < bytes.length)
      yield withEnd(bytes.subarray(whole.length), hasReturns ? [CR, LF] : [LF]);
  }
  file.took(await file.read(end, file.size));
}

function withEnd(line: Uint8Array, end: readonly number[]): Uint8Array {
  const ended = new Uint8Array(line.length + end.length);
  ended.set(line);
  ended.set(end, line.length);
  return ended;
}

/** Whether all lines end with CRLF, or all with LF; null where neither. */
function endsWithReturns(bytes: Uint8Array): boolean | null {
  let returns = 0;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1), returns++)
    if (bytes[at + 1] !== LF) return null;
  if (returns === 0) return false;
  return returns === linesIn(bytes) ? true : null;
}

function afterLines(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) at = bytes.indexOf(LF, at) + 1;
  return at;
}

/** Where the last lines begin. */
function beforeLines(bytes: Uint8Array, lines: number): number {
  let at = bytes.length;
  for (let line = 0; line < lines; line++) at = bytes.lastIndexOf(LF, at - 2) + 1;
  return at;
}
