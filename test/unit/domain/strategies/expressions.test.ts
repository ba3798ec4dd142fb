import { describe, expect, it } from 'vitest';
import { checkExpression } from '../../../../src/domain/strategies/custom/language/check.ts';
import {
  columnWords,
  features,
  functions,
  windows,
} from '../../../../src/domain/strategies/custom/language/vocabulary.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';

describe('an expression may say', () => {
  it.each([...columnWords, ...features, ...functions, ...windows].map(({ example }) => [example]))(
    '%s',
    (example) => {
      expect(checkExpression(example)).toBeNull();
    },
  );

  it.each([
    ["close > prev(highest(20)) AND NOT symbol IN ('A', 'it''s')"],
    ['CASE WHEN rsi(14) BETWEEN 20 AND 30 THEN 1 WHEN volume IS NOT NULL THEN -1 ELSE 0 END'],
    ['close / lag(close) OVER (PARTITION BY symbol ORDER BY date) - 1 > 2.5e-2'],
    [
      'sum(close) OVER (PARTITION BY symbol ORDER BY bar ROWS BETWEEN 20 PRECEDING AND 1 PRECEDING)',
    ],
    ['avg(close) OVER (PARTITION BY symbol, year(date) ORDER BY date)'],
    ['count(*) OVER (PARTITION BY date) > 5'],
    ['rank() OVER (PARTITION BY date ORDER BY return(20) DESC, symbol) <= 3'],
    ["date >= DATE '2010-01-01' AND symbol LIKE 'A%'"],
    ['prev(prev(close - sma(20)), 3) < 0'],
    ['Close > SMA(200) and CAST(bar AS double) % 2 = 0 or volume::integer > 3'],
    ['ema(close, 12) > ema(volume * close, 12) AND ema((close), 3) > 1'],
    [
      "accumulate(0, CASE WHEN symbol = 'A' AND close > of('SPY', sma(5)) THEN prior + 1 ELSE 0 END) > 3",
    ],
    ['accumulate(0, accumulate(close, greatest(prior, close)) - prior) > 1'],
    ['avg(close) OVER (PARTITION BY date, member()) < close'],
    ["of('SPY', close > sma(200))"],
    ['close > daily(sma(20)) and weekly(rsi(14)) < 40'],
    ["prev(every('15min', ema(ema(12) - ema(26), 9)), 3) > monthly(prev(close, 2))"],
    ["of('SPY', weekly(close)) > rank() OVER (PARTITION BY date ORDER BY weekly(return(4)))"],
    ['accumulate(0, CASE WHEN weekly(close > open) THEN prior + 1 ELSE 0 END) > 3'],
    ['  '],
  ])('%s', (text) => {
    expect(checkExpression(text)).toBeNull();
  });
});

const time = 'PARTITION BY symbol ORDER BY date';

