import { type Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { literal, quoteIdentifier } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { findHeader, lineOfRecord } from './header.ts';

/** An opened file: its column names are known, its rows not read yet. */
export interface RawFile {
  readonly columns: readonly string[];
  /** null where the file is not delimited text. */
  readonly delimiter: string | null;
  /** Reads the rows as text into the table `raw` (record, c0, c1, …), records numbered from 1. */
  readonly load: (engine: Engine, signal?: AbortSignal) => Promise<void>;
  /** The line (or Arrow row) of a record. */
  readonly placeOf: (record: number) => number;
}

/** Inflated size beyond which a .gz file is refused. */
const largestFile = 2_000_000_000;

/** Opens CSV, TSV (also .gz) or Arrow IPC (file or stream) by its first bytes. */
export async function openFile(file: string, given: Uint8Array<ArrayBuffer>): Promise<RawFile> {
  const bytes = startsWith(given, [0x1f, 0x8b]) ? await gunzip(file, given) : given;
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x31])) throw unreadable(file, 'This is a Parquet file.', 'Convert it to CSV or Arrow.');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) throw unreadable(file, 'This is a zip archive.', 'Unpack it and choose the files inside.');
  const arrow = startsWith(bytes, [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]) || startsWith(bytes, [0xff, 0xff, 0xff, 0xff]);
  return arrow ? openArrow(file, bytes) : openDelimited(file, bytes);
}

function openDelimited(file: string, bytes: Uint8Array): RawFile {
  const header = findHeader(new TextDecoder().decode(bytes.subarray(0, 65_536)));
  if (header === null) {
    throw unreadable(
      file,
      bytes.length === 0 ? 'The file is empty.' : 'There is no header line with column names such as date, open, high, low, close.',
      'Use a CSV file whose first line names its columns.',
    );
  }
  const { columns, delimiter, skip } = header;
  const texts = columns.map((_, i) => `c${i}: 'VARCHAR'`).join(', ');
  return {
    columns,
    delimiter,
    placeOf: (record) => lineOfRecord(new TextDecoder().decode(bytes), skip, record),
    async load(engine, signal) {
      engine.registerFile('file', bytes);
      try {
        await engine.query(
          `CREATE OR REPLACE TABLE raw AS
           SELECT (row_number() OVER ())::INTEGER AS record, *
           FROM read_csv('import/file', auto_detect = false, header = true, quote = '"', escape = '"',
             delim = ${literal(delimiter)}, skip = ${skip}, columns = {${texts}})`,
          signal,
        );
      } catch (error) {
        throw locatedCsvError(file, error);
      } finally {
        engine.dropFile('file');
      }
    },
  };
}

function openArrow(file: string, bytes: Uint8Array): RawFile {
  const damaged = (error: unknown): LabError =>
    unreadable(
      file,
      `This Arrow file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Write it again with pyarrow or another Arrow library.',
    );
  let table: Table;
  try {
    table = tableFromIPC(bytes);
  } catch (error) {
    throw damaged(error);
  }
  const columns = table.schema.fields.map(({ name }) => name);
  const texts = columns.map((name, i) => `CAST(${quoteIdentifier(name)} AS VARCHAR) AS c${i}`).join(', ');
  return {
    columns,
    delimiter: null,
    placeOf: (record) => record,
    async load(engine, signal) {
      engine.run('DROP TABLE IF EXISTS arrow_file');
      try {
        engine.insertArrow('arrow_file', tableToIPC(table, 'stream'));
        await engine.query(
          `CREATE OR REPLACE TABLE raw AS SELECT (row_number() OVER ())::INTEGER AS record, ${texts} FROM arrow_file`,
          signal,
        );
      } catch (error) {
        throw error instanceof LabError && error.data.kind === 'cancelled' ? error : damaged(error);
      } finally {
        engine.run('DROP TABLE IF EXISTS arrow_file');
      }
    },
  };
}

/** DuckDB's reader names the line and quotes it; keep those, drop its advice on options. */
function locatedCsvError(file: string, error: unknown): unknown {
  if (!(error instanceof LabError) || error.data.kind !== 'engine') return error;
  const text = error.data.cause ?? '';
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  if (line === undefined) return error;
  const original = /Original Line:\s*([^\n]*)/.exec(text)?.[1]?.trim();
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  const problem = counts
    ? `This line has ${counts[2]} columns where the header has ${counts[1]}.`
    : text.includes('unterminated quote')
      ? 'A quotation mark is not closed.'
      : text.includes('not utf-8')
        ? 'This line is not UTF-8 text.'
        : 'This line cannot be read as CSV.';
  return new LabError({
    kind: 'import',
    problem,
    remedy: text.includes('not utf-8') ? 'Save the file as UTF-8.' : 'Correct the line, or remove it.',
    place: { file, line: Number(line), value: original },
  });
}

async function gunzip(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > largestFile) throw unreadable(file, 'Inflated, this file is larger than 2 GB.', 'Split it.');
      chunks.push(value);
    }
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw unreadable(file, 'This .gz file is damaged.', 'Compress it again.');
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

const unreadable = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'import', problem, remedy, place: { file } });
