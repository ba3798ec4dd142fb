/** Reading and changing a study by JSON pointer. Keys hold no '/' and no '~'. */
const keysOf = (path: string) => path.split('/').slice(1);

type Json = Readonly<Record<string, unknown>>;
const isGroup = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function at(value: unknown, path: string): unknown {
  return keysOf(path).reduce((node, key) => (isGroup(node) ? node[key] : undefined), value);
}

/** A copy with one value replaced; everything beside the path is shared. */
export function withValue(root: unknown, path: string, value: unknown): unknown {
  const set = (node: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return value;
    const group = isGroup(node) ? node : {};
    return { ...group, [key]: set(group[key], rest) };
  };
  return set(root, keysOf(path));
}

/** `path` is `prefix` or lies below it. */
export function isAt(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Every leaf of `next` that is not the same in `before`. Lists are leaves. */
export function differences(
  before: unknown,
  next: unknown,
  path = '',
): { path: string; value: unknown }[] {
  if (isGroup(next)) {
    const old = isGroup(before) ? before : {};
    return Object.entries(next).flatMap(([key, value]) =>
      differences(old[key], value, `${path}/${key}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(next) ? [] : [{ path, value: next }];
}
