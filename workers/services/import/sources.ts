import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import type { TableRole, FileSummary, InputFile } from '../../../src/wire/lab.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import { sha256Of } from '../sha256.ts';
import { type CellSource, addCells } from './cells.ts';
import { layoutOf, roleOf, unusedOf } from './layout.ts';
import { numberNames } from './names.ts';
import { isDataName, openFile, refuseAtSight, seenAtSight } from './open.ts';
import type { RawFile, TextLines } from './raw-file.ts';
import type { Styles } from './styles.ts';
import type { TimedFile } from './time/timing.ts';

/** A file of which it is known what it holds. */
export interface Opened {
  readonly input: InputFile;
  /** Its place among the files that were given. */
  readonly given: number;
  readonly bytes: number;
  /** Of text whose rows are read later: then. */
  readonly sha256: () => Promise<string>;
  readonly raw: RawFile;
  /** Of text that was opened by its ends, which is all that `raw` has. */
  readonly lines?: TextLines;
}

/** What lay beside data in a folder or an archive. */
export const isNoData = ({ name, isWithin = false }: InputFile): boolean =>
  isWithin && !isDataName(name);

export async function openInput(
  input: InputFile,
  given: number,
  signal?: AbortSignal,
): Promise<Opened> {
  stopIfAborted(signal);
  return placed(given, async () => {
    if (input.content.size > largestDataFile) {
      throw new LabError({
        kind: 'import',
        problem: 'This file is larger than 2 GB.',
        remedy: 'Split it.',
        place: { file: input.name },
      });
    }
    const beginning = await input.content.slice(0, seenAtSight).arrayBuffer();
    refuseAtSight(input.name, new Uint8Array(beginning));
    const bytes = new Uint8Array(await input.content.arrayBuffer());
    const [raw, sha256] = await Promise.all([openFile(input, bytes), sha256Of(bytes)]);
    return { input, given, bytes: bytes.length, sha256: () => Promise.resolve(sha256), raw };
  });
}

/** The role that a file was given, or that of its columns; finer bars are bars. */
export const rolePlaced = ({ input, given, raw }: Opened): Promise<TableRole> =>
  placed(given, () => (input.role === 'detail' ? 'bars' : (input.role ?? roleOf(input, raw))));

/** The symbols of the bars that were added. */
export const symbolsOf = async (engine: Engine, signal?: AbortSignal): Promise<Set<string>> =>
  new Set((await numberNames(engine, new Set(), null, signal)).symbols);

/** Adds the cells of one file, as file number `file`. `symbols` are those of the bars: their files go first. */
export async function addSource(
  engine: Engine,
  file: number,
  { input, given, raw }: Opened,
  role: TableRole,
  symbols: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<CellSource> {
  return placed(given, async () => {
    const layout = layoutOf(role, input, raw, symbols);
    const source = { input, given, role, raw, layout };
    await addCells(engine, file, source, symbols, signal);
    return source;
  });
}

/** Errors about a file name its place among those given. */
async function placed<T>(given: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LabError) || error.data.place?.file === undefined) throw error;
    throw new LabError({ ...error.data, place: { ...error.data.place, given } });
  }
}

/** Whether the values of a role are known when their dates are over on some clocks. */
export const isDated = (role: TableRole | null): boolean =>
  role === 'attention' || role === 'macro';

/** What became of a file's columns and texts. */
export function foundOf(
  { raw, layout }: Pick<CellSource, 'raw' | 'layout'>,
  style?: Styles[number],
  timed?: TimedFile,
  /** That of the clocks by which values beside the bars are dated, where it was said. */
  zone?: string,
): Pick<FileSummary, 'timed' | 'found' | 'mapping' | 'unused'> {
  const { fields, blocks } = layout;
  const found: Reading = {
    ...(raw.delimiter !== undefined && {
      delimiter: raw.delimiter,
      headerLine: raw.headerLine ?? 0,
    }),
    ...(blocks.length === 0 && {
      columns: Object.fromEntries(
        Object.entries(fields).map(([field, i]) => [field, raw.columns[i]!]),
      ),
    }),
    ...(style !== undefined && {
      decimal: style.decimal,
      ...(style.dateFormat !== '' && { dateFormat: style.dateFormat }),
    }),
    ...(zone !== undefined && { zone }),
    ...(timed !== undefined && {
      ...(timed.isLocal && { zone: timed.zone }),
      ...{ exchange: timed.exchange ?? ('none' as const), stamp: timed.stamp },
    }),
  };
  return {
    ...(timed !== undefined && { timed: { seconds: timed.seconds, stamp: timed.stamp } }),
    found,
    mapping: [layout, ...blocks].flatMap((one) =>
      Object.entries(one.fields).map(([field, i]) => ({ column: raw.columns[i]!, field })),
    ),
    unused: unusedOf(raw, layout),
  };
}
