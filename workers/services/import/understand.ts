import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import { importMacros, importSql } from '../../../src/sql/import/catalogue.ts';
import {
  type TableRole,
  type InputFile,
  type Understood,
  tableRoles,
} from '../../../src/wire/lab.ts';
import type { Engine } from '../../engines/engine.ts';
import { roomIn, withRoomFor } from '../room.ts';
import type { CellSource } from './cells.ts';
import type { RawFile } from './raw-file.ts';
import {
  type Opened,
  addSource,
  foundOf,
  isDated,
  isNoData,
  openInput,
  rolePlaced,
  symbolsOf,
} from './sources.ts';
import { type Styles, findStyles } from './styles.ts';
import { endsOf } from './text-lines.ts';
import { carefulTiming, writtenTimes } from './time/careful.ts';
import type { TimedFile } from './time/timing.ts';

/** Bytes of a large text that are looked at, at its beginning and at its end. */
const seen = { head: 2_000_000, tail: 200_000 };
/** Rows and columns that are shown. */
const [shownRows, shownColumns] = [3, 60];

/** One file while it is being understood. */
interface Attempt {
  readonly opened: Opened;
  readonly isWhole: boolean;
  role: TableRole | null;
  source: CellSource | null;
  style: Styles[number] | undefined;
  timed: TimedFile | undefined;
  error: LabErrorData | null;
}

/**
 * How files would be read, each with what must be answered first; the dataset stays. Of large texts the beginning and the
 * end are looked at.
 */
export async function understand(
  engine: Engine,
  files: readonly InputFile[],
  onFile: (name: string, index: number) => void,
  signal?: AbortSignal,
): Promise<Understood[]> {
  const before = await roomIn(engine);
  engine.run(importMacros);
  engine.run(importSql.tables.text);
  try {
    const done: (Understood | Attempt)[] = [];
    for (const [given, file] of files.entries()) {
      if (isNoData(file)) continue;
      onFile(file.name, given);
      done.push(await opened(file, given, signal));
    }
    const attempts = done.filter((one): one is Attempt => 'opened' in one);
    await addAll(engine, attempts, signal);
    await findAllStyles(engine, attempts, signal);
    await findAllTimes(engine, attempts, signal);
    const understood: Understood[] = [];
    for (const one of done)
      understood.push('opened' in one ? await understoodOf(engine, one, signal) : one);
    return understood;
  } catch (error) {
    const these = files.length === 1 ? `“${files[0]!.name}” was` : `${files.length} files were`;
    throw await withRoomFor(error, engine, `Memory ended while ${these} looked at`, before);
  } finally {
    engine.run(importSql.drop.text);
  }
}

async function opened(
  file: InputFile,
  given: number,
  signal?: AbortSignal,
): Promise<Understood | Attempt> {
  try {
    const { content, isWhole } = await sampled(file);
    const opened = await openInput({ ...file, content }, given, signal);
    return {
      opened,
      isWhole,
      role: null,
      source: null,
      style: undefined,
      timed: undefined,
      error: null,
    };
  } catch (error) {
    const { name } = file;
    const nothing = { columns: [], found: {}, mapping: [], unused: [], first: [], last: [] };
    return { name, given, role: null, ...nothing, isWhole: true, error: dataOf(error) };
  }
}

async function sampled({ content }: InputFile): Promise<{ content: Blob; isWhole: boolean }> {
  const ends = content.size <= seen.head + seen.tail ? null : await endsOf(content, seen);
  return ends === null
    ? { content, isWhole: true }
    : { content: new Blob([...ends]), isWhole: false };
}

