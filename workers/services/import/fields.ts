import { LabError } from '../../../src/domain/errors.ts';
import type { FileRole } from '../../../src/protocol/lab.ts';

/** Names that files give to fields, compared without case, spaces and punctuation. */
const aliases = {
  date: ['date', 'time', 'timestamp', 'datetime', 'day', 'tradedate', 'tradingdate', 'week', 'period', 'opentime'],
  symbol: ['symbol', 'ticker', 'sym', 'tic', 'instrument', 'secid', 'code', 'asset', 'pair', 'stock'],
  open: ['open', 'o', 'openprice', '1open', 'pxopen', 'opening'],
  high: ['high', 'h', 'highprice', 'max', '2high', 'pxhigh'],
  low: ['low', 'l', 'lowprice', 'min', '3low', 'pxlow'],
  close: ['close', 'c', 'closeprice', 'closelast', 'last', 'price', '4close', 'pxlast', 'closing'],
  adjusted: ['adjclose', 'adjustedclose', 'closeadj', '5adjustedclose', 'adjcloseprice'],
  volume: ['volume', 'vol', 'v', '5volume', '6volume', 'pxvolume', 'qty', 'turnovershares'],
  attention: ['attention', 'interest', 'views', 'pageviews', 'searches', 'hits', 'searchinterest'],
  value: ['value', 'index', 'score', 'count', 'level', 'rate', 'obsvalue'],
  series: ['series', 'seriesid', 'indicator', 'name', 'variable', 'macro', 'id'],
  available: ['availableat', 'available', 'availableon', 'released', 'releasedate', 'published', 'knownat', 'vintage'],
  from: ['from', 'start', 'startdate', 'added', 'dateadded', 'begin'],
  to: ['to', 'end', 'enddate', 'removed', 'dateremoved', 'thru'],
  delisting_return: ['delistingreturn', 'dlret', 'delistreturn'],
} as const;

export type Field = keyof typeof aliases;

