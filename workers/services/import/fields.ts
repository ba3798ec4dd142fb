/** Names that files give to fields, compared without case, spaces, punctuation and accents. */
const aliases = {
  date: [
    'date',
    'time',
    'timestamp',
    'datetime',
    'day',
    'tradedate',
    'dtyyyymmdd',
    'tradingdate',
    'week',
    'period',
    'opentime',
    'datum',
    'observationdate',
  ],
  symbol: [
    'symbol',
    'ticker',
    'sym',
    'tic',
    'instrument',
    'secid',
    'code',
    'asset',
    'pair',
    'stock',
    'name',
  ],
  open: [
    'open',
    'o',
    'openprice',
    '1open',
    'pxopen',
    'opening',
    'eroffnung',
    'eroffnungskurs',
    'erster',
  ],
  high: ['high', 'h', 'highprice', 'max', '2high', 'pxhigh', 'hoch'],
  low: ['low', 'l', 'lowprice', 'min', '3low', 'pxlow', 'tief'],
  close: [
    'close',
    'c',
    'closeprice',
    'closelast',
    'last',
    'price',
    '4close',
    'pxlast',
    'closing',
    'schluss',
    'schlusskurs',
  ],
  adjusted: ['adjclose', 'adjustedclose', 'closeadj', '5adjustedclose', 'adjcloseprice'],
  volume: [
    'volume',
    'vol',
    'v',
    '5volume',
    '6volume',
    'pxvolume',
    'qty',
    'volumen',
    'totalvolume',
    'tradedvolume',
    'volumetraded',
    'sharestraded',
    'totaltradedquantity',
    'totaltradequantity',
    'tottrdqty',
    'tickvolume',
    'tickvol',
    'umsatz',
  ],
  attention: ['attention', 'interest', 'views', 'pageviews', 'searches', 'hits', 'searchinterest'],
  value: ['value', 'index', 'score', 'count', 'level', 'rate', 'obsvalue'],
  series: ['series', 'seriesid', 'indicator', 'name', 'variable', 'macro', 'id'],
  available: [
    'availableat',
    'available',
    'availableon',
    'released',
    'releasedate',
    'published',
    'knownat',
    'vintage',
  ],
  from: ['from', 'start', 'startdate', 'added', 'dateadded', 'begin'],
  to: ['to', 'end', 'enddate', 'removed', 'dateremoved', 'thru'],
  delisting_return: ['delistingreturn', 'dlret', 'delistreturn'],
  group: ['group', 'sector', 'industry', 'gicssector', 'gicsindustry', 'branch'],
  currency: ['currency', 'ccy', 'curr', 'currencycode'],
  multiplier: [
    'multiplier',
    'contractmultiplier',
    'mult',
    'contractsize',
    'pointvalue',
    'bigpointvalue',
    'valueperpoint',
    'dollarsperpoint',
    'multiplikator',
    'kontraktgroe',
    'kontraktgrosse',
  ],
  tick: [
    'tick',
    'ticksize',
    'mintick',
    'minimumtick',
    'minticksize',
    'minimumticksize',
    'pricetick',
    'pricestep',
    'priceincrement',
    'minpriceincrement',
    'minimumpriceincrement',
    'minimumpricevariation',
    'minmove',
    'tickgroe',
    'tickgrosse',
  ],
  lot: [
    'lot',
    'lotsize',
    'lots',
    'minlot',
    'roundlot',
    'boardlot',
    'qtystep',
    'quantitystep',
    'quantityincrement',
    'stepsize',
    'minqty',
    'minquantity',
    'minimumquantity',
    'losgroe',
    'losgrosse',
  ],
  margin: [
    'margin',
    'initialmargin',
    'initmargin',
    'margininitial',
    'marginrequirement',
    'initialmarginrequirement',
    'marginpercontract',
  ],
  exchange: ['exchange', 'exch', 'mic', 'venue', 'market', 'borse'],
  ex_date: [
    'exdate',
    'exdividenddate',
    'exdivdate',
    'exday',
    'exeffdate',
    'effectivedate',
    'executiondate',
    'extag',
    'exdatum',
  ],
  dividend: [
    'dividend',
    'dividends',
    'div',
    'cashdividend',
    'dividendamount',
    'dividendpershare',
    'dps',
    'divcash',
    'dividende',
    'dividenden',
    'cashamount',
    'amount',
    'betrag',
  ],
  split: [
    'split',
    'splits',
    'stocksplit',
    'stocksplits',
    'splitratio',
    'splitfactor',
    'splitcoefficient',
    'aktiensplit',
    'ratio',
  ],
} as const;

export type FileField = keyof typeof aliases;
/** Column number of each field that a file has. */
export type FieldPlaces = Partial<Record<FileField, number>>;

/** The macro inputs a study knows, and what files call them. */
const macroAliases: Readonly<Record<string, readonly string[]>> = {
  VIX: ['vix', 'vixcls', 'cboevix', 'vixclose'],
  INDEX: ['index', 'spx', 'sp500', 'gspc', 'snp500', 'spy', 'marketindex'],
  OIL: ['oil', 'wti', 'crude', 'crudeoil', 'brent', 'dcoilwtico', 'clf', 'wticrude'],
};

/** 'Adj. Close' → 'adjclose', 'Eröffnung' → 'eroffnung'. */
export const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

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
