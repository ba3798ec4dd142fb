import { dayFromIso, isoFromDay } from '../../../src/domain/calendar.ts';
import type { Fix } from '../../../src/domain/errors.ts';
import type { Note } from '../../../src/domain/note.ts';
import { counted } from '../../../src/present/format.ts';
import { earlyLeftOut, faultyLeftOut } from '../../../src/present/notes/dataset.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { within } from '../../../src/sql/query.ts';
import type { TableRole } from '../../../src/wire/lab.ts';
import { ask, keep } from '../ask.ts';
import { type CellSource, errorAt } from './cells.ts';
import type { Checked } from './checks.ts';
import { dateFault } from './styles.ts';

/** Leaves rows out that are dated before the day from which a person wants their file. */
export async function leaveOutEarly({ engine, sources, signal }: Checked): Promise<Note[]> {
  const notes: Note[] = [];
  for (const [file, { input }] of sources.entries()) {
    if (input.from === undefined) continue;
    const at = { file, day: dayFromIso(input.from) };
    const [early] = await ask(engine, importSql.early, at, signal);
    if (early === undefined || early.rows === 0) continue;
    await ask(engine, importSql.withoutEarly, at, signal);
    notes.push(earlyLeftOut(input.name, early.rows, input.from));
  }
  return notes;
}

/** Finds the rows of a role that cannot stand (next_faults). */
export async function findFaults({ engine, signal }: Checked, role: TableRole): Promise<void> {
  if (role === 'attention' || role === 'macro') {
    const faults = within(importSql.seriesFaults, { series: `next_${role}` });
    await keep(engine, 'next_faults', faults, { role }, signal);
  } else {
    await keep(engine, 'next_faults', importSql[`${role}Faults`], {}, signal);
  }
}

/** Leaves rows out that cannot stand, of the files in which a person wants that. What was typed of them is to be typed anew. */
export async function leaveOutFaults({ engine, sources, signal }: Checked): Promise<Note[]> {
  if (sources.every(({ input }) => input.leavesOutFaults !== true)) return [];
  const notes: Note[] = [];
  for (const { file, rows, first_record } of await ask(engine, importSql.faulty, {}, signal)) {
    const { input, raw } = sources[file]!;
    if (input.leavesOutFaults !== true) continue;
    notes.push(faultyLeftOut(input.name, rows, raw.lineOf(first_record)));
    await ask(engine, importSql.withoutFaulty, { file }, signal);
  }
  return notes;
}

/** Throws at the first row, in the order of files and lines, that cannot stand; with what can be done about it. */
export async function refuseFaults(context: Checked): Promise<void> {
  const { engine, sources, styles, signal } = context;
  const [fault] = await ask(engine, importSql.firstFault, {}, signal);
  if (fault === undefined) return;
  const { file, field, problem, rows } = fault;
  const [days] = await ask(engine, importSql.faultDays, { file, field, problem }, signal);
  const { last_day: last = null, next_day: next = null } = days ?? {};
  const others =
    rows === 1
      ? ''
      : ` It is one of ${counted(rows, 'such row')}${last === null ? '' : `, the last on ${isoFromDay(last)}`}.`;
  throw await errorAt(engine, sources, { row: Number(fault.row), field }, (text) => {
    const said =
      problem === 'date'
        ? dateFault(text, styles[file]!.dateFormat)
        : { problem, remedy: 'Correct the cell, or remove the row.', fixes: [] };
    return {
      problem: said.problem + others,
      remedy: said.remedy,
      fixes: [...(said.fixes ?? []), ...fixesOf(sources[file]!, { text, problem, rows, next })],
    };
  });
}

interface Fault {
  readonly text: string;
  readonly problem: string;
  readonly rows: number;
  /** The first day after the last such fault. */
  readonly next: number | null;
}

function fixesOf({ input }: CellSource, { text, problem, rows, next }: Fault): Fix[] {
  const fixes: Fix[] = [];
  const cell = text.trim();
  if (/^This is not a (price|number|volume)/.test(problem) && cell !== '')
    fixes.push({
      label: `Take “${cell.slice(0, 40)}” for an empty cell`,
      reading: { blanks: [...(input.blanks ?? []), cell.slice(0, 200)] },
    });
  fixes.push({
    label: rows === 1 ? 'Leave the row out' : `Leave the ${counted(rows, 'row')} out`,
    reading: { leavesOutFaults: true },
  });
  if (next !== null)
    fixes.push({ label: `Start on ${isoFromDay(next)}`, reading: { from: isoFromDay(next) } });
  return fixes;
}