/** The macro inputs a study knows, and what files call them. */
const macroAliases: Readonly<Record<string, readonly string[]>> = {
  VIX: ['vix', 'vixcls', 'cboevix', 'vixclose'],
  INDEX: ['index', 'spx', 'sp500', 'gspc', 'snp500', 'spy', 'marketindex'],
  OIL: ['oil', 'wti', 'crude', 'crudeoil', 'brent', 'dcoilwtico', 'cl', 'clf', 'wticrude'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

export function macroName(name: string): string | undefined {
  return Object.keys(macroAliases).find((key) => macroAliases[key]?.includes(plain(name)));
}

/** Column number of each field; the first column that bears one of its names. */
export function matchFields(columns: readonly string[]): Partial<Record<Field, number>> {
  const plainColumns = columns.map(plain);
  const found: Partial<Record<Field, number>> = {};
  for (const field of Object.keys(aliases) as Field[]) {
    const names: readonly string[] = aliases[field];
    const at = names.map((name) => plainColumns.indexOf(name)).find((column) => column >= 0);
    if (at !== undefined) found[field] = at;
  }
  // A saved pandas index has an empty header.
  if (found.date === undefined && (plainColumns[0] === '' || plainColumns[0] === 'unnamed0')) found.date = 0;
  return found;
}

/** 'data/AAPL.csv.gz' → 'AAPL'. */
export function stemOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? fileName;
  return base.replace(/(\.(csv|tsv|txt|gz|arrow|arrows|feather|ipc))+$/i, '').replace(/ \(\d+\)$/, '');
}

/** What a file holds, from its columns, where nobody said so. */
export function roleOf(fileName: string, columns: readonly string[]): FileRole {
  const fields = matchFields(columns);
  const has = (...names: Field[]): boolean => names.every((name) => fields[name] !== undefined);
  const macroFile = macroName(stemOf(fileName));
  if (has('symbol', 'from')) return 'universe';
  if (has('open', 'high', 'low') && (macroFile === undefined || macroFile === 'INDEX')) return 'bars';
  if (has('attention')) return 'attention';
  if (has('series') || macroFile !== undefined) return 'macro';
  if (columns.some((column) => macroName(column) !== undefined)) return 'macro';
  if (has('symbol', 'value') && !has('close')) return 'attention';
  if (has('close')) return 'bars';
  throw new LabError({
    kind: 'import',
    problem: `The columns are not those of bars, attention, macro values or a universe: ${listed(columns)}.`,
    remedy:
      'Bars need date, open, high, low, close (and volume, symbol); attention date, symbol, attention; macro date, series, value; a universe symbol, from, to.',
    place: { file: fileName, line: 1 },
  });
}

/** Which column is which field for a role; throws where a needed one is missing. */
export interface Layout {
  readonly fields: Partial<Record<Field, number>>;
  /** Columns that are symbols or series themselves (wide layout). */
  readonly wide: readonly number[];
}

const needed: Readonly<Record<FileRole, readonly Field[]>> = {
  bars: ['date', 'open', 'high', 'low', 'close'],
  attention: ['date'],
  macro: ['date'],
  universe: ['symbol', 'from'],
};

export function layoutOf(
  role: FileRole,
  fileName: string,
  columns: readonly string[],
  symbols: readonly string[],
): Layout {
  const all = matchFields(columns);
  for (const field of needed[role]) {
    if (all[field] !== undefined || (field === 'close' && all.adjusted !== undefined)) continue;
    throw missing(role, field, fileName, columns);
  }
  switch (role) {
    case 'bars':
      return { fields: pick(all, ['date', 'symbol', 'open', 'high', 'low', 'close', 'adjusted', 'volume']), wide: [] };
    case 'universe':
      return { fields: pick(all, ['symbol', 'from', 'to', 'delisting_return']), wide: [] };
    case 'attention':
      return seriesLayout(role, fileName, columns, all, all.symbol ?? all.series, (name) => symbols.includes(name.trim()));
    case 'macro':
      return seriesLayout(role, fileName, columns, all, all.series ?? all.symbol, (name) => macroName(name) !== undefined);
  }
}

function seriesLayout(
  role: FileRole,
  fileName: string,
  columns: readonly string[],
  all: Partial<Record<Field, number>>,
  name: number | undefined,
  isSeries: (column: string) => boolean,
): Layout {
  const common = { ...pick(all, ['date', 'available']), ...(name !== undefined && { symbol: name }) };
  const wide = columns.flatMap((column, i) => (i !== all.date && isSeries(column) ? [i] : []));
  if (name === undefined && wide.length > 0) return { fields: common, wide };
  const used = new Set(Object.values(common));
  const rest = columns.map((_, i) => i).filter((i) => !used.has(i));
  const value = all.attention ?? all.adjusted ?? all.close ?? all.value ?? (rest.length === 1 ? rest[0] : undefined);
  if (value === undefined || used.has(value)) throw missing(role, role === 'attention' ? 'attention' : 'value', fileName, columns);
  return { fields: { ...common, value }, wide: [] };
}

function pick(all: Partial<Record<Field, number>>, names: readonly Field[]): Partial<Record<Field, number>> {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

function missing(role: FileRole, field: Field, file: string, columns: readonly string[]): LabError {
  const need = { bars: 'date, open, high, low and close', attention: 'date and attention', macro: 'date and value', universe: 'symbol and from' }[role];
  return new LabError({
    kind: 'import',
    problem: `There is no column for “${field}”; the columns are ${listed(columns)}.`,
    remedy: `Name one ${field}; ${role === 'universe' ? 'a universe needs' : `${role} need`} ${need}.`,
    place: { file, line: 1 },
  });
}

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 12).map((column) => `“${column}”`);
  return shown.join(', ') + (columns.length > shown.length ? ` and ${columns.length - shown.length} more` : '');
}
