import type { Type } from './node.ts';

/** One word of the language, as completion and the README show it. */
export interface Word {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly example: string;
  readonly type: Type;
}

const word = (
  signature: string,
  description: string,
  example: string,
  type: Type = 'number',
): Word => ({ name: signature.split('(')[0] ?? '', signature, description, example, type });

/** The bar at which the expression is asked, as given (or adjusted at import). */
export const columnWords: readonly Word[] = [
  word('open', 'Open of the bar.', 'close > open'),
  word('high', 'High of the bar.', 'high > prev(high)'),
  word('low', 'Low of the bar.', 'close - low > 2'),
  word('close', 'Close of the bar.', 'close > sma(200)'),
  word('volume', 'Volume of the bar; null where the data have none.', 'volume > 1e6'),
  word('symbol', 'Name of the symbol.', "symbol <> 'SPY'", 'text'),
  word('date', 'Date of the bar.', "date >= '2010-01-01'", 'date'),
  word('bar', 'Number of the symbol’s bar, the first is 0.', 'bar >= 250'),
];

/** Columns that a feature computes, exactly, from a symbol’s own past. Arguments are whole numbers, not expressions. */
export const features: readonly Word[] = [
  word('sma(n)', 'Mean of the last n closes.', 'close > sma(200)'),
  word(
    'ema(x, n)',
    'Exponential mean of any number, weight 2 / (n + 1), from the mean of its first n values; without x of the close.',
    'ema(ema(12) - ema(26), 9)',
  ),
  word('atr(n)', 'Average true range, simple mean.', 'high - low > 2 * atr(14)'),
  word('rsi(n)', 'Relative Strength Index by Wilder, 0–100.', 'rsi(2) < 10'),
  word(
    'highest(n)',
    'Highest high of the last n bars, this one included.',
    'close > prev(highest(20))',
  ),
  word(
    'lowest(n)',
    'Lowest low of the last n bars, this one included.',
    'close < prev(lowest(20))',
  ),
  word(
    'zscore(series, n)',
    'Standard deviations (n − 1) from the mean of n bars; the series is close, volume, attention or atr.',
    'zscore(close, 20) < -2',
  ),
  word('return(n)', 'Return of the close over n bars, a ratio.', 'return(5) < -0.05'),
  word('momentum(n, skip)', 'Return from n to skip bars ago, a ratio.', 'momentum(252, 21) > 0'),
  word(
    'new_month()',
    'Whether this is the symbol’s first bar of a month.',
    'new_month()',
    'boolean',
  ),
  word(
    'new_week()',
    'Whether this is the symbol’s first bar of an ISO week.',
    'new_week()',
    'boolean',
  ),
  word('attention()', 'Newest attention known at the close.', 'attention() > 80'),
  word('panic_score()', 'Harvester’s Panic Score with its default settings.', 'panic_score() > 3'),
  word('g_score()', 'Harvester’s macro risk 0–3 with its default settings.', 'g_score() < 2'),
  word(
    'prev(x, n)',
    'x at the symbol’s bar n bars earlier (1 where left out); x is any expression.',
    'prev(close, 5)',
  ),
  word(
    'accumulate(seed, step)',
    'step at each of the symbol’s bars in turn; in it, prior is its newest known value before the bar, or the seed where there is none yet.',
    'accumulate(0, CASE WHEN close > open THEN prior + 1 ELSE 0 END) >= 3',
  ),
  word(
    'of(symbol, x)',
    'x at the other symbol’s bar of the same date, or its newest bar before; x is any expression.',
    "close / of('SPY', close)",
    'unknown',
  ),
  word(
    'daily(x)',
    'x on bars of whole sessions, at the newest that is over; x is any expression of the symbol.',
    'close > daily(sma(20))',
    'unknown',
  ),
  word('weekly(x)', 'The same on bars of weeks.', 'weekly(rsi(14)) < 40', 'unknown'),
  word('monthly(x)', 'The same on bars of months.', 'close > monthly(prev(high))', 'unknown'),
  word(
    'every(length, x)',
    "The same on bars of another length: '15min', '4h', 'session', …",
    "close > every('4h', ema(20))",
    'unknown',
  ),
  word(
    'member()',
    'Whether the symbol is in the universe on the date; true where there is no universe.',
    'rank() OVER (PARTITION BY date, member() ORDER BY return(20) DESC) <= 3',
    'boolean',
  ),
];

