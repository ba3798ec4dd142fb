import { type Static, Type } from '@sinclair/typebox';
import { exchanges } from './exchanges/exchanges.ts';

/** How a file may write its dates; the names of the columns of dates.sql. */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
  'MM-DD-YYYY',
  'DD-Mon-YYYY',
  'DD Mon YYYY',
  'Mon DD, YYYY',
  'Mon DD YYYY',
  'DD.MM.YY',
  'DD/MM/YY',
  'MM/DD/YY',
  'DD-MM-YY',
  'MM-DD-YY',
  'DD-Mon-YY',
  'Mon DD, YY',
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
] as const;
export type DateFormat = (typeof dateFormats)[number];

/** What stands between the columns of a file. */
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const text = Type.String({ maxLength: 200 });

/** How a file is to be read, where a person says so; all that is left out is found from the file itself. */
export const readingSchema = Type.Object(
  {
    delimiter: Type.Optional(Type.Union(delimiters.map((one) => Type.Literal(one)))),
    headerLine: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'The line of the column names, from 1; 0 where they have none.',
      }),
    ),
    columns: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z_]{1,30}$' }), Type.Union([text, Type.Null()]), {
        description: 'Which column is a field; null where none is.',
      }),
    ),
    dateFormat: Type.Optional(Type.Union(dateFormats.map((one) => Type.Literal(one)))),
    zone: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9+:/_-]{1,60}$',
        description:
          'Where clocks show the times of the bars, or the dates of values beside them, as Intl names it; offsets in the file itself come first.',
      }),
    ),
    exchange: Type.Optional(
      Type.Union([...exchanges.map(({ code }) => Type.Literal(code)), Type.Literal('none')], {
        description: 'Whose sessions the bars belong to; none where a session is a UTC day.',
      }),
    ),
    stamp: Type.Optional(
      Type.Union([Type.Literal('start'), Type.Literal('end')], {
        description: 'Whether the time of a bar is that at which it begins, or at which it ends.',
      }),
    ),
    decimal: Type.Optional(Type.Union([Type.Literal('.'), Type.Literal(',')])),
    closesAlone: Type.Optional(
      Type.Boolean({
        description:
          'Closes stand for opens, highs and lows; columns without other names are symbols.',
      }),
    ),
    prices: Type.Optional(
      Type.Union([Type.Literal('adjusted'), Type.Literal('raw')], {
        description: 'Whether bars are scaled to an adjusted close beside their close.',
      }),
    ),
    blanks: Type.Optional(
      Type.Array(text, { maxItems: 100, description: 'Texts that stand for nothing.' }),
    ),
    from: Type.Optional(
      Type.String({
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        description: 'Rows of earlier dates are left out.',
      }),
    ),
    leavesOutFaults: Type.Optional(
      Type.Boolean({ description: 'Rows that cannot stand are left out, and counted.' }),
    ),
  },
  { additionalProperties: false },
);
export type Reading = Static<typeof readingSchema>;
export type PriceChoice = NonNullable<Reading['prices']>;
export type Stamp = NonNullable<Reading['stamp']>;

/** What is said of a reading alone: roles and names apart. */
export const saidOf = (file: Reading): Reading =>
  Object.fromEntries(
    Object.keys(readingSchema.properties).flatMap((key) => {
      const value = file[key as keyof Reading];
      return value === undefined ? [] : [[key, value]];
    }),
  );

/** The fields that a column can be, by what its file holds. */
export const roleFields = {
  bars: [
    'date',
    'time',
    'symbol',
    'open',
    'high',
    'low',
    'close',
    'adjusted',
    'volume',
    'currency',
  ],
  attention: ['date', 'symbol', 'attention'],
  macro: ['date', 'series', 'value', 'available'],
  universe: ['symbol', 'from', 'to', 'delisting_return', 'group', 'currency'],
  instruments: ['symbol', 'multiplier', 'tick', 'lot', 'margin', 'currency', 'exchange'],
  events: ['symbol', 'ex_date', 'dividend', 'split'],
} as const;

/** What is said of one file is remembered of others with its columns; what was said of its rows is not. */
export const ofItsColumns = ({ blanks, from, leavesOutFaults, ...rest }: Reading): Reading => rest;

/** Where a file came from, where that was no file. */
export interface Addressed {
  /** Host and path, without the query, which may hold a key. */
  readonly address?: string;
}
