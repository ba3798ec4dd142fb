import { type Static, Type } from '@sinclair/typebox';
import { choice, clockTime, flag, group, integer, optional } from './tools.ts';

/** A time of day on the exchange's clocks; null for none. */
const time = (title: string, description: string) =>
  Type.Union([Type.String({ pattern: clockTime }), Type.Null()], {
    title,
    description: `${description} null for none.`,
    default: null,
  });

/** What holds inside a session, whatever the length of the bars. */
export const sessionSchema = group(
  'Session',
  'What holds inside one trading day, of bars that have times; bars dated by days are whole sessions and know none of it.',
  {
    flat: flag(
      'Flat at its end',
      'Positions end at the close of their session’s last bar, as a market-on-close order does; where the data stop before it, at the next open.',
      false,
    ),
    entriesFrom: time(
      'Entries from',
      'The first bar that may be entered opens then or later: HH:MM.',
    ),
    entriesUntil: time('Entries until', 'No bar is entered that opens then or later: HH:MM.'),
    lastBars: integer(
      'None in the last',
      'Bars at the end of a session, by the calendar, that are not entered.',
      0,
      { minimum: 0, maximum: 10_000, unit: 'bars' },
    ),
    dayOrders: flag(
      'Day orders',
      'An entry order that has not filled when the session of its signal ends is cancelled.',
      false,
    ),
    longestHolding: optional(
      integer(
        'Longest holding',
        'Sessions a position is held, that of its entry being the first; then it leaves at the next open.',
        5,
        { minimum: 1, maximum: 10_000, unit: 'sessions' },
      ),
      { off: true },
    ),
  },
);
export type SessionRules = Static<typeof sessionSchema>;

/** Lengths of bars that a study may think in; `given` are those of the data. */
export const barLengths = [
  'given',
  '1min',
  '2min',
  '3min',
  '5min',
  '10min',
  '15min',
  '30min',
  '1h',
  '2h',
  '4h',
  '8h',
  '12h',
  'session',
  'week',
  'month',
] as const;

export const barsSchema = group(
  'Bars',
  'Which bars the study thinks in. Longer ones are made of those that are given, and known when the last of them is.',
  {
    every: choice(
      'Length',
      'The bars as they are given, or longer ones made of them. Minutes and hours begin at the session’s open, and its last ones end at its close; sessions, weeks and months are whole.',
      barLengths,
      'given',
    ),
    hours: choice(
      'Hours',
      'regular: bars inside the exchange’s sessions and outside their breaks. all: those before and after these too.',
      ['all', 'regular'] as const,
      'all',
    ),
    finer: flag(
      'Walk through finer bars',
      'Where the data have finer bars inside these, stops, targets and priced entries meet them one after another. Off, a bar’s own four prices say what can be known.',
      true,
    ),
  },
);
export type BarsSettings = Static<typeof barsSchema>;
/** What of it says how bars are made. */
export type BarsMade = Pick<BarsSettings, 'every' | 'hours'>;
