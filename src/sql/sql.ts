/** The only way an identifier enters SQL. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

type Value = string | number | boolean;

/** The only way a value enters SQL: pending queries cannot bind, so values stand as literals. */
export function literal(value: Value | readonly number[]): string {
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]::DOUBLE[]`;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return String(value);
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot stand in a query.`);
  return Number.isSafeInteger(value) ? String(value) : `${value}::DOUBLE`;
}

/** Puts quoted identifiers in place of `{placeholders}`; a placeholder without one is a mistake of ours. */
export function withIdentifiers(
  text: string,
  identifiers: Readonly<Record<string, string>>,
): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    const name = identifiers[slot];
    if (name === undefined) throw new RangeError(`No identifier for {${slot}}.`);
    return quoteIdentifier(name);
  });
}

/** How the bars of a dataset are timed: by dates, one instant each, or by instants of their own. */
export type Timing = 'dates' | 'instants';

/**
 * What queries call moments: `known`, when a bar is known; `today`, the date (UTC) that has begun by then; `over`, the
 * newest date that is over, whose values are known. With bars dated by days all three are the date: a value of that
 * date that is told of a whole market is known at its close.
 */
const moments: Readonly<Record<Timing, Readonly<Record<string, string>>>> = {
  dates: { known: 'day', today: 'bars.day', over: 'bars.day' },
  instants: {
    known: 'known',
    today: 'floor(bars.known / 86400)::INTEGER',
    over: '(floor(bars.known / 86400)::INTEGER - 1)',
  },
};

/** Puts moments in place of `{known}`, `{today}` and `{over}`. */
export const withMoments = (text: string, timing: Timing): string =>
  text.replaceAll(/\{(known|today|over)\}/g, (_, name: string) => moments[timing][name]!);

/** Statements that set the variables a query reads by getvariable(). */
export const setVariables = (values: Readonly<Record<string, Value | readonly number[]>>): string =>
  Object.entries(values)
    .map(([name, value]) => `SET VARIABLE ${quoteIdentifier(name)} = ${literal(value)};`)
    .join('\n');

/** The queries of a file, by name. Each begins below its own line `-- name: add_run`. */
export function namedQueries(text: string): ReadonlyMap<string, string> {
  const [before = '', ...parts] = text.split(/^-- name:(.*)$/m);
  if (before.trim() !== '') throw new RangeError(`SQL without a name: ${before.trim()}`);
  const queries = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) {
    const name = parts[i]!.trim();
    const query = parts[i + 1]!.trim();
    if (!/^\w+$/.test(name)) throw new RangeError(`“${name}” is no name of a query.`);
    if (queries.has(name)) throw new RangeError(`Two queries have the name ${name}.`);
    if (query.replaceAll(/^--.*$/gm, '').trim() === '')
      throw new RangeError(`The query ${name} is empty.`);
    queries.set(name, `${query}\n`);
  }
  return queries;
}
