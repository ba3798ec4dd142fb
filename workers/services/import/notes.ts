import { type Note, info, warning } from '../../../src/domain/note.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { ask } from '../ask.ts';
import { isAdjusting } from './cells.ts';
import type { Checked } from './checks.ts';
import { seriesLabel } from './fields.ts';
import type { Names } from './names.ts';
import { shortList } from '../../../src/present/words.ts';

/** What was left out, changed or assumed, file by file. */
export function fileNotes({ sources, formats }: Checked, empty: readonly number[]): Note[] {
  return sources.flatMap((source, file) => {
    const { input, role, raw, layout } = source;
    const notes: Note[] = [];
    const left = empty[file] ?? 0;
    if (left > 0 && role === 'bars')
      notes.push(
        info(`${input.name}: ${left} row${left === 1 ? '' : 's'} without prices left out.`),
      );
    if (isAdjusting(source)) {
      notes.push(
        info(
          `${input.name}: prices are scaled to “${raw.columns[layout.fields.adjusted!]}”; volume is as given.`,
        ),
      );
    }
    if (/seconds$/.test(formats[file] ?? ''))
      notes.push(
        warning(`${input.name}: times are counted since 1970; each bar’s date is the one in UTC.`),
      );
    if (layout.wide.length > 0) {
      const used = new Set([...Object.values(layout.fields), ...layout.wide]);
      const others = raw.columns.filter((column, i) => !used.has(i) && column !== '');
      if (others.length > 0)
        notes.push(
          warning(`${input.name}: columns ${shortList(others.map(seriesLabel))} not used.`),
        );
    }
    return notes;
  });
}

/** Series of other names than the dataset and the study know are kept out, and said. */
export function strangerNotes({ strangers }: Names): Note[] {
  return (['attention', 'universe', 'macro'] as const).flatMap((role) => {
    const names = strangers(role);
    if (names.length === 0) return [];
    const text =
      role === 'macro'
        ? `Macro series ${shortList(names)} not used: VIX, INDEX and OIL are known.`
        : `No bars for ${shortList(names)}, named in the ${role} data: not used.`;
    return [warning(text)];
  });
}

/** Bars that look made up. Old index histories repeat the close before as the open: a fill there is no fill at an open. */
export async function oddityNotes({ engine, signal }: Checked): Promise<Note[]> {
  const [found] = await ask(engine, importSql.barsOddities, {}, signal);
  const { followed = 0 } = found ?? {};
  const [copied, outside] = [found?.copied ?? 0, found?.outside ?? 0];
  const notes: Note[] = [];
  if (followed > 0 && copied >= 0.05 * followed) {
    notes.push(
      warning(
        `${copied} of ${followed} bars open exactly at the close before: their opens look made up, and a fill there is in truth a fill at the signal’s close.`,
      ),
    );
  }
  if (outside > 0) {
    notes.push(
      warning(
        `${outside} bar${outside === 1 ? ' opens or closes' : 's open or close'} outside the range from low to high.`,
      ),
    );
  }
  return notes;
}

export const mixedPeriods: Note = info(
  'Some attention series are daily, others weekly: each counts from the end of its own period.',
);
