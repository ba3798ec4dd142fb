import { LabError, type LabErrorData, type Place } from '../../../src/domain/errors.ts';
import type { FileRole, InputFile } from '../../../src/wire/lab.ts';
import { reading } from '../../../src/sql/query.ts';
import { literal, quoteIdentifier } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { type FileField, seriesLabel, stemOf } from './fields.ts';
import type { Layout } from './layout.ts';
import type { RawFile } from './raw-file.ts';

/** An opened file whose columns are understood. */
export interface CellSource {
  readonly input: InputFile;
  /** Its place among the files that were given. */
  readonly given: number;
  readonly role: FileRole;
  readonly raw: RawFile;
  readonly layout: Layout;
}

/**
 * The columns of import_cells that a role fills, and the field that each one is. Numbers beside prices stand in the
 * columns of prices: a column more would be carried through every bar.
 */
const cellFields: Readonly<Record<FileRole, Readonly<Record<string, FileField>>>> = {
  bars: {
    name: 'symbol',
    date: 'date',
    open: 'open',
    high: 'high',
    low: 'low',
    close: 'close',
    adjusted: 'adjusted',
    volume: 'volume',
    currency: 'currency',
  },
  attention: { name: 'symbol', date: 'date', value: 'value' },
  macro: { name: 'symbol', date: 'date', other_date: 'available', value: 'value' },
  universe: {
    name: 'symbol',
    date: 'from',
    other_date: 'to',
    value: 'delisting_return',
    group_name: 'group',
    currency: 'currency',
  },
  instruments: {
    name: 'symbol',
    open: 'multiplier',
    high: 'tick',
    low: 'lot',
    close: 'margin',
    group_name: 'exchange',
    currency: 'currency',
  },
  events: { name: 'symbol', date: 'date', value: 'dividend', volume: 'split' },
};

/** Rows that hold nothing: a calendar filled with empty prices, blank lines of a sheet, missing values. */
const emptyRow: Readonly<Record<FileRole, string>> = {
  bars: 'CASE WHEN is_blank(open) THEN is_blank(high) AND is_blank(low) AND is_blank(close) ELSE false END',
  attention: 'is_blank(value)',
  macro: 'is_blank(value)',
  universe: 'CASE WHEN is_nameless(name) THEN is_blank(date) ELSE false END',
  instruments:
    'CASE WHEN is_nameless(name) THEN is_blank(open) AND is_blank(high) AND is_blank(low) AND is_blank(close) ELSE false END',
  events: 'CASE WHEN is_blank(value) AND is_blank(volume) THEN is_blank(date) ELSE false END',
};

/** True where prices are to be scaled to an adjusted close beside the close. */
export const isAdjusting = (source: CellSource): boolean =>
  hasAdjusted(source) && source.input.prices !== 'raw';

/** True where there is an adjusted close beside the close. */
export const hasAdjusted = ({ role, layout: { fields } }: CellSource): boolean =>
  role === 'bars' && fields.adjusted !== undefined && fields.close !== undefined;

/** Adds the cells that matter of one file to import_cells, as text. `symbols` are those of the bars. */
export async function addCells(
  engine: Engine,
  file: number,
  source: CellSource,
  symbols: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<void> {
  const { raw, layout } = source;
  const wanted = [...Object.values(layout.fields), ...layout.wide];
  engine.run(
    `INSERT INTO import_files VALUES (${file}, ${literal(source.role)}, ${isAdjusting(source)})`,
  );
  await raw.withRows(engine, wanted, async (from) => {
    await engine.query(
      `INSERT INTO import_cells BY NAME
       SELECT ${file} AS file, *, ${emptyRow[source.role]} AS is_empty FROM (SELECT record, ${selected(source, symbols)} FROM ${from})`,
      signal,
    );
  });
}

function selected(
  { input, role, raw, layout: { fields, wide } }: CellSource,
  symbols: ReadonlySet<string>,
): string {
  const stem = stemOf(input.name);
  const ownName =
    raw.symbol ?? (role === 'attention' || role === 'events' ? symbolOf(stem, symbols) : stem);
  // An adjusted close alone is the close.
  const columnOf = (field: FileField): number | undefined =>
    field === 'close'
      ? (fields.close ?? fields.adjusted)
      : field === 'adjusted' && fields.close === undefined
        ? undefined
        : fields[field];
  const cells = Object.entries(cellFields[role]).flatMap(([cell, field]) => {
    const column = columnOf(field);
    if (column !== undefined) return [`c${column} AS ${quoteIdentifier(cell)}`];
    if (wide.length > 0) return [];
    return field === 'symbol'
      ? [`${literal(ownName)} AS name`]
      : [`NULL::VARCHAR AS ${quoteIdentifier(cell)}`];
  });
  if (wide.length > 0) {
    const names = wide.map((i) => literal(seriesLabel(raw.columns[i]!)));
    cells.push(
      `unnest([${names.join(', ')}]) AS name`,
      `unnest([${wide.map((i) => `c${i}`).join(', ')}]) AS value`,
    );
  }
  return cells.join(', ');
}

/** A file of attention or events without a symbol column is its symbol's by name (AAPL-trends.csv), or the only symbol's. */
function symbolOf(stem: string, symbols: ReadonlySet<string>): string {
  const isNamed = (symbol: string): boolean =>
    stem.startsWith(symbol) && /^($|[^a-z0-9])/i.test(stem.slice(symbol.length));
  const [longest] = [...symbols].filter(isNamed).sort((a, b) => b.length - a.length);
  const [only, another] = symbols;
  return longest ?? (another === undefined ? only : undefined) ?? stem;
}

interface RowField {
  readonly row: number;
  readonly field: string;
}

/** An error at a row of import_cells: file, line, column and text as the file has them. */
export async function errorAt(
  engine: Engine,
  sources: readonly CellSource[],
  at: RowField,
  say: (text: string) => Pick<LabErrorData, 'code' | 'problem' | 'remedy'>,
): Promise<LabError> {
  const place = await placeAt(engine, sources, at);
  return new LabError({ kind: 'import', ...say(place.value), place });
}

/** Where a cell of import_cells stands in its file, and its text. To find the line the file is read up to it. */
export async function placeAt(
  engine: Engine,
  sources: readonly CellSource[],
  at: RowField,
  { withLine = true } = {},
): Promise<Place & { readonly value: string }> {
  const cell = quoteIdentifier(at.field);
  const query = reading(
    `SELECT file, record, name, ${cell} AS text FROM import_cells WHERE rowid = ${at.row}`,
    { file: 'integer', record: 'integer', name: 'text or null', text: 'text or null' },
  );
  const [found] = await ask(engine, query, {});
  const { file = 0, record = 1, name = null, text } = found ?? {};
  const { input, role, raw, layout } = sources[file]!;
  const column =
    columnNames(role, raw, layout)[at.field] ??
    layout.wide.map((i) => raw.columns[i]!).find((label) => seriesLabel(label) === name);
  const line = withLine ? raw.lineOf(record) : undefined;
  return { file: input.name, line, column, value: text ?? '' };
}

function columnNames(
  role: FileRole,
  raw: RawFile,
  { fields }: Layout,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(cellFields[role]).map(([cell, field]) => {
      const column = fields[field] ?? (field === 'close' ? fields.adjusted : undefined);
      return [cell, column === undefined ? undefined : raw.columns[column]];
    }),
  );
}
