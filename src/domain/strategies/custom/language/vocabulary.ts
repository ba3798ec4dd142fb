import type { Type } from './node.ts';

/** One word of the language; descriptions.ts says what it means. */
export interface Word {
  readonly name: string;
  readonly signature: string;
  readonly example: string;
  readonly type: Type;
}

const word = (signature: string, example: string, type: Type = 'number'): Word => ({
  name: signature.split('(')[0] ?? '',
  signature,
  example,
  type,
});

/** The bar at which the expression is asked, as given (or adjusted at import). */
export const columnWords: readonly Word[] = [
  word('open', 'close > open'),
  word('high', 'high > prev(high)'),
  word('low', 'close - low > 2'),
  word('close', 'close > sma(200)'),
  word('volume', 'volume > 1e6'),
  word('symbol', "symbol <> 'SPY'", 'text'),
  word('date', "date >= '2010-01-01'", 'date'),
  word('bar', 'bar >= 250'),
];

/** Columns that a feature computes, exactly, from a symbol’s own past. Arguments are whole numbers, not expressions. */
export const features: readonly Word[] = [
  word('sma(n)', 'close > sma(200)'),
  word('ema(x, n)', 'ema(ema(12) - ema(26), 9)'),
  word('atr(n)', 'high - low > 2 * atr(14)'),
  word('rsi(n)', 'rsi(2) < 10'),
  word('highest(n)', 'close > prev(highest(20))'),
  word('lowest(n)', 'close < prev(lowest(20))'),
  word('zscore(series, n)', 'zscore(close, 20) < -2'),
  word('return(n)', 'return(5) < -0.05'),
  word('momentum(n, skip)', 'momentum(252, 21) > 0'),
  word('new_month()', 'new_month()', 'boolean'),
  word('new_week()', 'new_week()', 'boolean'),
  word('attention()', 'attention() > 80'),
  word('panic_score()', 'panic_score() > 3'),
  word('g_score()', 'g_score() < 2'),
  word('prev(x, n)', 'prev(close, 5)'),
  word(
    'accumulate(seed, step)',
    'accumulate(0, CASE WHEN close > open THEN prior + 1 ELSE 0 END) >= 3',
  ),
  word('of(symbol, x)', "close / of('SPY', close)", 'unknown'),
  word('daily(x)', 'close > daily(sma(20))', 'unknown'),
  word('weekly(x)', 'weekly(rsi(14)) < 40', 'unknown'),
  word('monthly(x)', 'close > monthly(prev(high))', 'unknown'),
  word('every(length, x)', "close > every('4h', ema(20))", 'unknown'),
  word(
    'member()',
    'rank() OVER (PARTITION BY date, member() ORDER BY return(20) DESC) <= 3',
    'boolean',
  ),
];

/** Stands in the step of accumulate() alone. */
export const priorWord = word('prior', 'accumulate(close, prior + 0.1 * (close - prior))');

export const functions: readonly Word[] = [
  word('abs(x)', 'abs(return(1)) > 0.03'),
  word('sign(x)', 'sign(close - open)'),
  word('round(x, digits)', 'round(close, 1)'),
  word('floor(x)', 'floor(bar / 5)'),
  word('ceil(x)', 'ceil(close)'),
  word('sqrt(x)', 'sqrt(volume)'),
  word('ln(x)', 'ln(close / prev(close))'),
  word('log10(x)', 'log10(volume)'),
  word('exp(x)', 'exp(-bar / 100)'),
  word('power(x, y)', 'power(return(1), 2)'),
  word('greatest(x, y, …)', 'greatest(open, close)'),
  word('least(x, y, …)', 'least(open, close)'),
  word('coalesce(x, y, …)', 'coalesce(volume, 0)', 'unknown'),
  word('nullif(x, y)', 'close / nullif(volume, 0)', 'unknown'),
  word('year(date)', 'year(date) > 2008'),
  word('quarter(date)', 'quarter(date) = 4'),
  word('month(date)', 'month(date) = 1'),
  word('day(date)', 'day(date) <= 5'),
  word('isodow(date)', 'isodow(date) = 1'),
];

const over = 'OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING)';

/** Functions of a window: they need OVER. */
export const windows: readonly Word[] = [
  word('sum(x)', `sum(volume) ${over}`),
  word('avg(x)', `avg(close) ${over}`),
  word('min(x)', `min(low) ${over}`),
  word('max(x)', `max(high) ${over}`),
  word('count(x)', `count(volume) ${over}`),
  word('median(x)', `median(volume) ${over}`),
  word('stddev_samp(x)', `stddev_samp(close) ${over}`),
  word('stddev_pop(x)', `stddev_pop(close) ${over}`),
  word('var_samp(x)', `var_samp(close) ${over}`),
  word('corr(x, y)', `corr(close, volume) ${over}`),
  word('regr_slope(y, x)', `regr_slope(close, bar) ${over}`),
  word('lag(x, n)', 'lag(close, 5) OVER (PARTITION BY symbol ORDER BY date)', 'unknown'),
  word('first_value(x)', `first_value(close) ${over}`, 'unknown'),
  word('last_value(x)', `last_value(close) ${over}`, 'unknown'),
  word('row_number()', 'row_number() OVER (PARTITION BY symbol ORDER BY date)'),
  word('rank()', 'rank() OVER (PARTITION BY date ORDER BY return(20) DESC) <= 3'),
  word('dense_rank()', 'dense_rank() OVER (PARTITION BY date ORDER BY close)'),
  word('percent_rank()', 'percent_rank() OVER (PARTITION BY date ORDER BY return(20)) > 0.9'),
  word('cume_dist()', 'cume_dist() OVER (PARTITION BY date ORDER BY volume)'),
  word('ntile(n)', 'ntile(10) OVER (PARTITION BY date ORDER BY return(20)) = 10'),
];

/** Functions that can be undefined, or above every number, where their arguments are numbers. */
export const canBeUndefined: ReadonlySet<string> = new Set([
  'exp',
  'power',
  'sum',
  'avg',
  'median',
  'corr',
  'regr_slope',
]);

/** Functions that yield one of their arguments, whatever its type. */
export const passedOn: ReadonlySet<string> = new Set([
  'prev',
  'of',
  'greatest',
  'least',
  'coalesce',
  'nullif',
  'min',
  'max',
  'lag',
  'first_value',
  'last_value',
]);

/** Functions that SQL has and an expression must not: why. */
export const forbidden: Readonly<Record<string, string>> = {
  lead: 'lead() reads bars to come.',
  ...Object.fromEntries(
    ['random', 'setseed', 'uuid', 'gen_random_uuid', 'nextval'].map((name) => [
      name,
      `${name}() gives something else at every run.`,
    ]),
  ),
  ...Object.fromEntries(
    ['now', 'today', 'current_date', 'current_timestamp', 'current_time', 'localtimestamp'].map(
      (name) => [name, `${name} is the clock of today, not of the bar.`],
    ),
  ),
  ...Object.fromEntries(
    [
      'read_csv',
      'read_csv_auto',
      'read_parquet',
      'read_json',
      'read_text',
      'read_blob',
      'glob',
    ].map((name) => [name, `${name}() reads files.`]),
  ),
  ...Object.fromEntries(
    ['getenv', 'getvariable', 'current_setting', 'version'].map((name) => [
      name,
      `${name}() reads the engine’s settings.`,
    ]),
  ),
};

export const castTypes: Readonly<Record<string, Type>> = {
  double: 'number',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  date: 'date',
  varchar: 'text',
};