/** Bars first: the other files are matched to their symbols. */
async function addAll(
  engine: Engine,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<void> {
  for (const attempt of attempts)
    await trying(attempt, async () => {
      attempt.role = await rolePlaced(attempt.opened);
    });
  let number = 0;
  for (const role of tableRoles) {
    const symbols = role === 'bars' ? new Set<string>() : await symbolsOf(engine, signal);
    for (const attempt of attempts.filter((one) => one.role === role))
      await trying(attempt, async () => {
        attempt.source = await addSource(engine, number, attempt.opened, role, symbols, signal);
        number += 1;
      });
  }
}

/** Styles are found for all files at once; of a file that can be read in two ways its question is kept, and an answer supposed. */
async function findAllStyles(
  engine: Engine,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<void> {
  const added = addedOf(attempts);
  if (added.length === 0) return;
  for (;;) {
    const sources = added.map(({ source }) => source!);
    try {
      const styles = await findStyles(engine, sources, signal);
      for (const [i, attempt] of added.entries()) attempt.style = styles[i];
      return;
    } catch (error) {
      const data = dataOf(error);
      const asking = added.find(({ opened }) => opened.given === data.place?.given);
      const [fix] = data.fixes ?? [];
      if (asking === undefined || fix === undefined) throw error;
      asking.error ??= data;
      const input = { ...asking.source!.input, ...fix.reading };
      asking.source = { ...asking.source!, input };
    }
  }
}

/** When bars are is found file by file, so that each is asked for its own zone. */
async function findAllTimes(
  engine: Engine,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<void> {
  const added = addedOf(attempts);
  const sources = added.map(({ source }) => source!);
  const times = added.length === 0 ? null : await writtenTimes({ engine, sources, signal });
  if (times === null) return;
  for (const [file, attempt] of added.entries())
    if (attempt.role === 'bars')
      await trying(attempt, async () => {
        const found = await carefulTiming({ engine, sources, signal }, times, [file]);
        attempt.timed = found?.timing.files.get(file);
      });
}

/** In the order in which they were added to the engine. */
const addedOf = (attempts: readonly Attempt[]): Attempt[] =>
  tableRoles.flatMap((role) => attempts.filter((one) => one.role === role && one.source !== null));

async function trying(attempt: Attempt, work: () => Promise<void>): Promise<void> {
  if (attempt.error !== null) return;
  try {
    await work();
  } catch (error) {
    attempt.error = dataOf(error);
  }
}

/** What a person is told; anything else is a fault of ours, and is thrown. */
function dataOf(error: unknown): LabErrorData {
  if (error instanceof LabError && error.data.kind === 'import') return error.data;
  throw error;
}

async function understoodOf(
  engine: Engine,
  { opened: { input, given, raw }, isWhole, role, source, style, timed, error }: Attempt,
  signal?: AbortSignal,
): Promise<Understood> {
  const layout = source?.layout ?? { fields: {}, blocks: [] };
  const { first, last } = await preview(engine, raw, signal).catch((reason: unknown) => {
    error ??= dataOf(reason);
    return { first: [], last: [] };
  });
  const { columns } = raw;
  const found = foundOf({ raw, layout }, style, timed, isDated(role) ? input.zone : undefined);
  const placed = error?.place;
  return {
    name: input.name,
    given,
    role: input.role === 'detail' ? input.role : role,
    columns,
    ...found,
    first,
    last,
    isWhole,
    // Lines of a sample are not those of the file.
    error:
      error === null || isWhole || placed === undefined
        ? error
        : { ...error, place: { ...placed, line: undefined } },
  };
}

async function preview(
  engine: Engine,
  raw: RawFile,
  signal?: AbortSignal,
): Promise<Pick<Understood, 'first' | 'last'>> {
  const shown = raw.columns.map((_, i) => i).slice(0, shownColumns);
  const rows: string[][] = [];
  await raw.withRows(engine, shown, async (from) => {
    const table = await engine.query(
      `WITH rows AS MATERIALIZED (FROM ${from}), counted AS (SELECT count(*)::INTEGER AS total FROM rows)
       SELECT total, ${shown.map((i) => `coalesce(c${i}, '') AS c${i}`).join(', ')} FROM rows, counted
       WHERE record <= ${shownRows} OR record > total - ${shownRows} ORDER BY record`,
      signal,
    );
    for (const row of table.toArray() as { toJSON(): Record<string, unknown> }[]) {
      const cells = row.toJSON();
      rows.push(shown.map((i) => (cells[`c${i}`] as string).slice(0, 100)));
    }
  });
  const first = rows.slice(0, shownRows);
  return { first, last: rows.slice(Math.max(first.length, rows.length - shownRows)) };
}
