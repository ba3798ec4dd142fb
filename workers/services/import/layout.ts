import { LabError } from '../../../src/domain/errors.ts';
import type { FileRole } from '../../../src/wire/lab.ts';
import {
  type FileField,
  type FieldPlaces,
  macroName,
  matchFields,
  plain,
  seriesLabel,
  stemOf,
} from './fields.ts';
import { pairName } from './pairs.ts';
import type { RawFile } from './raw-file.ts';

/** Which column is which field for a role. */
export interface Layout {
  readonly fields: FieldPlaces;
  /** Columns that are symbols or series themselves (wide layout). */
  readonly wide: readonly number[];
}

/** What a file holds, from its columns, where nobody said so. */
export function roleOf(file: string, { columns, headerLine }: RawFile): FileRole {
  const fields = matchFields(columns);
  const has = (...names: FileField[]): boolean => names.every((name) => fields[name] !== undefined);
  const macroFile = macroName(stemOf(file));
  if (has('symbol', 'from')) return 'universe';
  if (has('open', 'high', 'low') && (macroFile === undefined || macroFile === 'INDEX'))
    return 'bars';
  if (has('attention')) return 'attention';
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
): { readonly role: FileRole; readonly isClear: boolean } | undefined {
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

const needed: Readonly<Record<FileRole, readonly FileField[]>> = {
  bars: ['date', 'open', 'high', 'low', 'close'],
  attention: ['date'],
  macro: ['date'],
  universe: ['symbol', 'from'],
  instruments: ['symbol'],
  events: ['date'],
};

/** The columns of a role; throws where a needed one is missing or stands twice. `symbols` are those of the bars. */
export function layoutOf(
  role: FileRole,
  file: string,
  raw: RawFile,
  symbols: ReadonlySet<string>,
): Layout {
  const { columns } = raw;
  const found = matchFields(columns);
  const all = role === 'events' ? { ...found, ...dated(found.ex_date ?? found.date) } : found;
  for (const field of needed[role]) {
    if (all[field] !== undefined || (field === 'close' && all.adjusted !== undefined)) continue;
    throw missing(role, field, file, raw);
  }
  if (role === 'instruments') requireOneOf(role, measures, all, file, raw);
  if (role === 'events') requireOneOf(role, happenings, all, file, raw);
  const layouts: Record<FileRole, () => Layout> = {
    bars: () => ({
      fields: {
        ...pick(all, ['date', 'open', 'high', 'low', 'close', 'adjusted', 'volume', 'currency']),
        ...named(all.symbol),
      },
      wide: [],
    }),
    universe: () => ({
      fields: pick(all, ['symbol', 'from', 'to', 'delisting_return', 'group', 'currency']),
      wide: [],
    }),
    attention: () =>
      seriesLayout('attention', file, raw, all, all.symbol ?? all.series, (label) =>
        symbols.has(label),
      ),
    macro: () => seriesLayout('macro', file, raw, all, all.series ?? all.symbol, isMacro),
    instruments: () => ({
      fields: pick(all, ['symbol', ...measures, 'currency', 'exchange']),
      wide: [],
    }),
    events: () => ({
      fields: { ...pick(all, ['date', ...happenings]), ...named(all.symbol ?? all.series) },
      wide: [],
    }),
  };
  const layout = layouts[role]();
  refuseTwins(file, raw, layout);
  return layout;
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
    ...pick(all, role === 'macro' ? ['date', 'available'] : ['date']),
    ...named(name),
  };
  const used = new Set(Object.values(fields));
  const rest = columns.map((_, i) => i).filter((i) => !used.has(i));
  const wide = rest.filter((i) => isSeries(seriesLabel(columns[i]!)));
  if (name === undefined && wide.length > 0) return { fields, wide };
  const only = rest.length === 1 ? rest[0] : undefined;
  const value = [all.attention, all.adjusted, all.close, all.value, only].find(
    (i) => i !== undefined && !used.has(i),
  );
  if (value === undefined)
    throw missing(role, role === 'attention' ? 'attention' : 'value', file, raw);
  return { fields: { ...fields, value }, wide: [] };
}

/** Two columns of one name: nobody can say which is meant. */
function refuseTwins(
  file: string,
  { columns, headerLine }: RawFile,
  { fields, wide }: Layout,
): void {
  const [names, labels] = [columns.map(plain), columns.map(seriesLabel)];
  const [ofName, ofLabel] = [counts(names), counts(labels)];
  const isWide = new Set(wide);
  for (const i of [...Object.values(fields), ...wide]) {
    const label = columns[i]!;
    const isTwin = isWide.has(i)
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

function missing(
  role: FileRole,
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
