/**
 * A person's query inside one of ours. Only what may stand in brackets after FROM is understood there: SELECT and what
 * reads as it does. A bracket that closes ours begins a second statement or the same reading again.
 */
const within = (text: string): string => `FROM (\n${text}\n)`;

/** Lines of ours before the person's. */
export const linesBefore = 1;

/** The columns of a query and their types, without running it. */
export const describing = (text: string): string => `DESCRIBE SELECT * ${within(text)}`;

/** The first rows with every cell as DuckDB writes it, or its beginning: so that all types can be told. */
export const asText = (text: string, rows: number, characters: number): string =>
  `SELECT left(CAST(COLUMNS(*) AS VARCHAR), ${characters}) ${within(text)} LIMIT ${rows}`;

/**
 * Functions of the engine that may stand in a SELECT and do more than read tables: they change how the engine logs, write
 * to its storage, read files or memory, or take a query as a text that is not seen here; and kernels, which keep what they
 * have read from call to call.
 */
export const refusedFunctions = [
  ...['arrow_scan', 'arrow_scan_dumb', 'seq_scan', 'checkpoint', 'force_checkpoint'],
  ...['enable_logging', 'disable_logging', 'truncate_duckdb_logs', 'write_log'],
  ...['read_csv', 'read_csv_auto', 'read_text', 'read_blob', 'sniff_csv', 'glob'],
  ...['query', 'query_table'],
  ...[
    'kernel_sum',
    'kernel_range_sum',
    'kernel_highest',
    'kernel_z_score',
    'kernel_correlation',
    'kernel_smoothed',
  ],
] as const;

/** Before a bracket, whatever quotes and comments stand between: a name inside a text or a comment is found too. */
const refused = new RegExp(`\\b(${refusedFunctions.join('|')})"?\\s*(?:\\(|/\\*|--)`, 'i');

/** The first function of a query that is refused, and where its name begins. */
export function refusedIn(text: string): { readonly name: string; readonly offset: number } | null {
  const found = refused.exec(text);
  return found === null ? null : { name: found[1]!.toLowerCase(), offset: found.index };
}
