import type { Note } from '../../../src/domain/note.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { ask } from '../ask.ts';
import { isAdjusting } from './cells.ts';
import type { Checked } from './checks.ts';
import { seriesLabel } from './fields.ts';
import type { Names } from './names.ts';
import {
  columnsNotUsed,
  opensCopied,
  outsideRange,
  pricesScaled,
  rowsLeftOut,
  strangersNotUsed,
  timesInUtc,
} from '../../../src/present/notes/dataset.ts';

/** What was left out, changed or assumed, file by file. */
export function fileNotes({ sources, formats }: Checked, empty: readonly number[]): Note[] {
  return sources.flatMap((source, file) => {
    const { input, role, raw, layout } = source;
    const notes: Note[] = [];
    const left = empty[file] ?? 0;
    if (left > 0 && role === 'bars') notes.push(rowsLeftOut(input.name, left));
    if (isAdjusting(source))
      notes.push(pricesScaled(input.name, raw.columns[layout.fields.adjusted!]!));
    if (/seconds$/.test(formats[file] ?? '')) notes.push(timesInUtc(input.name));
    if (layout.wide.length > 0) {
      const used = new Set([...Object.values(layout.fields), ...layout.wide]);
      const others = raw.columns.filter((column, i) => !used.has(i) && column !== '');
      if (others.length > 0) notes.push(columnsNotUsed(input.name, others.map(seriesLabel)));
    }
    return notes;
  });
}

/** Series of other names than the dataset and the study know are kept out, and said. */
export function strangerNotes({ strangers }: Names): Note[] {
  return (['attention', 'universe', 'macro'] as const).flatMap((role) => {
    const names = strangers(role);
    return names.length === 0 ? [] : [strangersNotUsed(role, names)];
  });
}

/** Bars that look made up. Old index histories repeat the close before as the open: a fill there is no fill at an open. */
export async function oddityNotes({ engine, signal }: Checked): Promise<Note[]> {
  const [found] = await ask(engine, importSql.barsOddities, {}, signal);
  const { followed = 0 } = found ?? {};
  const [copied, outside] = [found?.copied ?? 0, found?.outside ?? 0];
  const notes: Note[] = [];
  if (followed > 0 && copied >= 0.05 * followed) notes.push(opensCopied(copied, followed));
  if (outside > 0) notes.push(outsideRange(outside));
  return notes;
}
