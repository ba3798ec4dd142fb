import { LabError, type LabErrorData, type Place } from '../../../src/domain/errors.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import type { TableRole, InputFile } from '../../../src/wire/lab.ts';
import { reading } from '../../../src/sql/query.ts';
import { literal, quoteIdentifier } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { type FieldPlaces, type FileField, stemOf } from './fields.ts';
import { type Layout, usedColumns } from './layout.ts';
import { type PlainFile, firstPlainRow } from './plain-text.ts';
import type { RawFile } from './raw-file.ts';
import { clockText } from './time/stamps.ts';

/** An opened file whose columns are understood. */
export interface CellSource {
  readonly input: InputFile;
  /** Its place among the files that were given. */
  readonly given: number;
  readonly role: TableRole;
  readonly raw: RawFile;
  readonly layout: Layout;
  /** Where its rows were read as they are, and none is in import_cells. */
  readonly plain?: PlainFile;
}

/**
 * The columns of import_cells that a role fills, and the field that each one is. Numbers beside prices stand in the
 * columns of prices: a column more would be carried through every bar.
 */
const cellFields: Readonly<Record<TableRole, Readonly<Record<string, FileField>>>> = {
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
const emptyRow: Readonly<Record<TableRole, string>> = {
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
export const hasAdjusted = ({ role, layout }: CellSource): boolean =>
  role === 'bars' &&
  [layout, ...layout.blocks].some(
    ({ fields: { close, adjusted } }) => adjusted !== undefined && close !== undefined,
  );

/** True where closes stand for opens, highs and lows. */
export const isClosesAlone = ({ role, layout }: CellSource): boolean =>
  role === 'bars' &&
  [layout, ...layout.blocks].some(
    ({ fields: { open, close, adjusted } }) => open !== undefined && open === (close ?? adjusted),
  );

/** Adds the cells that matter of one file to import_cells, as text. `symbols` are those of the bars. */
export async function addCells(
  engine: Engine,
  file: number,
  source: CellSource,
  symbols: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<void> {
  const { raw, layout } = source;
  const wanted = usedColumns(layout);
  addFile(engine, file, source);
  await raw.withRows(engine, wanted, async (from) => {
    await engine.query(
      `INSERT INTO import_cells BY NAME
       SELECT ${file} AS file, *, ${emptyRow[source.role]} AS is_empty FROM (SELECT record, ${selected(source, symbols)} FROM ${from})`,
      signal,
    );
  });
}

/** Adds a file to import_files; what is in import_cells before it was added before. */
export function addFile(engine: Engine, file: number, source: CellSource): void {
  const firstRow = source.plain?.firstRow ?? '(SELECT count(*) FROM import_cells)';
  engine.run(
    `INSERT INTO import_files SELECT ${file}, ${literal(source.role)}, ${isAdjusting(source)}, ${firstRow}`,
  );
}

function selected(source: CellSource, symbols: ReadonlySet<string>): string {
  const { input, role, layout } = source;
  const ownName =
    role === 'attention' || role === 'events'
      ? (source.raw.symbol ?? symbolOf(stemOf(input.name), symbols))
      : ownNameOf(source);
  const { blocks } = layout;
  const { partial } = layout.fields;
  const textOf = (column: number | undefined): string =>
    column === undefined ? 'NULL::VARCHAR' : withoutBlanks(`c${column}`, input);
  // The period under way when Google Trends was asked, as pytrends marks it: its value is too low, so it is none.
  const valueOf = (column: number | undefined): string =>
    partial === undefined
      ? textOf(column)
      : `CASE WHEN lower(c${partial}) IS DISTINCT FROM 'true' THEN ${textOf(column)} END`;
  const timeAt = role === 'bars' ? layout.fields.time : undefined;
  const cells = Object.entries(cellFields[role]).map(([cell, field]) => {
    if (cell === 'date' && timeAt !== undefined)
      return `with_time(${textOf(layout.fields.date)}, c${timeAt}) AS date`;
    const column = columnOf(layout.fields, field);
    const text =
      column !== undefined
        ? (cell === 'value' ? valueOf : textOf)(column)
        : blocks.some(({ fields }) => columnOf(fields, field) !== undefined)
          ? `unnest([${blocks.map(({ fields }) => valueOf(columnOf(fields, field))).join(', ')}])`
          : field !== 'symbol'
            ? textOf(undefined)
            : blocks.length > 0
              ? `unnest([${blocks.map(({ name }) => literal(name)).join(', ')}])`
              : literal(ownName);
    return `${text} AS ${quoteIdentifier(cell)}`;
  });
  return cells.join(', ');
}

/** The name of all rows of a file without names. */
export const ownNameOf = ({ input, raw }: Pick<CellSource, 'input' | 'raw'>): string =>
  raw.symbol ?? stemOf(input.name);

/** An adjusted close alone is the close. */
export function columnOf(fields: FieldPlaces, field: FileField): number | undefined {
  if (field === 'close') return fields.close ?? fields.adjusted;
  return field === 'adjusted' && fields.close === undefined ? undefined : fields[field];
}

/** Texts that stand for nothing are nothing. */
const withoutBlanks = (column: string, { blanks = [] }: Reading): string =>
  blanks.length === 0
    ? column
    : `CASE WHEN trim(${column}) NOT IN (${blanks.map((text) => literal(text.trim())).join(', ')}) THEN ${column} END`;

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
  say: (text: string) => Pick<LabErrorData, 'problem' | 'remedy' | 'fixes'>,
): Promise<LabError> {
  const place = await placeAt(engine, sources, at);
  return new LabError({ kind: 'import', ...say(place.value), place });
}

/** The name of the column that a cell of import_cells came from. */
export function columnAt(
  { role, raw, layout }: CellSource,
  cell: string,
  name: string | null,
): string | undefined {
  const field = cellFields[role][cell]!;
  const block = layout.blocks.find((one) => one.name === name);
  const place = columnOf(layout.fields, field) ?? columnOf(block?.fields ?? {}, field);
  return place === undefined ? undefined : raw.columns[place];
}

/** Where a cell stands in its file, and its text. To find the line the file is read up to it. */
export async function placeAt(
  engine: Engine,
  sources: readonly CellSource[],
  at: RowField,
  { withLine = true } = {},
): Promise<Place & { readonly value: string }> {
  if (at.row >= firstPlainRow) return placeInPlain(sources, at);
  const cell = quoteIdentifier(at.field);
  const query = reading(
    `SELECT file, record, name, ${cell} AS text FROM import_cells WHERE rowid = ${at.row}`,
    { file: 'integer', record: 'integer', name: 'text or null', text: 'text or null' },
  );
  const [found] = await ask(engine, query, {});
  const { file = 0, record = 1, name = null, text } = found ?? {};
  const { input, given, raw } = sources[file]!;
  const column = columnAt(sources[file]!, at.field, name);
  const line = withLine ? raw.lineOf(record) : undefined;
  return { file: input.name, given, line, column, value: text ?? '' };
}

/** The source of a row that is in no table of cells. */
export const plainSourceOf = (sources: readonly CellSource[], row: number) =>
  sources.find(
    (one): one is CellSource & { readonly plain: PlainFile } =>
      one.plain !== undefined &&
      row >= one.plain.firstRow &&
      row < one.plain.firstRow + one.plain.rows,
  )!;

export async function placeInPlain(
  sources: readonly CellSource[],
  { row, field }: RowField,
): Promise<Place & { readonly file: string; readonly value: string }> {
  const source = plainSourceOf(sources, row);
  const { input, given, plain, role, layout, raw } = source;
  const record = row - plain.firstRow + 1;
  const at = columnOf(layout.fields, cellFields[role][field]!);
  const cells = at === undefined ? [] : await plain.cellsOf(record);
  const timeAt = field === 'date' ? layout.fields.time : undefined;
  const time = timeAt === undefined ? '' : clockText(cells[timeAt]!);
  const value =
    at === undefined ? ownNameOf(source) : time === '' ? cells[at]! : `${cells[at]!} ${time}`;
  return {
    file: input.name,
    given,
    line: plain.lineOf(record),
    column: at === undefined ? undefined : raw.columns[at],
    value,
  };
}
