import type { Note } from '../../../src/domain/note.ts';
import {
  type Beside,
  attentionInPart,
  attentionOutside,
  barsApart,
  datesShifted,
  macroInPart,
  macroOutside,
  membersOutside,
  universeInPart,
  universeOutside,
  universeUnknown,
} from '../../../src/present/notes/beside.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { ask } from '../ask.ts';
import type { Checked } from './checks.ts';

/** How long after its last value a series may still count, days; and how much may be missing at an end before it is said. */
const [lasting, edge] = [7, 31];

const isOutside = ({ from, to, firstBar, lastBar }: Beside): boolean =>
  to < firstBar - lasting || from > lastBar;
const isInPart = (one: Beside): boolean =>
  !isOutside(one) && (one.from > one.firstBar + edge || one.to < one.lastBar - edge);

/** Series, members and bars that do not meet. The tables to come are final. */
export async function besideNotes({ engine, sources, signal }: Checked): Promise<Note[]> {
  if (!sources.some(({ role }) => role === 'attention' || role === 'macro' || role === 'universe'))
    return [];
  const found = await ask(engine, importSql.beside, {}, signal);
  const of = (role: string): Beside[] =>
    found
      .filter((one) => one.role === role)
      .map(({ name, first_day: from, last_day: to, first_bar: firstBar, last_bar: lastBar }) => ({
        name,
        from,
        to,
        firstBar,
        lastBar,
      }));
  const some = (all: readonly Beside[], say: (all: readonly Beside[]) => Note): Note[] =>
    all.length === 0 ? [] : [say(all)];
  const [universe] = of('universe');
  const members = of('member').filter(isOutside);
  return [
    ...of('macro').filter(isOutside).map(macroOutside),
    ...of('macro').filter(isInPart).map(macroInPart),
    ...some(of('attention').filter(isOutside), attentionOutside),
    ...some(of('attention').filter(isInPart), attentionInPart),
    ...(universe === undefined
      ? sources.some(({ role }) => role === 'universe')
        ? [universeUnknown]
        : []
      : isOutside(universe)
        ? [universeOutside(universe)]
        : [
            ...(isInPart(universe) ? [universeInPart(universe)] : []),
            ...some(members, membersOutside),
          ]),
  ];
}

/** Symbols whose bars end a year or more before those of the rest begin. */
export function apartNotes(
  spans: readonly { readonly sym: number; readonly first_day: number; readonly last_day: number }[],
  symbols: readonly string[],
): Note[] {
  const inOrder = [...spans].sort((a, b) => a.first_day - b.first_day);
  let end = -Infinity;
  for (const [i, { first_day: begin }] of inOrder.entries()) {
    if (i > 0 && begin > end + 365) {
      const ended = inOrder.slice(0, i).map(({ sym }) => symbols[sym]!);
      return [barsApart(ended, end, begin)];
    }
    end = Math.max(end, inOrder[i]!.last_day);
  }
  return [];
}

/** Files whose dates look a day early (east of Greenwich) or late: a weekend has bars, and the weekday at its other end none. */
export async function shiftNotes({ engine, sources, signal }: Checked): Promise<Note[]> {
  const [timed] = await ask(engine, importSql.someTime, {}, signal);
  if (timed === undefined) return [];
  const stamps = await ask(engine, importSql.shifted, {}, signal);
  return stamps
    .filter(
      ({ clocks, clock, weekdays, mondays, fridays, saturdays, sundays }) =>
        clocks <= 2 &&
        weekdays > 1 &&
        (clock >= 720 ? sundays > 0 && fridays === 0 : saturdays > 0 && mondays === 0),
    )
    .map(({ file }) => datesShifted(sources[file]!.input.name));
}
