import { type Note, info, warning } from '../../domain/note.ts';
import type { Day } from '../../domain/units.ts';
import { date } from '../format.ts';
import { shortList } from '../words.ts';

/** What stands beside the bars and does not reach them, or not all of them. */

export interface Beside {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
  readonly firstBar: Day;
  readonly lastBar: Day;
}

const span = ({ from, to }: Beside): string => `from ${date(from)} to ${date(to)}`;
const bars = ({ firstBar, lastBar }: Beside): string =>
  `the bars run from ${date(firstBar)} to ${date(lastBar)}`;

export const macroOutside = (one: Beside): Note =>
  warning(
    `${one.name} has values ${span(one)}, ${bars(one)}: no session has a value, and what the study makes of ${one.name} stays empty.`,
  );

export const macroInPart = (one: Beside): Note =>
  info(
    `${one.name} has values ${span(one)}, ${bars(one)}: sessions outside have none, or an old one.`,
  );

export const attentionOutside = (symbols: readonly Beside[]): Note =>
  warning(
    `Attention never meets the bars of ${listed(symbols)}: what the study makes of it stays empty there.`,
  );

export const attentionInPart = (symbols: readonly Beside[]): Note =>
  info(`Attention covers a part of the bars only: ${listed(symbols)}.`);

export const membersOutside = (symbols: readonly Beside[]): Note =>
  warning(
    `The universe never holds these while they have bars: ${listed(symbols)}. They are not entered.`,
  );

export const universeOutside = (one: Beside): Note =>
  warning(
    `The universe lasts ${span(one)}, ${bars(one)}: nobody is a member on any session, and nothing is entered. Give spells of the bars’ time, or leave the universe out.`,
  );

export const universeInPart = (one: Beside): Note =>
  warning(
    `The universe lasts ${span(one)}, ${bars(one)}: on sessions outside nobody is a member, and nothing is entered.`,
  );

export const universeUnknown: Note = warning(
  'No symbol of the universe has bars: the study runs as without a universe. Check that both write symbols alike.',
);

/** Symbols whose bars end long before those of all others begin. */
export const barsApart = (ended: readonly string[], end: Day, begin: Day): Note =>
  warning(
    `Bars of ${shortList(ended)} end on ${date(end)}, and no other symbol has bars before ${date(begin)}: no session has both.`,
  );

export const datesShifted = (file: string): Note =>
  warning(
    `${file}: dates may be off by a day. Its stamps are in UTC, not at midnight, and their dates fall on a weekend in place of a weekday. Write the market’s local dates.`,
  );

const listed = (symbols: readonly Beside[]): string =>
  shortList(
    symbols.map((one) => `${one.name} (${span(one)}, ${bars(one)})`),
    3,
    '; ',
  );
