/** The only way an identifier enters SQL. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The only way a value enters SQL: pending queries cannot bind, so values stand as literals. */
export function literal(value: string | number | boolean): string {
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

/** Statements that set the variables a query reads by getvariable(). */
export const setVariables = (values: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(values)
    .map(([name, value]) => `SET VARIABLE ${quoteIdentifier(name)} = ${literal(value)};`)
    .join('\n');