describe('an expression may not', () => {
  it.each([
    // look ahead
    [`lead(close) OVER (${time})`, 'lead', 'lead() reads bars to come.'],
    [
      `avg(close) OVER (${time} ROWS BETWEEN CURRENT ROW AND 5 FOLLOWING)`,
      '5 FOLLOWING',
      'FOLLOWING reaches bars to come.',
    ],
    [
      `avg(close) OVER (${time} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`,
      'UNBOUNDED FOLLOWING',
      'FOLLOWING reaches bars to come.',
    ],
    [
      `avg(close) OVER (${time} ROWS -5 PRECEDING)`,
      '-',
      'A window reaches a whole number of rows back.',
    ],
    [`avg(close) OVER (${time} RANGE 5 PRECEDING)`, 'RANGE', 'A window counts rows.'],
    [
      'avg(close) OVER (PARTITION BY symbol ORDER BY date DESC)',
      'date',
      'DESC over time puts bars to come first.',
    ],
    [
      'avg(close) OVER (PARTITION BY symbol ORDER BY -bar)',
      '-bar',
      'Over time a window is ordered by date, or it reaches bars to come.',
    ],
    [
      'sum(close) OVER (PARTITION BY symbol ORDER BY close)',
      'close',
      'Over time a window is ordered by date, or it reaches bars to come.',
    ],
    [`lag(close, -1) OVER (${time})`, '-1', 'lag() takes a whole number from 0 to 5000 here.'],
    [`lag(close, bar) OVER (${time})`, 'bar', 'lag() takes a whole number from 0 to 5000 here.'],
    ['prev(close, -1)', '-1', 'prev() takes a whole number from 1 to 5000 here.'],
    // normalise by the whole sample
    ['close / max(close)', 'max(close)', 'max() needs a window.'],
    ['close / avg(close) OVER ()', '()', 'This window runs across symbols and dates.'],
    [
      'close / avg(close) OVER (PARTITION BY symbol)',
      '(PARTITION BY symbol)',
      'Without ORDER BY the window is the symbol’s whole history, bars to come included.',
    ],
    [
      'avg(close) OVER (ORDER BY date)',
      '(ORDER BY date)',
      'This window runs across symbols and dates.',
    ],
    [
      'avg(close) OVER (PARTITION BY year(date) ORDER BY date)',
      '(PARTITION BY year(date) ORDER BY date)',
      'This window runs across symbols and dates.',
    ],
    [
      `percent_rank() OVER (${time})`,
      `(${time})`,
      'Over time, percent_rank() counts bars to come.',
    ],
    [`cume_dist() OVER (${time})`, `(${time})`, 'Over time, cume_dist() counts bars to come.'],
    [`ntile(4) OVER (${time})`, `(${time})`, 'Over time, ntile() counts bars to come.'],
    // be more than one value
    [
      '(SELECT max(close) FROM bars)',
      'SELECT',
      'An expression is one value: no subqueries, no statements.',
    ],
    ['close > 1; DROP TABLE bars', ';', 'An expression is one value: no semicolon.'],
    ['EXISTS (SELECT 1)', 'EXISTS', 'An expression is one value: no subqueries, no statements.'],
    ['close > 1 -- so there', '--', 'Comments cannot stand in an expression.'],
    ['close /* high */ > 1', '/*', 'Comments cannot stand in an expression.'],
    ['close > 1, 2', ',', 'The expression should end here.'],
    ['count(DISTINCT symbol) OVER (PARTITION BY date)', 'DISTINCT', 'DISTINCT is not used here.'],
    [
      'sum(close) FILTER (WHERE true) OVER (PARTITION BY date)',
      'FILTER',
      'This clause is not used here.',
    ],
    // call what is not of the bar
    ["read_csv('a.csv')", 'read_csv', 'read_csv() reads files.'],
    ["getenv('HOME')", 'getenv', 'getenv() reads the engine’s settings.'],
    ["getvariable('padding')", 'getvariable', 'getvariable() reads the engine’s settings.'],
    ['random() < 0.5', 'random', 'random() gives something else at every run.'],
    ['setseed(1)', 'setseed', 'setseed() gives something else at every run.'],
    ['date < now()', 'now', 'now is the clock of today, not of the bar.'],
    ['date < current_date', 'current_date', 'current_date is the clock of today, not of the bar.'],
    ['hash(close)', 'hash', 'There is no function “hash”.'],
    // not read at all
    ['clsoe > 1', 'clsoe', 'There is no column “clsoe”.'],
    ['row > 1', 'row', 'There is no column “row”.'],
    ['sma > 1', 'sma', 'There is no column “sma”.'],
    ['smaa(3) > 1', 'smaa', 'There is no function “smaa”.'],
    ['"close" > 1', '"close"', 'Quoted names are not used here.'],
    ["symbol = 'A", "'", 'This text has no closing quotation mark.'],
    ['[1, 2][1]', '[', 'Lists and structures are not used here.'],
    ['close ≥ 1', '≥', 'This character means nothing here.'],
    ['close > 😀', '😀', 'This character means nothing here.'],
    ['close >', '>', 'The expression ends too early.'],
    ['(close > 1', '1', 'Here “)” should stand.'],
    ['close > > 1', '>', 'A value should stand here.'],
    ['CASE close END', 'END', 'CASE needs WHEN … THEN.'],
    ['close::blob', 'blob', 'There is no such type here.'],
    ["date > INTERVAL '1 day'", 'INTERVAL', 'Intervals are not used here.'],
    ['close IS 3', '3', 'After IS stands NULL, TRUE or FALSE.'],
    ['close NOT 3', '3', 'After NOT stands IN, BETWEEN or LIKE here.'],
    // use features as they are not
    ['sma(2.5)', '2.5', 'sma() takes a whole number from 1 to 5000 here.'],
    ['sma(bar)', 'bar', 'sma() takes a whole number from 1 to 5000 here.'],
    ['sma(6000)', '6000', 'sma() takes a whole number from 1 to 5000 here.'],
    ['sma()', 'sma()', 'sma() takes 1 argument.'],
    ['momentum(5, 5)', 'momentum(5, 5)', 'momentum() skips fewer bars than it looks back.'],
    ['zscore(open, 5)', 'open', 'zscore() is of one of close, volume, attention, atr.'],
    ['zscore(close)', 'zscore(close)', 'zscore() takes a series and a number of bars.'],
    [`sma(5) OVER (${time})`, `(${time})`, 'sma() takes no window.'],
    [`abs(close) OVER (${time})`, `(${time})`, 'abs() takes no window.'],
    [`prev(close) OVER (${time})`, `(${time})`, 'prev() takes no window.'],
    ['prev()', 'prev()', 'prev() takes a value and a number of bars.'],
    // make columns as they are not made
    ['ema(close, 0)', '0', 'ema() takes a whole number from 1 to 5000 here.'],
    ['ema(high, bar)', 'bar', 'ema() takes a whole number from 1 to 5000 here.'],
    ['ema(high, 2, 3)', 'ema(high, 2, 3)', 'ema() takes two arguments: ema(x, n).'],
    ['ema()', 'ema()', 'ema() takes 1 argument.'],
    ['ema(close > open, 5)', 'close > open', 'ema() is of a number; this is a boolean.'],
    [`ema(high, 5) OVER (${time})`, `(${time})`, 'ema() takes no window.'],
    ['prior > 1', 'prior', 'prior stands in the step of accumulate(seed, step), and nowhere else.'],
    ['accumulate(prior, 1)', 'prior', 'Before the seed there is no value.'],
    [
      'accumulate(0, prev(prior))',
      'prior',
      'prior is the value of one bar: prev() cannot look along it.',
    ],
    [
      `accumulate(0, sum(prior) OVER (${time}))`,
      'prior',
      'prior is the value of one bar: sum() cannot look along it.',
    ],
    ['accumulate(0, accumulate(prior, prior + 1))', 'prior', 'Before the seed there is no value.'],
    ['accumulate(0, close > prior)', 'close > prior', 'A step yields a number; this is a boolean.'],
    ['accumulate(close > 1, prior)', 'close > 1', 'A seed is a number; this is a boolean.'],
    [
      "accumulate(0, CASE symbol WHEN 'A' THEN prior + 1 END)",
      'symbol',
      'A step goes on with numbers and conditions; this is a text.',
    ],
    ['accumulate(0)', 'accumulate(0)', 'accumulate() takes two arguments: accumulate(seed, step).'],
    ['of(SPY, close)', 'SPY', 'of() takes the name of a symbol first, in single quotes.'],
    ["of('SPY', clsoe)", 'clsoe', 'There is no column “clsoe”.'],
    ["of('SPY', lead(close))", 'lead', 'lead() reads bars to come.'],
    // read on longer bars what is not there
    ['daily()', 'daily()', 'daily() takes one expression.'],
    ['weekly(close, 3)', 'weekly(close, 3)', 'weekly() takes one expression.'],
    ['every(4, close)', '4', 'every() takes a length, in single quotes, and an expression.'],
    ["every('4h')", "'4h'", 'every() takes a length, in single quotes, and an expression.'],
    ["every('5h', close)", "'5h'", 'There is no such length.'],
    ["every('given', close)", "'given'", 'There is no such length.'],
    [
      'weekly(close > daily(high))',
      'daily(high)',
      'daily() stands inside weekly(): lengths do not nest.',
    ],
    [
      "daily(prev(every('1h', close)))",
      "every('1h', close)",
      'every() stands inside daily(): lengths do not nest.',
    ],
    ["daily(of('SPY', close))", "of('SPY', close)", 'daily() is of one symbol, of() of another.'],
    [
      'daily(rank() OVER (PARTITION BY date ORDER BY close))',
      '(PARTITION BY date ORDER BY close)',
      'daily() is of one symbol: its bars are not compared with those of others.',
    ],
    [`daily(close) OVER (${time})`, `(${time})`, 'daily() takes no window.'],
    ['daily(clsoe)', 'clsoe', 'There is no column “clsoe”.'],
    [
      'accumulate(0, daily(prior))',
      'prior',
      'prior is of the study’s own bars, daily() of longer ones.',
    ],
    ['member(3)', 'member(3)', 'member() takes no arguments.'],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, '(', 'The expression is nested too deeply.'],
  ])('%s', (expression, text, problem) => {
    const found = checkExpression(expression);
    expect(found).toMatchObject({ text, problem });
    expect(expression.slice(found!.offset, found!.offset + found!.length)).toBe(text);
    expect(found?.remedy).not.toBe('');
  });

  const around = (times: number, wrap: (inner: string) => string): string =>
    Array.from({ length: times }).reduce<string>(wrap, 'close');
  it.each([
    ['a chain', Array.from({ length: 400 }, () => 'close').join(' + '), /200 operators/],
    [
      'BETWEEN in BETWEEN',
      around(20, (x) => `CASE WHEN ${x} BETWEEN 1 AND 2 THEN 1 ELSE 2 END`),
      /3000 parts/,
    ],
    ['nullif() in nullif()', around(40, (x) => `nullif(${x}, 1)`), /3000 parts/],
    [
      'CASE x in CASE x',
      around(20, (x) => `CASE ${x} WHEN 1 THEN 2 WHEN 2 THEN 3 END`),
      /3000 parts/,
    ],
    ['these in prev()', `prev(${around(40, (x) => `nullif(${x}, 1)`)})`, /3000 parts/],
    ['prev() in prev()', around(90, (x) => `prev(${x})`), /16 prev\(\)/],
    ['means in means', around(17, (x) => `ema(${x} + 1, 2)`), /16 prev\(\), ema\(\)/],
    ['these on longer bars', `weekly(${around(40, (x) => `nullif(${x}, 1)`)})`, /3000 parts/],
    ['steps in steps', around(17, (x) => `accumulate(0, ${x})`), /accumulate\(\)/],
  ])('be more than the planner can take: %s', (_, text, says) => {
    expect(checkExpression(text)?.problem).toMatch(says);
  });

  it('be refused for chains of conditions, of which the engine makes lists', () => {
    const [days, pairs] = [' AND ', ' OR '].map((sign) =>
      Array.from({ length: 300 }, (_, i) => `bar <> ${i}`).join(sign),
    );
    expect(checkExpression(days!)).toBeNull();
    expect(checkExpression(pairs!)).toBeNull();
  });

  it.each([
    ['close', 'boolean', 'This must yield true or false; it yields a number.'],
    ['close > 1', 'number', 'This must yield a number; it yields a boolean.'],
    [
      "CASE WHEN close > 1 THEN 'long' END",
      'number',
      'This must yield a number; it yields a text.',
    ],
    ['weekly(close > open)', 'number', 'This must yield a number; it yields a boolean.'],
    ['prev(symbol)', 'number', 'This must yield a number; it yields a text.'],
  ] as const)('%s, where a %s is wanted', (expression, wanted, problem) => {
    expect(checkExpression(expression, wanted)?.problem).toBe(problem);
  });
});

it('suggests the nearest name', () => {
  expect(checkExpression('clsoe > 1')?.remedy).toBe('Did you mean close?');
  expect(checkExpression('higest(20)')?.remedy).toBe('Did you mean highest?');
  expect(checkExpression('sma > 1')?.remedy).toBe('Write sma(n).');
});

it('a study says where: parameter, line, column and text', () => {
  const entry = 'close > sma(20)\n  AND hihg > 3';
  expect(() => completeStudy({ strategy: { id: 'custom', parameters: { entry } } })).toThrow(
    expect.objectContaining({
      data: {
        kind: 'study',
        problem: 'There is no column “hihg”.',
        remedy: 'Did you mean high?',
        place: {
          path: '/strategy/parameters/entry',
          line: 2,
          column: '7',
          offset: 22,
          value: 'hihg',
        },
      },
    }),
  );
});
