import type { Note } from '../../../../src/domain/note.ts';
import type { BarClock, DateClocks, Place } from '../../../../src/domain/time/bar-clock.ts';
import { stampsLookLikeEnds, timesFound } from '../../../../src/present/notes/times.ts';
import { importSql } from '../../../../src/sql/import/catalogue.ts';
import { ask, keep } from '../../ask.ts';
import { int32, texts } from '../../columns.ts';
import { columnOf, errorAt } from '../cells.ts';
import type { CellSource } from '../cells.ts';
import { type Checked, refuseRow } from '../checks.ts';
import { plain as plainName } from '../fields.ts';
import { int64s, putTable } from '../tables.ts';
import { timingWords } from './faults.ts';
import { type FileStamps, local, timeIn, timeOfCount } from './stamps.ts';
import { type TimedFile, type Timing, timingFrom, timingOf } from './timing.ts';

/**
 * Finds when the bars of next_bars are, and writes it to them; null where they are dated by days alone. Throws at the first
 * time that is none, or that does not say which.
 */
export async function timeBars(context: Checked): Promise<Timing | null> {
  const { sources } = context;
  const times = await writtenTimes(context);
  const files = [...sources.keys()].filter((file) => sources[file]!.role === 'bars');
  const found = times === null ? null : await carefulTiming(context, times, files);
  if (found === null) return null;
  const { timing, rows } = found;
  const total = rows.reduce((sum, one) => sum + one.length, 0);
  const row = new Int32Array(total);
  const day = new Int32Array(total);
  const [opens, known] = [new Float64Array(total), new Float64Array(total)];
  let at = 0;
  for (const [i, timed] of [...timing.files.values()].entries()) {
    row.set(rows[i]!, at);
    day.set(timed.day, at);
    opens.set(timed.opens, at);
    known.set(timed.known, at);
    at += rows[i]!.length;
  }
  const { engine, signal } = context;
  putTable(engine, 'import_instants', { row, day, opens: int64s(opens), known: int64s(known) });
  await keep(engine, 'next_bars', importSql.barsTimed, {}, signal);
  return timing;
}

type Context = Pick<Checked, 'engine' | 'sources' | 'signal'>;

/** By row of import_days: seconds since midnight, of which `noTime` and `faulty` stand for none; and offsets. */
interface Times {
  readonly clock: Int32Array;
  readonly offset: Int32Array;
}
const [noTime, faulty] = [-1, -2];

/** The times of all dates; null where no file has any, nor an exchange. */
export async function writtenTimes({ engine, sources, signal }: Context): Promise<Times | null> {
  const [some] = await ask(engine, importSql.someTime, {}, signal);
  const isAsked = sources.some(({ input }) => (input.exchange ?? 'none') !== 'none');
  if (some === undefined && !isAsked) return null;
  const table = await engine.query(importSql.dayTexts.text, signal);
  const written = texts(table, 'text');
  const formats = texts(table, 'format');
  const clock = new Int32Array(written.length);
  const offset = new Int32Array(written.length);
  for (let i = 0; i < written.length; i++) {
    const time = timeOfCount(written[i]!, formats[i]!) ?? timeIn(written[i]!);
    clock[i] = time === undefined ? faulty : (time?.clock ?? noTime);
    offset[i] = time?.offset ?? local;
  }
  return { clock, offset };
}

/** The timing of files of bars, and the rows of import_cells that each has. Rows without a date are left out. */
export async function carefulTiming(
  context: Context,
  times: Times,
  files: readonly number[],
): Promise<{ timing: Timing; rows: Int32Array[] } | null> {
  const { engine, sources } = context;
  const read = [];
  for (const file of files) read.push(await stampsOf(context, file, times));
  const found = timingOf(read.map(({ stamps }) => stamps));
  if (found === null) return null;
  if ('fault' in found) {
    const { file, row, fault } = found;
    const first = 'first' in fault ? sources[files[fault.first]!]!.input.name : '';
    const alike = 'alike' in fault ? fault.alike.map((i) => sources[files[i]!]!.given) : [];
    throw await errorAt(engine, sources, { row: read[file]!.rows[row]!, field: 'date' }, () =>
      timingWords(fault, first, alike),
    );
  }
  const timing = timingFrom(
    read.map(({ stamps, rows }, i) => ({
      ...{ number: files[i]!, stamps, timed: found[i]! },
      rowOf: (row) => rows[row]!,
    })),
  );
  return { timing, rows: read.map(({ rows }) => rows) };
}

