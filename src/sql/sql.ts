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

/** How far clocks are ahead of UTC, seconds, from each of these instants on; the first holds before it too. */
type Ahead = readonly (readonly [from: number, seconds: number])[];

/** Bars by instants, and how far the clocks are ahead that date attention (`today`) and macro values (`over`). */
export interface Moments {
  readonly timing: Timing;
  readonly today?: Ahead | undefined;
  readonly over?: Ahead | undefined;
}

/**
 * What queries call moments: `known`, when a bar is known; `today`, the date that has begun by then on the clocks of
 * attention; `over`, the newest date that is over on those of macro values, whose values are known. With bars dated by
 * days all three are the date: a value of that date that is told of a whole market is known at its close.
 */
function momentsOf({ timing, today, over }: Moments): Readonly<Record<string, string>> {
  if (timing === 'dates') return { known: 'day', today: 'bars.day', over: 'bars.day' };
  return { known: 'known', today: dateSql(today), over: `(${dateSql(over)} - 1)` };
}

/** The date of `bars.known` on clocks that are ahead of UTC; of UTC without. */
function dateSql(ahead: Ahead = []): string {
  const [first, ...later] = ahead;
  if (first === undefined) return 'floor(bars.known / 86400)::INTEGER';
  const cases = later.map(
    ([from, seconds]) => `WHEN bars.known >= ${literal(from)} THEN ${literal(seconds)}`,
  );
  const seconds =
    cases.length === 0
      ? literal(first[1])
      : `CASE ${cases.toReversed().join(' ')} ELSE ${literal(first[1])} END`;
  return `floor((bars.known + ${seconds}) / 86400)::INTEGER`;
}

/** Puts moments in place of `{known}`, `{today}` and `{over}`. */
export function withMoments(text: string, moments: Moments): string {
  const of = momentsOf(moments);
  return text.replaceAll(/\{(known|today|over)\}/g, (_, name: string) => of[name]!);
}

/** Values of the variables that queries read by getvariable(). */
export type Values = Readonly<Record<string, Value | readonly number[]>>;

/** Puts values in place of getvariable('name'), for what outlives the variables; all must be given. */
export const withValues = (text: string, values: Values): string =>
  text.replaceAll(/getvariable\('(\w+)'\)/g, (_, name: string) => literal(values[name]!));

/** Statements that set these variables. */
export const setVariables = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `SET VARIABLE ${quoteIdentifier(name)} = ${literal(value)};`)
    .join('\n');

/** The queries of a file, by name. Each begins below its own line `-- name: add_run`; comments may stand before all. */
export function namedQueries(text: string): ReadonlyMap<string, string> {
  const [before = '', ...parts] = text.split(/^-- name:(.*)$/m);
  if (withoutComments(before) !== '') throw new RangeError(`SQL without a name: ${before.trim()}`);
  const queries = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) {
    const name = parts[i]!.trim();
    const query = parts[i + 1]!.trim();
    if (!/^\w+$/.test(name)) throw new RangeError(`“${name}” is no name of a query.`);
    if (queries.has(name)) throw new RangeError(`Two queries have the name ${name}.`);
    if (withoutComments(query) === '') throw new RangeError(`The query ${name} is empty.`);
    queries.set(name, `${query}\n`);
  }
  return queries;
}

const withoutComments = (text: string): string => text.replaceAll(/^--.*$/gm, '').trim();
