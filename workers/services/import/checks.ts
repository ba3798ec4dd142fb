import { isoFromDay } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { Day } from '../../../src/domain/units.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading, within } from '../../../src/sql/query.ts';
import { literal } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { type CellSource, errorAt } from './cells.ts';
import type { PlainRows } from './plain-text.ts';
import type { Styles } from './styles.ts';

/** What checks read: the engine, the files, how they write dates. */
export interface Checked {
  readonly engine: Engine;
  readonly sources: readonly CellSource[];
  readonly styles: Styles;
  /** Where bars were typed without import_cells. */
  readonly plain: PlainRows | null;
  /** The column of next_bars that tells the bars of a symbol apart: their dates, or where they are instants when they open. */
  readonly at: 'day' | 'opens';
  readonly signal: AbortSignal | undefined;
}

/* eslint-disable no-control-regex -- these are what it is about */
/** What no one can see in a name: control characters, breaks of lines, marks of order and of direction. */
const unseen =
  /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/u;
/* eslint-enable no-control-regex */

export const hasUnseen = (name: string): boolean => unseen.test(name);

/** Throws at the first name of a symbol or series that holds a character that cannot be seen; those at its ends are cut off. */
export async function refuseUnseen({
  engine,
  sources,
  signal,
}: Omit<Checked, 'styles' | 'plain' | 'at'>): Promise<void> {
  const names = await ask(engine, importSql.names, {}, signal);
  const bad = names.filter(({ name }) => unseen.test(name.trim()));
  if (bad.length === 0) return;
  const among = bad.map(({ name }) => literal(name)).join(', ');
  const first = reading(
    `SELECT min(rowid) AS row FROM import_cells WHERE NOT is_empty AND name IN (${among})`,
    { row: 'bigint or null' },
  );
  const [found] = await ask(engine, first, {}, signal);
  const at = { row: Number(found?.row ?? 0), field: 'name' };
  const error = await errorAt(engine, sources, at, (text) => {
    const code = unseen.exec(text.trim())?.[0].codePointAt(0) ?? 0;
    return {
      problem: `This name holds a character that cannot be seen, U+${code.toString(16).toUpperCase().padStart(4, '0')}.`,
      remedy: 'Remove it: a name that looks like another would be another.',
    };
  });
  const value = error.data.place?.value?.replaceAll(new RegExp(unseen, 'gu'), '�');
  throw new LabError({ ...error.data, place: { ...error.data.place, value } });
}

/** Throws where a column of numbers was taken for the symbol: every row has one of its own, and a date of its own. */
export async function refuseNumbered({
  engine,
  sources,
  signal,
}: Omit<Checked, 'styles' | 'plain' | 'at'>): Promise<void> {
  const [found] = await ask(engine, importSql.numbered, {}, signal);
  if (found === undefined) return;
  throw await errorAt(engine, sources, { row: found.row, field: 'name' }, () => ({
    problem: 'Every row has a symbol of its own here.',
    remedy: 'Rename or remove this column: without one the file’s name is the symbol.',
  }));
}

/** Throws where a date stands twice in series, per date of availability. */
export async function refuseRepeats(context: Checked, role: 'attention' | 'macro'): Promise<void> {
  const repeats = within(importSql.seriesRepeats, { series: `next_${role}` });
  await refuseRow(context, repeats, (name, day) => ({
    problem: `${name} has a second value on ${day}.`,
    remedy: 'Keep one value per date.',
  }));
}

/** Throws where a symbol's instrument is said in two ways. */
export async function refuseContradictions(context: Checked): Promise<void> {
  await refuseRow(
    context,
    importSql.instrumentsRepeats,
    (name) => ({
      problem: `${name} has another instrument above.`,
      remedy: 'Keep one row per symbol.',
    }),
    'name',
  );
}

/** Throws where a symbol has two dividends or two splits on a day. */
export async function refuseSecondEvents(context: Checked): Promise<void> {
  for (const what of ['dividend', 'split']) {
    await refuseRow(context, within(importSql.eventsRepeats, { what }), (name, day) => ({
      problem: `${name} has a second ${what} on ${day}.`,
      remedy: `Keep one ${what} per symbol and date: ${what === 'split' ? 'multiply them' : 'sum them'}.`,
    }));
  }
}

export async function refuseDisorder(context: Checked): Promise<void> {
  await refuseRow(context, importSql.macroDisorder, (name) => ({
    problem: `This value of ${name} became available before the one dated earlier.`,
    remedy: 'Values of a series must become available in the order of their dates.',
  }));
}

