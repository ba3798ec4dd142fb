import { dayFromIso, isoFromDay } from '../calendar.ts';
import { LabError } from '../errors.ts';
import type { Day } from '../units.ts';
import type { Query, Source } from './source.ts';

/** What a person writes for a query, on the page or after the command. */
export interface Typed {
  /** `AAPL, MSFT` or `AAPL=Apple_Inc.`: the name in the file, and the source’s own. */
  readonly symbols: string;
  /** ISO dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly options: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
  /** Called in place of the source’s own origin. */
  readonly origin?: string | undefined;
}

const mostSymbols = 500;

/** A query as typed, checked; a LabError names what is wrong with it. */
export function queryOf(source: Source, typed: Typed): Query {
  const symbols = symbolsOf(typed.symbols);
  if (symbols.length === 0)
    throw refused(
      `${source.symbols.label} are missing.`,
      `Name one at least, such as ${source.symbols.example}.`,
    );
  const most = source.most ?? mostSymbols;
  if (symbols.length > most)
    throw refused(
      `${source.title} is asked for ${most} symbols at once at most; these are ${symbols.length}.`,
      'Ask for fewer, in several files.',
    );
  const [from, to] = spanOf(typed.from, typed.to);
  return {
    source: source.id,
    symbols,
    from,
    to,
    options: optionsOf(source, typed.options),
    keys: source.keys.map(({ variable, label }, i) => {
      const key = typed.keys[i]?.trim() ?? '';
      if (key === '')
        throw refused(
          `${source.title} needs a key: ${label}.`,
          `Type it, or for the command set ${variable} or name a file with --key-file.`,
        );
      if (/[^\x21-\x7e]/.test(key))
        throw refused(
          `The key (${label}) holds what no key holds.`,
          'Copy it again, whole and alone.',
        );
      return key;
    }),
    ...(typed.origin !== undefined &&
      typed.origin.trim() !== '' && { origin: typed.origin.trim() }),
  };
}

/** `AAPL=Apple_Inc., MSFT`, by comma, semicolon or line. */
export const symbolsOf = (text: string): Query['symbols'] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [, symbol, name] = /^([^=]+)=(.+)$/.exec(one) ?? [];
      return name === undefined
        ? { symbol: null, name: one }
        : { symbol: symbol!.trim(), name: name.trim() };
    });

export function spanOf(first: string, last: string): [Day, Day] {
  const from = dayOf(first, 'first');
  const to = dayOf(last, 'last');
  if (from > to)
    throw refused(
      `The first date, ${isoFromDay(from)}, is after the last, ${isoFromDay(to)}.`,
      'Exchange them.',
    );
  return [from, to];
}

function dayOf(text: string, which: string): Day {
  try {
    return dayFromIso(text);
  } catch {
    throw refused(`The ${which} date is no date.`, 'Write it as 2024-01-31.', text);
  }
}

function optionsOf(source: Source, given: Typed['options']): Record<string, string> {
  for (const name of Object.keys(given))
    if (!source.options.some((one) => one.name === name))
      throw refused(
        `${source.title} has no option of this name.`,
        source.options.length === 0
          ? 'It has none: leave it out.'
          : `It has: ${source.options.map((one) => one.name).join(', ')}.`,
        name,
      );
  return Object.fromEntries(
    source.options.map(({ name, standard, choices }) => {
      const value = given[name] ?? standard;
      if (choices?.includes(value) === false)
        throw refused(`${name} cannot be this.`, `It is one of ${choices.join(', ')}.`, value);
      return [name, value];
    }),
  );
}

const refused = (problem: string, remedy: string, value?: string): LabError =>
  new LabError({
    kind: 'network',
    problem,
    remedy,
    ...(value !== undefined && { place: { value } }),
  });