/** Throws where bars of a symbol, in several files, overlap. */
export const refuseOverlappingBars = (context: Checked): Promise<void> =>
  refuseRow(context, importSql.barsOverlaps, (name) => ({
    problem: `This bar of ${name} begins before the one before has ended.`,
    remedy: 'Look whether files overlap; keep bars of one length in a dataset.',
  }));

async function stampsOf(
  { engine, sources, signal }: Context,
  file: number,
  times: Times,
): Promise<{ stamps: FileStamps; rows: Int32Array }> {
  const { text } = importSql.stamps;
  engine.run(`SET VARIABLE file = ${file}`);
  const table = await engine.query(text, signal);
  const at = int32(table, 'written');
  const name = int32(table, 'name');
  const found = await ask(engine, importSql.stampNames, { file }, signal);
  const labels = found.map((one) => one.name.trim());
  const symbols = [...new Set(labels)];
  const numbers = Int32Array.from(labels, (label) => symbols.indexOf(label));
  const of = (column: Int32Array): Int32Array => at.map((row) => column[row]!);
  const [clock, offset] = [of(times.clock), of(times.offset)];
  const rows = int32(table, 'row');
  const bad = clock.indexOf(faulty);
  if (bad >= 0)
    throw await errorAt(engine, sources, { row: rows[bad]!, field: 'date' }, () => ({
      problem: 'This is not a time of day.',
      remedy: 'Correct the cell, or remove the row.',
    }));
  const { input, layout, raw } = sources[file]!;
  const dateAt = columnOf(layout.fields, 'date');
  return {
    rows,
    stamps: {
      reading: input,
      symbols,
      symbol: symbols.length === labels.length ? name : name.map((at) => numbers[at]!),
      day: int32(table, 'day'),
      clock: clock.some((one) => one >= 0) ? clock.map((one) => Math.max(one, 0)) : null,
      offset: offset.some((one) => one !== local) ? offset : null,
      isOfUtc: dateAt !== undefined && isOfUtc(raw.columns[dateAt]!),
    },
  };
}

/** “Gmt time”, “Date (UTC)”. */
export const isOfUtc = (column: string): boolean => /utc|gmt/.test(plainName(column));

/** What was found, said once of files that are alike. */
export function timingNotes({ files }: Timing, sources: readonly CellSource[]): Note[] {
  const alike = new Map<string, { names: string[]; one: TimedFile }>();
  const ends: string[] = [];
  let sessions = 0;
  for (const [file, one] of files) {
    const { name } = sources[file]!.input;
    const { seconds, stamp, exchange, zone, isLocal, why } = one;
    const key = JSON.stringify([seconds, stamp, exchange, zone, isLocal, why === null]);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { names: [name], one });
    else group.names.push(name);
    if (one.ended > 0 && one.unopened >= 0.8 * one.ended) {
      ends.push(name);
      sessions = Math.max(sessions, one.unopened);
    }
  }
  return [
    ...[...alike.values()].map(({ names, one: { seconds, stamp, exchange, zone, isLocal, why } }) =>
      timesFound({ files: names, seconds, stamp, exchange, why, zone: isLocal ? zone : null }),
    ),
    ...(ends.length === 0 ? [] : [stampsLookLikeEnds(ends, sessions)]),
  ];
}

/** The clock of a dataset, by its symbols; a name that was split in parts (ABC#1) has the place of all of them. */
export function clockOfSymbols(
  { files, symbols }: Timing,
  final: readonly string[],
  dates: DateClocks | null,
): BarClock {
  const places: Place[] = [];
  const known = new Map<string, number>();
  let seconds = 0;
  for (const [file, one] of files) {
    seconds = one.seconds;
    let at = places.findIndex(
      ({ exchange, zone }) => exchange === one.exchange && zone === one.zone,
    );
    if (at < 0) at = places.push({ exchange: one.exchange, zone: one.zone }) - 1;
    for (const symbol of symbols.get(file)!) if (!known.has(symbol)) known.set(symbol, at);
  }
  const placeOf = final.map(
    (symbol) => known.get(symbol) ?? known.get(symbol.replace(/#+\d+$/, '')) ?? 0,
  );
  return { seconds, places, placeOf, ...(dates && { dates }) };
}
