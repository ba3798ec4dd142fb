import { LabError } from '../../../src/domain/errors.ts';
import type { TableRole, InputFile } from '../../../src/wire/lab.ts';
import { aliases } from './aliases.ts';
import {
  type FileField,
  type FieldPlaces,
  macroName,
  matchFields,
  plain,
  seriesLabel,
  stemOf,
  symbolAndField,
} from './fields.ts';
import { pairName } from './pairs.ts';
import type { RawFile } from './raw-file.ts';

/** Which column is which field for a role. */
export interface Layout {
  /** Fields of every row. */
  readonly fields: FieldPlaces;
  /** Where symbols or series stand side by side: the columns of each. Every row holds one of each. */
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly name: string;
  readonly fields: FieldPlaces;
}

/** The columns that are read. */
export const usedColumns = ({ fields, blocks }: Layout): number[] => [
  ...new Set([{ fields }, ...blocks].flatMap((one) => Object.values(one.fields))),
];

/** Columns that nothing became of. */
export function unusedOf({ columns }: Pick<RawFile, 'columns'>, layout: Layout): string[] {
  const used = new Set(usedColumns(layout));
  return columns.filter((column, i) => !used.has(i) && column !== '');
}

/** What a file holds, from its columns, where nobody said so. */
export function roleOf(input: Omit<InputFile, 'content'>, raw: RawFile): TableRole {
  const file = input.name;
  const { columns, headerLine } = raw;
  const fields = fieldsOf(input, raw);
  if (input.closesAlone === true) return 'bars';
  const has = (...names: FileField[]): boolean => names.every((name) => fields[name] !== undefined);
  const macroFile = macroName(stemOf(file));
  if (has('symbol', 'from')) return 'universe';
  if (has('open', 'high', 'low') && (macroFile === undefined || macroFile === 'INDEX'))
    return 'bars';
  const sideBySide = barBlocks(columns);
  if (sideBySide.length > 0)
    return sideBySide.every(({ name }) => ['VIX', 'OIL'].includes(macroName(name) ?? ''))
      ? 'macro'
      : 'bars';
  if (has('attention') || has('date', 'partial')) return 'attention';
  if (columns.some(isMacro)) return 'macro';
  const beside = besideBars(columns, fields);
  // SPY.csv may be the index, or the dividends of SPY.
  if (macroFile !== undefined) return beside?.isClear === true ? beside.role : 'macro';
  if (columns.some((column) => seriesLabel(column) !== column.trim())) return 'attention';
  if (has('series', 'value')) return 'macro';
  if (has('symbol', 'value') && !has('close')) return 'attention';
  if (beside !== undefined) return beside.role;
  if (has('close')) return 'bars';
  throw new LabError({
    kind: 'import',
    problem: `The columns are not those of bars, attention, macro values, a universe, instruments or events: ${listed(columns)}.`,
    remedy:
      'Bars need date, open, high, low, close (and volume, symbol); attention date, symbol, attention; macro date, series, value; a universe symbol, from, to; instruments symbol and multiplier, tick_size, lot_size or margin; events symbol, ex_date and dividend or split.',
    place: { file, line: headerLine },
  });
}

/** Whether columns are those of instruments or events, and whether by words that macro values do not go by. */
function besideBars(
  columns: readonly string[],
  fields: FieldPlaces,
): { readonly role: TableRole; readonly isClear: boolean } | undefined {
  const isOther = fields.value !== undefined || fields.close !== undefined;
  const date = fields.ex_date ?? fields.date;
  const hasOne = (names: readonly FileField[]): boolean =>
    names.some((name) => fields[name] !== undefined);
  if (fields.symbol !== undefined && hasOne(measures))
    return { role: 'instruments', isClear: date === undefined && !isOther };
  if (date === undefined || !hasOne(happenings)) return undefined;
  const isWord = columns.some((column) => /^div|dividen|split/.test(plain(column)));
  return { role: 'events', isClear: isWord && !isOther };
}

/** What is said of an instrument, and what happens to holders of a symbol: a file of theirs has one of them at least. */
const measures = ['multiplier', 'tick', 'lot', 'margin'] as const;
const happenings = ['dividend', 'split'] as const;

const needed: Readonly<Record<TableRole, readonly FileField[]>> = {
  bars: ['date', 'open', 'high', 'low', 'close'],
  attention: ['date'],
  macro: ['date'],
  universe: ['symbol', 'from'],
  instruments: ['symbol'],
  events: ['date'],
};

