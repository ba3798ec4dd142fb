import { DataType, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { mostColumns } from '../../../src/domain/limits.ts';
import { tooWide } from './header.ts';
import type { RawFile } from './raw-file.ts';

const endOfStream = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

/** Opens Arrow IPC, file or stream, uncompressed. */
export function openArrow(file: string, bytes: Uint8Array): RawFile {
  const damaged = (error: unknown): LabError => {
    const cause = error instanceof Error ? error.message : String(error);
    return new LabError({
      kind: 'import',
      problem: /compress/i.test(cause)
        ? 'This Arrow file is compressed.'
        : 'This Arrow file is damaged, or holds types that cannot be read.',
      remedy:
        'Write it again, uncompressed (in pandas: df.to_feather(…, compression="uncompressed")).',
      place: { file },
      cause,
    });
  };
  let table: Table;
  try {
    // A stream may lawfully break off between two batches; a file that does has lost its end.
    const isWhole = bytes[0] === 0x41 || endOfStream.every((byte, i) => bytes.at(i - 8) === byte);
    if (!isWhole) throw new RangeError('The end-of-stream mark is missing.');
    table = tableFromIPC(bytes);
  } catch (error) {
    throw damaged(error);
  }
  const { fields } = table.schema;
  if (fields.length > mostColumns) throw tooWide(file, fields.length);
  return {
    columns: fields.map(({ name }) => name),
    lineOf: (record) => record,
    async withRows(engine, wanted, use) {
      for (const i of wanted) refuseZone(file, fields[i]!.name, fields[i]!.type as DataType);
      engine.run('DROP TABLE IF EXISTS import_arrow');
      try {
        const columns = Object.fromEntries(wanted.map((i) => [`c${i}`, table.getChildAt(i)!]));
        engine.insertArrow('import_arrow', tableToIPC(new Table(columns), 'stream'));
        const texts = wanted.map((i) => `${asText(`c${i}`, fields[i]!.type as DataType)} AS c${i}`);
        await use(
          `(SELECT (row_number() OVER ())::INTEGER AS record, ${texts.join(', ')} FROM import_arrow)`,
        );
      } catch (error) {
        throw error instanceof LabError && error.data.kind !== 'engine' ? error : damaged(error);
      } finally {
        engine.run('DROP TABLE IF EXISTS import_arrow');
      }
    },
  };
}

/** Single floats are widened first: they stand for exactly these doubles, not for the decimals they print as. */
const asText = (column: string, type: DataType): string =>
  DataType.isFloat(type) ? `${column}::DOUBLE::VARCHAR` : `${column}::VARCHAR`;

/** An instant has a date only in its own time zone; those of UTC are as written. */
function refuseZone(file: string, column: string, type: DataType): void {
  if (
    !DataType.isTimestamp(type) ||
    type.timezone == null ||
    /^(utc|gmt|etc\/utc|z|[-+]00:?00)$/i.test(type.timezone)
  )
    return;
  throw new LabError({
    kind: 'import',
    problem: `These times are instants in the time zone ${type.timezone}.`,
    remedy: 'Write dates, or local times without a zone (in pandas: .tz_localize(None)).',
    place: { file, column },
  });
}
