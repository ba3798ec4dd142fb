import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile, largestWorkbook, mostMembers } from '../../../src/domain/limits.ts';
import type { InputFile } from '../../../src/wire/lab.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import { gathering, refusal, refuseInflation } from './gunzip.ts';
import { containerWithin, isContainer, isDataName, isOldWorkbook } from './open.ts';

/** Archives within one another. */
const deepest = 2;

/** A shared run may be a zip; it is no data. */
const isShared = /\.outsample$/i;

/**
 * The members of archives and the sheets of workbooks in place of these, each a file of its own, so that all that is
 * asked of a file later can be asked of them. Throws a LabError that names file and member.
 */
export async function unpack(
  files: readonly InputFile[],
  onFile: (name: string, index: number) => void,
  signal?: AbortSignal,
): Promise<InputFile[]> {
  const unpacker = new Unpacker(signal);
  const all: InputFile[] = [];
  for (const [index, file] of files.entries()) {
    onFile(file.name, index);
    all.push(...(await unpacker.open(file, 0)));
  }
  return all;
}

class Unpacker {
  /** Bytes that all archives together may still hold. */
  #left = largestDataFile;

  constructor(private readonly signal: AbortSignal | undefined) {}

  async open(file: InputFile, depth: number): Promise<InputFile[]> {
    stopIfAborted(this.signal);
    const magic = new Uint8Array(await file.content.slice(0, 8).arrayBuffer());
    if (!isContainer(magic) || isShared.test(file.name)) return [file];
    if (isOldWorkbook(magic)) return this.#sheets(file);
    const entries = await entriesOf(file);
    if (isWorkbook(entries)) {
      await this.#measure(file, entries);
      return this.#sheets(file);
    }
    if (depth === deepest) throw containerWithin(file.name);
    return this.#members(file, entries, depth);
  }

  async #members(
    file: InputFile,
    entries: readonly FileEntry[],
    depth: number,
  ): Promise<InputFile[]> {
    const size = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    refuseInflation(file.name, { size, packed: file.content.size, limit: this.#left });
    const members: InputFile[] = [];
    for (const entry of entries) {
      const name = `${file.name}/${entry.filename}`;
      // What is left out need not be inflated: its name is told.
      const content = isDataName(name) ? await this.#inflate(file, entry) : new Blob([]);
      members.push(...(await this.open({ ...file, name, content, isWithin: true }, depth + 1)));
    }
    if (members.some(({ name, isWithin }) => isWithin !== true || isDataName(name))) return members;
    throw refusal(file.name, 'This archive holds no files of data.', 'Choose another file.');
  }

  async #inflate(file: InputFile, entry: FileEntry): Promise<Blob> {
    const name = `${file.name}/${entry.filename}`;
    const { take, whole } = gathering(name, file.content.size, this.#left);
    this.#left -= await this.#read(name, entry, take);
    return new Blob([await whole()]);
  }

  /** Inflates all of a workbook once and keeps nothing: its reader would take the word of sizes that lie. */
  async #measure(file: InputFile, entries: readonly FileEntry[]): Promise<void> {
    let size = 0;
    const count = ({ length }: Uint8Array): void => {
      size += length;
      refuseInflation(file.name, { size, packed: file.content.size, limit: largestWorkbook });
    };
    for (const entry of entries) await this.#read(file.name, entry, count);
  }

  /** Bytes that were taken. */
  async #read(
    name: string,
    entry: FileEntry,
    take: (chunk: Uint8Array<ArrayBuffer>) => void,
  ): Promise<number> {
    if (entry.encrypted)
      throw refusal(name, 'This is locked with a password.', 'Unpack it with the password.');
    let refused: unknown;
    let length = 0;
    const writable = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (chunk) => {
        try {
          stopIfAborted(this.signal);
          length += chunk.length;
          take(chunk);
        } catch (error) {
          refused = error;
          throw error;
        }
      },
    });
    try {
      await entry.getData(writable, { useWebWorkers: false, checkSignature: true });
      return length;
    } catch (error) {
      throw refused === undefined ? damaged(name, error) : (refused as Error);
    }
  }

  async #sheets(file: InputFile): Promise<InputFile[]> {
    const { name, content } = file;
    if (content.size > largestWorkbook)
      throw refusal(
        name,
        `This workbook is larger than ${largestWorkbook / 1e6} MB.`,
        'Save its sheets as CSV.',
      );
    const { sheetsOf } = await import('./workbook.ts');
    const { tables, others } = sheetsOf(name, new Uint8Array(await content.arrayBuffer()));
    const [only, another] = tables;
    if (only === undefined)
      throw refusal(
        name,
        'No sheet of this workbook has a row with column names such as date, open, high, low, close.',
        'Write the names of the columns above the data.',
      );
    const none = new Blob([]);
    return [
      ...tables.map((sheet) => ({
        ...file,
        name: another === undefined ? name : `${name}/${sheet.name}`,
        content: new Blob([sheet.text]),
        isWithin: false,
      })),
      ...others.map((sheet) => ({ name: `${name}/${sheet}`, content: none, isWithin: true })),
    ];
  }
}

/** The members that are files; those that systems put beside them are passed over. */
async function entriesOf({ name, content }: InputFile): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  try {
    const reader = new ZipReader(new BlobReader(content), { useWebWorkers: false });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length === mostMembers) break;
      const isHidden = /(^|\/)(__MACOSX\/|\.[^/]*$)/.test(entry.filename);
      if (!entry.directory && !isHidden) entries.push(entry);
    }
  } catch (error) {
    throw damaged(name, error);
  }
  if (entries.length < mostMembers) return entries;
  throw refusal(
    name,
    `This archive has ${mostMembers} members or more.`,
    'Join files of one kind, with a column symbol.',
  );
}

/** Excel's and OpenDocument's workbooks are zips with these members. */
const isWorkbook = (entries: readonly FileEntry[]): boolean => {
  const has = (name: string): boolean => entries.some(({ filename }) => filename === name);
  return (
    has('xl/workbook.xml') || has('xl/workbook.bin') || (has('mimetype') && has('content.xml'))
  );
};

const damaged = (file: string, error: unknown): LabError =>
  new LabError({
    kind: 'import',
    problem: 'This zip archive is damaged, or packed in a way that is not read.',
    remedy: 'Pack it again as a plain zip, or unpack it and choose the files inside.',
    place: { file },
    cause: error instanceof Error ? error.message : String(error),
  });
