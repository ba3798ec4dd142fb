const deepest = 6;
const mostEntries = 200;

export type Plain =
  string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** A value as JSON has it, every text and every name in it made by `text`; errors with their causes. */
export function plain(value: unknown, text: (text: string) => string, depth = 0): Plain {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return null;
  if (depth === deepest) return '…';
  if (value instanceof Error) {
    const { name, message, cause } = value;
    return plain({ name, message, ...(cause !== undefined && { cause }) }, text, depth);
  }
  if (Array.isArray(value))
    return value.slice(0, mostEntries).map((one) => plain(one, text, depth + 1));
  const entries = Object.entries(value).slice(0, mostEntries);
  return Object.fromEntries(
    entries
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [text(name), plain(one, text, depth + 1)]),
  );
}

/** A message with what stands in its places. */
export const said = (message: readonly unknown[]): string =>
  message
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(plain(part, String))))
    .join('');