/** Throws where a symbol belongs to the universe twice at once. */
export async function refuseOverlaps(context: Checked): Promise<void> {
  await refuseRow(context, importSql.universeOverlaps, (name, day) => ({
    problem: `${name} belongs to the universe already on ${day}.`,
    remedy: 'Let each spell of a symbol end on or before the day on which its next one begins.',
  }));
}

/** Throws where a symbol has two groups. */
export async function refuseRegrouping(context: Checked): Promise<void> {
  await refuseRow(
    context,
    importSql.universeRegrouped,
    (name) => ({
      problem: `${name} has another group above.`,
      remedy: 'Give each symbol one group.',
    }),
    'group_name',
  );
}

/** The periods of the attention series; throws where values stand too far apart. Lone values, where there are no others, count as weekly. */
export async function attentionPeriods({
  engine,
  sources,
  signal,
}: Checked): Promise<ReadonlySet<'daily' | 'weekly'>> {
  const gaps = await ask(engine, importSql.attentionPeriods, {}, signal);
  const coarse = gaps.find(({ gap }) => gap !== null && gap > 7);
  if (coarse !== undefined) {
    throw await errorAt(engine, sources, { row: coarse.row, field: 'date' }, () => ({
      problem: `Attention values of this symbol stand mostly ${coarse.gap} days apart.`,
      remedy: 'Give daily or weekly attention: longer periods are too coarse for these signals.',
    }));
  }
  const known = gaps.filter(({ gap }) => gap !== null);
  const counted = known.length > 0 ? known : gaps;
  return new Set(counted.map(({ gap }) => ((gap ?? 7) <= 3 ? 'daily' : 'weekly')));
}

/** For each file: rows of data, and how many more it has that are empty, and the first record of those. */
export async function countRows({
  engine,
  sources,
  signal,
}: Pick<Checked, 'engine' | 'sources' | 'signal'>) {
  const counts = await ask(engine, importSql.rowCounts, {}, signal);
  return counts.map((count) => ({
    ...count,
    kept: sources[count.file]!.plain?.rows ?? count.kept,
  }));
}

/** Where the files have one bar each of some symbols. */
export async function rowsOfBars(
  { engine, plain, at, signal }: Checked,
  bars: readonly { readonly sym: number; readonly day: Day }[],
): Promise<ReadonlyMap<number, number>> {
  if (plain !== null) return new Map(bars.map(({ sym, day }) => [sym, plain.rowOf(sym, day)]));
  const dated =
    at === 'opens'
      ? 'JOIN import_instants AS days USING (row)'
      : 'JOIN import_styles AS styles USING (file) JOIN import_days AS days ON days.text = import_rows.date AND days.format = styles.date_format';
  const query = reading(
    `SELECT names.sym::INTEGER AS sym, min(row)::INTEGER AS row
     FROM import_rows JOIN import_names AS names USING (role, name) ${dated}
     WHERE role = 'bars' AND (names.sym, days.day) IN (${bars.map(({ sym, day }) => `(${sym}, ${day})`).join(', ')})
     GROUP BY names.sym`,
    { sym: 'integer', row: 'integer' },
  );
  const found = await ask(engine, query, {}, signal);
  return new Map(found.map(({ sym, row }) => [sym, row]));
}

/** Throws at the row that `query` names, where it names one. */
export async function refuseRow(
  { engine, sources, signal }: Checked,
  query: typeof importSql.barsRepeats,
  say: (name: string, date: string) => { problem: string; remedy: string },
  field = 'date',
): Promise<void> {
  const [found] = await ask(engine, query, {}, signal);
  if (found?.row == null) return;
  const placed = reading(
    `SELECT name, coalesce(day, 0)::INTEGER AS day
     FROM import_cells JOIN import_styles USING (file) LEFT JOIN import_days ON text = date AND format = date_format
     WHERE import_cells.rowid = ${found.row}`,
    { name: 'text', day: 'integer' },
  );
  const [at] = await ask(engine, placed, {});
  throw await errorAt(engine, sources, { row: Number(found.row), field }, () =>
    say(at?.name.trim() ?? '', isoFromDay(at?.day ?? 0)),
  );
}

/** Files of which nothing is kept. */
export function refuseEmpty(
  sources: readonly CellSource[],
  counts: readonly { kept: number }[],
): void {
  const file = counts.findIndex(({ kept }) => kept === 0);
  if (file < 0) return;
  throw new LabError({
    kind: 'import',
    problem: 'There are no rows of data.',
    remedy: 'Choose a file with data below its header.',
    place: { file: sources[file]!.input.name },
  });
}