/** The columns of a role; throws where a needed one is missing or stands twice. `symbols` are those of the bars. */
export function layoutOf(
  role: TableRole,
  input: Omit<InputFile, 'content'>,
  raw: RawFile,
  symbols: ReadonlySet<string>,
): Layout {
  const file = input.name;
  const { columns } = raw;
  const found = fieldsOf(input, raw);
  const all = role === 'events' ? { ...found, ...dated(found.ex_date ?? found.date) } : found;
  const blocks = role === 'bars' && !hasPrices(all) ? barBlocks(columns) : [];
  if (role === 'bars' && blocks.length === 0 && [all.open, all.high, all.low].every(isMissing)) {
    if (input.closesAlone === true) return closesLayout(file, raw, all);
    if (all.date !== undefined && columns.length > 1)
      throw closesOnly(all.close ?? all.adjusted, input.name, raw);
  }
  for (const field of needed[role]) {
    if (all[field] !== undefined || (field === 'close' && all.adjusted !== undefined)) continue;
    if (blocks.length > 0 && field !== 'date') continue;
    throw missing(role, field, file, raw);
  }
  if (role === 'instruments') requireOneOf(role, measures, all, file, raw);
  if (role === 'events') requireOneOf(role, happenings, all, file, raw);
  const layouts: Record<TableRole, () => Layout> = {
    bars: () => barsLayout(all, blocks, input.prices !== 'raw'),
    universe: () => ({
      fields: pick(all, ['symbol', 'from', 'to', 'delisting_return', 'group', 'currency']),
      blocks: [],
    }),
    attention: () =>
      seriesLayout('attention', file, raw, all, all.symbol ?? all.series, (label) =>
        symbols.has(label),
      ),
    macro: () => seriesLayout('macro', file, raw, all, all.series ?? all.symbol, isMacro),
    instruments: () => ({
      fields: pick(all, ['symbol', ...measures, 'currency', 'exchange']),
      blocks: [],
    }),
    events: () => ({
      fields: { ...pick(all, ['date', ...happenings]), ...named(all.symbol ?? all.series) },
      blocks: [],
    }),
  };
  const layout = layouts[role]();
  refuseTwins(file, raw, layout);
  return layout;
}

/**
 * Adjusted opens, highs and lows beside an adjusted close (Tiingo, Quandl) are the bars themselves; with an adjusted
 * close alone the others are scaled to it.
 */
function barsLayout(all: FieldPlaces, blocks: readonly Block[], isAdjusted: boolean): Layout {
  if (blocks.length > 0) return { fields: pick(all, ['date', 'time', 'currency']), blocks };
  const { adjusted_open: open, adjusted_high: high, adjusted_low: low, adjusted: close } = all;
  if (!isAdjusted || [open, high, low, close].some(isMissing))
    return {
      fields: {
        ...pick(all, [
          'date',
          'time',
          'open',
          'high',
          'low',
          'close',
          'adjusted',
          'volume',
          'currency',
        ]),
        ...named(all.symbol),
      },
      blocks: [],
    };
  const volume = all.adjusted_volume ?? all.volume;
  const shared = { ...pick(all, ['date', 'time', 'currency']), ...named(all.symbol) };
  const fields = { ...shared, open, high, low, close, ...(volume !== undefined && { volume }) };
  return { fields: fields as FieldPlaces, blocks: [] };
}

/** Closes that stand for whole bars: a column of them, or one per symbol. */
function closesLayout(file: string, raw: RawFile, all: FieldPlaces): Layout {
  if (all.date === undefined) throw missing('bars', 'date', file, raw);
  const close = all.adjusted ?? all.close;
  const ofClose = (i: number): FieldPlaces => ({ open: i, high: i, low: i, close: i });
  if (close !== undefined) {
    const fields = { ...pick(all, ['date', 'time', 'volume', 'currency']), ...named(all.symbol) };
    return { fields: { ...fields, ...ofClose(close) }, blocks: [] };
  }
  const known = new Set(Object.values(pick(all, ['date', 'time', 'currency', 'volume'])));
  const blocks = raw.columns.flatMap((column, i) =>
    known.has(i) || column === '' ? [] : [{ name: seriesLabel(column), fields: ofClose(i) }],
  );
  if (blocks.length === 0) throw missing('bars', 'close', file, raw);
  return { fields: pick(all, ['date', 'time', 'currency']), blocks };
}

const hasPrices = ({ open, high, low }: FieldPlaces): boolean =>
  open !== undefined && high !== undefined && low !== undefined;

/** Bars side by side: 'AAPL.Open', 'Close MSFT', "('Close', 'MSFT')". Symbols without open, high, low and close are none. */
function barBlocks(columns: readonly string[]): Block[] {
  const found = new Map<string, FieldPlaces>();
  for (const [i, column] of columns.entries()) {
    const [name, field] = symbolAndField(column) ?? [];
    if (name === undefined || field === undefined) continue;
    found.set(name, { [field]: i, ...found.get(name) });
  }
  return [...found]
    .map(([name, fields]) => ({ name, fields }))
    .filter(({ fields }) => hasPrices(fields) && (fields.close ?? fields.adjusted) !== undefined);
}

/** The fields by their names, and as a person says. */
function fieldsOf(
  { name: file, columns: said = {} }: Omit<InputFile, 'content'>,
  { columns, headerLine }: RawFile,
): FieldPlaces {
  const found = new Map(Object.entries(matchFields(columns)));
  for (const [field, column] of Object.entries(said)) {
    found.delete(field);
    if (column === null) continue;
    const place = columns.indexOf(column);
    const isField = Object.hasOwn(aliases, field);
    if (place < 0 || !isField)
      throw new LabError({
        kind: 'import',
        problem: isField
          ? `There is no column “${column}”; the columns are ${listed(columns)}.`
          : `No column can be “${field}”.`,
        remedy: isField
          ? `Say which column is ${field}.`
          : `Name one of ${Object.keys(aliases).join(', ')}.`,
        place: { file, line: headerLine },
      });
    found.set(field, place);
  }
  return Object.fromEntries(found);
}

