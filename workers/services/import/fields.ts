import { type FileField, aliases } from './aliases.ts';

export type { FileField };

/** Column number of each field that a file has. */
export type FieldPlaces = Partial<Record<FileField, number>>;

/** The macro inputs a study knows, and what files call them. */
const macroAliases: Readonly<Record<string, readonly string[]>> = {
  VIX: ['vix', 'vixcls', 'cboevix', 'vixclose', 'vixhistory', 'vixcurrent'],
  INDEX: ['index', 'spx', 'sp500', 'gspc', 'snp500', 'spy', 'marketindex'],
  OIL: ['oil', 'wti', 'crude', 'crudeoil', 'brent', 'dcoilwtico', 'clf', 'wticrude'],
};

/** 'Adj. Close' → 'adjclose', 'Eröffnung' → 'eroffnung', '<开盘>' → '开盘'. */
export const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC');

export function macroName(name: string): string | undefined {
  return Object.keys(macroAliases).find((key) => macroAliases[key]?.includes(plain(name)));
}

/** Google Trends writes 'AAPL: (Worldwide)' for AAPL. */
export const seriesLabel = (column: string): string => column.replace(/: \([^)]*\)$/, '').trim();

/** Column number of each field; the first column that bears the first of its names. */
export function matchFields(columns: readonly string[]): FieldPlaces {
  const plainColumns = columns.map(plain);
  const found: FieldPlaces = {};
  for (const field of Object.keys(aliases) as FileField[]) {
    const names: readonly string[] = aliases[field];
    const at = names.map((name) => plainColumns.indexOf(name)).find((column) => column >= 0);
    if (at !== undefined) found[field] = at;
  }
  if (found.time === found.date) delete found.time;
  // 'Volume BTC' before 'Volume USDT': exchanges name the traded coin first.
  const ofCoin = plainColumns.findIndex((name) => /^volume[a-z]{2,6}$/.test(name));
  if (found.volume === undefined && ofCoin >= 0) found.volume = ofCoin;
  // A saved pandas index has an empty header, or stands last under a name of its own.
  const isFirst = columns[0] === '' || columns[0] === 'Unnamed: 0';
  const index = isFirst ? 0 : columns.indexOf('__index_level_0__');
  if (found.date === undefined && index >= 0 && columns.some((column) => column !== ''))
    found.date = index;
  return found;
}

const barFields = ['open', 'high', 'low', 'close', 'adjusted', 'volume'] as const;
/** Names of one letter are left out: BRK.C is a symbol. */
const barNames = new Map<string, FileField>(
  barFields.flatMap((field) =>
    aliases[field].filter((name) => name.length > 1).map((name) => [name, field] as const),
  ),
);

/** 'AAPL.Open', 'BRK.B Adj Close', 'Close_MSFT', "('Close', 'MSFT')" → the symbol, and the field of its bars. */
export function symbolAndField(column: string): readonly [string, FileField] | undefined {
  const [, first, second] = /^\(\s*'([^']*)',\s*'([^']*)'\s*\)$/.exec(column) ?? [];
  const pairs =
    first !== undefined && second !== undefined
      ? [[first, second] as const]
      : [...column.matchAll(/[\s._:|/-]+/g)].map(
          ({ 0: mark, index }) =>
            [column.slice(0, index), column.slice(index + mark.length)] as const,
        );
  for (const [symbol, name] of pairs) {
    const field = barNames.get(plain(name));
    if (field !== undefined && symbol !== '') return [symbol, field];
  }
  for (const [name, symbol] of pairs.reverse()) {
    const field = barNames.get(plain(name));
    if (field !== undefined && symbol !== '') return [symbol, field];
  }
  return undefined;
}

/** 'data/AAPL.csv.gz' → 'AAPL'. */
export function stemOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? fileName;
  return base
    .replace(
      /(\.(csv|tsv|tab|txt|gz|zst|arrow|arrows|feather|ipc|parquet|pq|xls[xmb]?|ods))+$/i,
      '',
    )
    .replace(/ \(\d+\)$/, '');
}
