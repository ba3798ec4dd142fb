import type { Note } from '../../../src/domain/note.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading } from '../../../src/sql/query.ts';
import { ask } from '../ask.ts';
import { isAdjusting, isClosesAlone, placeAt } from './cells.ts';
import { unusedOf } from './layout.ts';
import type { Checked } from './checks.ts';
import { seriesLabel } from './fields.ts';
import type { Names } from './names.ts';
import {
  type ImportedBar,
  closesAlone,
  columnsNotUsed,
  opensCopied,
  outsideRange,
  pricesScaled,
  rowsLeftOut,
  strangersNotUsed,
  timesInUtc,
  twoDigitYears,
} from '../../../src/present/notes/dataset.ts';
import { type Screened, closing, copiedShare, leastFollowed } from './quality.ts';
import type { Timing } from './time/timing.ts';
import { offTick } from '../../../src/present/notes/events.ts';

/** What was left out, changed or assumed, file by file. */
export function fileNotes(
  { sources, styles }: Checked,
  counts: readonly { readonly empty: number; readonly first_empty: number | null }[],
  timing: Timing | null,
): Note[] {
  return sources.flatMap((source, file) => {
    const { input, role, raw, layout } = source;
    const notes: Note[] = [...raw.told];
    if (isClosesAlone(source)) notes.push(closesAlone(input.name));
    const { empty = 0, first_empty: record = null } = counts[file] ?? {};
    if (empty > 0 && role === 'bars') {
      const line = record === null ? undefined : raw.lineOf(record);
      notes.push(rowsLeftOut(input.name, empty, line));
    }
    const adjusted = [layout, ...layout.blocks].find(({ fields }) => fields.adjusted !== undefined);
    if (isAdjusting(source))
      notes.push(pricesScaled(input.name, raw.columns[adjusted!.fields.adjusted!]!));
    const { dateFormat } = styles[file]!;
    if (dateFormat.endsWith('seconds') && timing?.files.has(file) !== true)
      notes.push(timesInUtc(input.name));
    if (/(^|[^Y])YY$/.test(dateFormat)) notes.push(twoDigitYears(input.name));
    if (layout.blocks.length > 0) {
      const others = unusedOf(raw, layout);
      if (others.length > 0) notes.push(columnsNotUsed(input.name, others.map(seriesLabel)));
    }
    return notes;
  });
}

/** Series of other names than the dataset and the study know are kept out, and said. */
export function strangerNotes({ strangers }: Names): Note[] {
  return (['attention', 'universe', 'instruments', 'events', 'macro'] as const).flatMap((role) => {
    const names = strangers(role);
    return names.length === 0 ? [] : [strangersNotUsed(role, names)];
  });
}

/**
 * Bars that look made up. Old index histories repeat the close before as the open: a fill there is no fill at an open.
 * Where trading goes round the clock, as in coins and currencies, it is one.
 */
export async function oddityNotes(
  context: Checked,
  all: readonly Screened[],
  symbols: readonly string[],
): Promise<Note[]> {
  const some = closing(all, symbols);
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const first = (rows: readonly (number | null)[]): number | undefined =>
    rows.filter((row) => row !== null).sort((a, b) => a - b)[0];
  const copied = sum(some.map((one) => one.copied));
  const followed = sum(some.map((one) => one.followed));
  const firstCopied = first(some.map((one) => one.first_copied));
  const firstOutside = first(all.map((one) => one.first_outside));
  const notes: Note[] = [];
  if (firstCopied !== undefined && followed >= leastFollowed && copied >= copiedShare * followed)
    notes.push(opensCopied(copied, followed, await barAt(firstCopied, context, symbols)));
  if (firstOutside !== undefined)
    notes.push(
      outsideRange(sum(all.map((one) => one.outside)), await barAt(firstOutside, context, symbols)),
    );
  return notes;
}

/** Ticks that do not divide the prices. */
export async function tickNotes(
  { engine, signal }: Checked,
  symbols: readonly string[],
): Promise<Note[]> {
  const found = await ask(engine, importSql.offTick, {}, signal);
  if (found.length === 0) return [];
  return [offTick(found.map(({ sym, bars, tick }) => ({ symbol: symbols[sym]!, bars, tick })))];
}

/** A bar as its file has it. */
async function barAt(
  row: number,
  { engine, sources, signal }: Checked,
  symbols: readonly string[],
): Promise<ImportedBar> {
  const query = reading(
    `SELECT sym::INTEGER AS sym, day, open::DOUBLE AS open, high::DOUBLE AS high, low::DOUBLE AS low, close::DOUBLE AS close
     FROM next_bars WHERE row = ${row}`,
    {
      sym: 'integer',
      day: 'integer',
      open: 'number',
      high: 'number',
      low: 'number',
      close: 'number',
    },
  );
  const [bar] = await ask(engine, query, {}, signal);
  const { file, line } = await placeAt(engine, sources, { row, field: 'date' });
  return { ...bar!, symbol: symbols[bar!.sym]!, file: file!, line };
}
