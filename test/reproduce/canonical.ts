/**
 * JSON with keys in code-unit order and no white space: equal bits give equal text, and texts differ where a bit does. As
 * in the digests, −0 is 0 and every NaN is one; numbers that JSON lacks stand as text, typed arrays as lists.
 * Throws a TypeError on what has no such form, rather than leave it out.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string')
    return JSON.stringify(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(value + 0) : `"${String(value)}"`;
  if (Array.isArray(value)) return list(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return list(Array.from(value as unknown as ArrayLike<number>));
  if (typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]') {
    const members = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${canonicalText(one)}`).join(',')}}`;
  }
  throw new TypeError(`${Object.prototype.toString.call(value)} has no canonical text.`);
}

const list = (values: readonly unknown[]): string => `[${values.map(canonicalText).join(',')}]`;