function seriesLayout(
  role: 'attention' | 'macro',
  file: string,
  raw: RawFile,
  all: FieldPlaces,
  name: number | undefined,
  isSeries: (label: string) => boolean,
): Layout {
  const { columns } = raw;
  const fields = {
    ...pick(all, role === 'macro' ? ['date', 'available'] : ['date', 'partial']),
    ...named(name),
  };
  const used = new Set(Object.values(fields));
  const rest = columns.map((_, i) => i).filter((i) => !used.has(i));
  const wide = rest.filter((i) => isSeries(seriesLabel(columns[i]!)));
  const ofBars = role === 'macro' ? barBlocks(columns) : [];
  const blocks =
    ofBars.length > 0
      ? ofBars.map(({ name: series, fields: { adjusted, close } }) => ({
          name: series,
          fields: { value: (adjusted ?? close)! },
        }))
      : wide.map((i) => ({ name: seriesLabel(columns[i]!), fields: { value: i } }));
  if (name === undefined && blocks.length > 0) return { fields, blocks };
  const only = rest.length === 1 ? rest[0] : undefined;
  const value = [all.attention, all.adjusted, all.close, all.value, only].find(
    (i) => i !== undefined && !used.has(i),
  );
  if (value === undefined)
    throw missing(role, role === 'attention' ? 'attention' : 'value', file, raw);
  return { fields: { ...fields, value }, blocks: [] };
}

/** Two columns of one name: nobody can say which is meant. */
function refuseTwins(
  file: string,
  { columns, headerLine }: RawFile,
  { fields, blocks }: Layout,
): void {
  const [names, labels] = [columns.map(plain), columns.map(seriesLabel)];
  const [ofName, ofLabel] = [counts(names), counts(labels)];
  const ofBlocks = new Set(blocks.flatMap((block) => Object.values(block.fields)));
  for (const i of [...Object.values(fields), ...ofBlocks]) {
    const label = columns[i]!;
    const isTwin = ofBlocks.has(i)
      ? ofLabel.get(labels[i]!)! > 1
      : label !== '' && ofName.get(names[i]!)! > 1;
    if (!isTwin) continue;
    throw new LabError({
      kind: 'import',
      problem: 'Two columns have this name.',
      remedy: 'Rename or remove one of them.',
      place: { file, line: headerLine, column: label },
    });
  }
}

function counts(names: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

const isMacro = (label: string): boolean =>
  macroName(label) !== undefined || pairName(label) !== undefined;

function requireOneOf(
  role: 'instruments' | 'events',
  fields: readonly FileField[],
  all: FieldPlaces,
  file: string,
  raw: RawFile,
): void {
  if (fields.some((field) => all[field] !== undefined)) return;
  throw missing(role, fields[0]!, file, raw);
}

const dated = (date: number | undefined): FieldPlaces => (date === undefined ? {} : { date });

const named = (symbol: number | undefined): FieldPlaces => (symbol === undefined ? {} : { symbol });

const pick = (all: FieldPlaces, names: readonly FileField[]): FieldPlaces =>
  Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));

/** Bars without opens, highs and lows: with a column of closes, or with columns that may be the closes of a symbol each. */
function closesOnly(
  close: number | undefined,
  file: string,
  { columns, headerLine }: RawFile,
): LabError {
  const label =
    close === undefined
      ? 'Take each column for the closes of a symbol'
      : 'Let the close stand for open, high and low';
  return new LabError({
    kind: 'import',
    fixes: [{ label, reading: { closesAlone: true } }],
    problem: `There are no columns for open, high and low; the columns are ${listed(columns)}.`,
    remedy:
      'Take a file with all four; or let closes stand for them, which is optimistic: fills at an open are then fills at that day’s close.',
    place: { file, line: headerLine },
  });
}

function missing(
  role: TableRole,
  field: FileField,
  file: string,
  { columns, headerLine }: RawFile,
): LabError {
  const needs = {
    bars: 'bars need date, open, high, low and close',
    attention: 'attention needs date and attention, or a column per symbol of the bars',
    macro: 'macro data need date and value, or columns such as VIX, INDEX, OIL',
    universe: 'a universe needs symbol and from',
    instruments: 'instruments need symbol and one of multiplier, tick_size, lot_size, margin',
    events: 'events need ex_date and dividend or split, and a symbol where the file’s name is none',
  }[role];
  return new LabError({
    kind: 'import',
    problem: `There is no column for “${field}”; the columns are ${listed(columns)}.`,
    remedy: `Name one ${field}: ${needs}.`,
    place: { file, line: headerLine },
  });
}

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 12).map((column) => `“${column.slice(0, 40)}”`);
  return (
    shown.join(', ') +
    (columns.length > shown.length ? ` and ${columns.length - shown.length} more` : '')
  );
}

const isMissing = (column: number | undefined): boolean => column === undefined;
