/** What has become of a file that was fetched before. */
export interface Revision {
  readonly added: Kind;
  readonly changed: Kind;
  readonly gone: Kind;
}

interface Kind {
  readonly rows: number;
  /** The first of their dates (ISO); null without rows. */
  readonly first: string | null;
}

/**
 * The rows of a fetched file (table.ts) against those of an earlier one, by date and symbol; null where the earlier one has
 * other columns.
 */
export function revisionOf(before: string, after: string): Revision | null {
  const [old, now] = [before, after].map(rowsOf) as [Rows, Rows];
  if (old.head !== now.head) return null;
  const added = [...now.rows].filter(([key]) => !old.rows.has(key));
  const gone = [...old.rows].filter(([key]) => !now.rows.has(key));
  const changed = [...now.rows].filter(
    ([key, rest]) => old.rows.has(key) && old.rows.get(key) !== rest,
  );
  return { added: kindOf(added), changed: kindOf(changed), gone: kindOf(gone) };
}

interface Rows {
  readonly head: string;
  /** “date,symbol” → the rest of the line. */
  readonly rows: ReadonlyMap<string, string>;
}

function rowsOf(text: string): Rows {
  const [head = '', ...lines] = text.split('\n').filter(Boolean);
  return {
    head,
    rows: new Map(
      lines.map((line) => {
        const [, key = line, rest = ''] =
          /^([^,]*,(?:"(?:[^"]|"")*"|[^,]*)),(.*)$/.exec(line) ?? [];
        return [key, rest];
      }),
    ),
  };
}

const kindOf = (rows: readonly (readonly [string, string])[]): Kind => ({
  rows: rows.length,
  first: rows
    .map(([key]) => key.slice(0, 10))
    .reduce<string | null>((least, one) => (least === null || one < least ? one : least), null),
});