/** Stands in the step of accumulate() alone. */
export const priorWord = word(
  'prior',
  'In accumulate(seed, step): the newest known value before the bar, or the seed.',
  'accumulate(close, prior + 0.1 * (close - prior))',
);

export const functions: readonly Word[] = [
  word('abs(x)', 'Without its sign.', 'abs(return(1)) > 0.03'),
  word('sign(x)', '−1, 0 or 1.', 'sign(close - open)'),
  word('round(x, digits)', 'Rounded.', 'round(close, 1)'),
  word('floor(x)', 'Next whole number below.', 'floor(bar / 5)'),
  word('ceil(x)', 'Next whole number above.', 'ceil(close)'),
  word('sqrt(x)', 'Square root.', 'sqrt(volume)'),
  word('ln(x)', 'Natural logarithm.', 'ln(close / prev(close))'),
  word('log10(x)', 'Logarithm to base 10.', 'log10(volume)'),
  word('exp(x)', 'e to the power of x.', 'exp(-bar / 100)'),
  word('power(x, y)', 'x to the power of y.', 'power(return(1), 2)'),
  word('greatest(x, y, …)', 'The largest; nulls are passed over.', 'greatest(open, close)'),
  word('least(x, y, …)', 'The smallest; nulls are passed over.', 'least(open, close)'),
  word('coalesce(x, y, …)', 'The first that is not null.', 'coalesce(volume, 0)', 'unknown'),
  word(
    'nullif(x, y)',
    'Null where both are equal, else x.',
    'close / nullif(volume, 0)',
    'unknown',
  ),
  word('year(date)', 'Year.', 'year(date) > 2008'),
  word('quarter(date)', 'Quarter 1–4.', 'quarter(date) = 4'),
  word('month(date)', 'Month 1–12.', 'month(date) = 1'),
  word('day(date)', 'Day of the month.', 'day(date) <= 5'),
  word('isodow(date)', 'Day of the week, Monday is 1.', 'isodow(date) = 1'),
];

const over = 'OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING)';

/** Functions of a window: they need OVER. */
export const windows: readonly Word[] = [
  word('sum(x)', 'Sum over the window.', `sum(volume) ${over}`),
  word('avg(x)', 'Mean over the window.', `avg(close) ${over}`),
  word('min(x)', 'Least of the window.', `min(low) ${over}`),
  word('max(x)', 'Largest of the window.', `max(high) ${over}`),
  word('count(x)', 'How many are not null.', `count(volume) ${over}`),
  word('median(x)', 'Middle of the window.', `median(volume) ${over}`),
  word('stddev_samp(x)', 'Standard deviation over n − 1.', `stddev_samp(close) ${over}`),
  word('stddev_pop(x)', 'Standard deviation over n.', `stddev_pop(close) ${over}`),
  word('var_samp(x)', 'Variance over n − 1.', `var_samp(close) ${over}`),
  word('corr(x, y)', 'Pearson’s correlation.', `corr(close, volume) ${over}`),
  word('regr_slope(y, x)', 'Slope of a line through the window.', `regr_slope(close, bar) ${over}`),
  word(
    'lag(x, n)',
    'x n rows earlier.',
    'lag(close, 5) OVER (PARTITION BY symbol ORDER BY date)',
    'unknown',
  ),
  word('first_value(x)', 'First of the window.', `first_value(close) ${over}`, 'unknown'),
  word('last_value(x)', 'Last of the window.', `last_value(close) ${over}`, 'unknown'),
  word(
    'row_number()',
    'Number of the row.',
    'row_number() OVER (PARTITION BY symbol ORDER BY date)',
  ),
  word(
    'rank()',
    'Place, ties share it.',
    'rank() OVER (PARTITION BY date ORDER BY return(20) DESC) <= 3',
  ),
  word(
    'dense_rank()',
    'Place without gaps.',
    'dense_rank() OVER (PARTITION BY date ORDER BY close)',
  ),
  word(
    'percent_rank()',
    'Place from 0 to 1, across symbols.',
    'percent_rank() OVER (PARTITION BY date ORDER BY return(20)) > 0.9',
  ),
  word(
    'cume_dist()',
    'Share of rows up to this, across symbols.',
    'cume_dist() OVER (PARTITION BY date ORDER BY volume)',
  ),
  word(
    'ntile(n)',
    'Which of n equal groups, across symbols.',
    'ntile(10) OVER (PARTITION BY date ORDER BY return(20)) = 10',
  ),
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
