import { parts } from '../../src/domain/strategies/custom/parts.ts';
import {
  castTypes,
  columnWords,
  features,
  forbidden,
  functions,
  windows,
} from '../../src/domain/strategies/custom/language/vocabulary.ts';
import type { RandomStream } from '../../src/domain/random.ts';
import type { Attack } from './attack.ts';
import { labWithMarket, wrongInRun } from './lab.ts';
import { outcomeOf } from './outcome.ts';

const nestedIn = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);
const perSymbol = 'OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING)';

/** Values that do not exist, and what is large, deep or no expression at all. */
const hostile: readonly string[] = [
  ...[
    'corr(1, close)',
    'corr(2, 2)',
    'regr_slope(close, 1)',
    'stddev_samp(1)',
    'var_samp(close * 0)',
  ].map((window) => `${window} ${perSymbol}`),
  ...[
    '1 / 0',
    '0 / 0',
    'bar / (bar - 3)',
    'bar % 0',
    'ln(0)',
    'ln(-close)',
    'log10(bar)',
    'sqrt(-1)',
  ],
  ...[
    'exp(1e6)',
    'exp(exp(bar))',
    'power(-1, 0.5)',
    'power(0, -1)',
    'power(close, 1e3)',
    '1e308 * 10',
  ],
  ...[
    "CAST('nan' AS double)",
    "'inf'::double",
    "'x'::double",
    '1e300::integer',
    '9e18::bigint',
    "'2019-02-30'::date",
  ],
  ...[
    'round(close, 1000000)',
    'round(close, -400)',
    'ntile(0) OVER (PARTITION BY date)',
    'prev(close, 0)',
  ],
  ...[
    'sma(0)',
    'sma(-1)',
    'sma(1e9)',
    'sma(100000)',
    'sma(1.5)',
    'zscore(close, 1)',
    'momentum(5, 9)',
    'rsi(0)',
  ],
  ...[
    'prev(close, 99999999)',
    'prev(date) > 1',
    'symbol + 1',
    'date / 2',
    'close > date',
    'null',
    'NULL IS NULL',
  ],
  nestedIn(64, 'prev(', 'close', ')'),
  nestedIn(400, 'prev(', 'close', ')'),
  Array.from({ length: 64 }, (_, i) => `prev(close, ${i + 1})`).join(' + '),
  Array.from(
    { length: 64 },
    (_, i) => `lag(close, ${i + 1}) OVER (PARTITION BY symbol ORDER BY date)`,
  ).join(' + '),
  Array.from({ length: 200 }, (_, i) => `sma(${i + 2})`).join(' + '),
  ...[90, 99, 101, 1500].map((depth) => nestedIn(depth, '(', 'close', ')')),
  nestedIn(90, 'abs(', 'close', ')'),
  nestedIn(1300, '- ', 'close', ''),
  nestedIn(900, 'not ', 'close > 1', ''),
  nestedIn(130, 'CASE WHEN true THEN ', '1', ' END'),
  Array.from({ length: 900 }, () => 'bar').join('+'),
  `close IN (${Array.from({ length: 1500 }, (_, i) => i).join(',')})`,
  '9'.repeat(3000),
  `${'9'.repeat(400)}.0 * close`,
  `'${'x'.repeat(3900)}' = symbol`,
  ...[
    '(SELECT 1)',
    '1; DROP TABLE bars',
    '1 -- ',
    '1 /* ',
    '/* */ 1',
    'close)',
    ') OR (1=1',
    "'",
    '"',
    '"close"',
    '$$x$$',
  ],
  ...[
    '{bars}',
    '{f1}',
    '$1',
    '?',
    ':x',
    'bars.row',
    'row',
    'sym',
    'f1',
    'p1',
    '*',
    'COLUMNS(*)',
    'x -> x',
    'list[1]',
  ],
  ...[
    "getvariable('from_day')",
    "read_csv('/etc/passwd')",
    'random()',
    'sum(close)',
    'lead(close)',
    'main.bars',
  ],
  ...[
    'sum(close) OVER ()',
    'sum(close) OVER (ORDER BY date DESC)',
    'avg(lag(close) OVER ()) OVER ()',
  ],
  ...[
    'sum(close) OVER (PARTITION BY symbol ORDER BY date ROWS BETWEEN 1 PRECEDING AND 5 FOLLOWING)',
  ],
  ...[
    '',
    ' ',
    '\0',
    '\n',
    '\u202e1',
    '１',
    'ｃｌｏｓｅ',
    'close\u200b',
    '😀',
    "'\ud83d\ude00' = symbol",
    '__proto__',
    'toString()',
  ],
];

const pick = <T>(stream: RandomStream, list: readonly T[]): T => list[stream.below(list.length)]!;
const numbers = ['0', '1', '-1', '2', '5', '20', '64', '1000', '0.5', '1e9', '1e308', 'null'];
const operators = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '<',
  '>=',
  '=',
  '<>',
  'and',
  'or',
  '||',
  'is not null and',
  'like',
];
const words = [...features, ...functions, ...windows];

/** Anything the grammar could mean, of the words it knows, with arguments that may not fit. */
function anyExpression(stream: RandomStream, depth: number): string {
  const inner = (): string => anyExpression(stream, depth - 1);
  if (depth === 0) return pick(stream, [...columnWords.map(({ name }) => name), ...numbers]);
  switch (stream.below(8)) {
    case 0:
      return `(${inner()} ${pick(stream, operators)} ${inner()})`;
    case 1:
      return `CASE WHEN ${inner()} > ${inner()} THEN ${inner()} END`;
    case 2:
      return `CAST(${inner()} AS ${pick(stream, Object.keys(castTypes))})`;
    case 3:
      return `prev(${inner()}, ${pick(stream, numbers)})`;
    case 4:
      return `${pick(stream, features).name}(${pick(stream, numbers)})`;
    case 5:
      return `${pick(stream, windows).name}(${inner()}, ${inner()}) ${perSymbol}`.replace(
        stream.below(2) === 0 ? /, [^,]*(?=\) OVER)/ : /^$/,
        '',
      );
    case 6:
      return `${pick(stream, functions).name}(${inner()}${stream.below(2) === 0 ? '' : `, ${inner()}`})`;
    default:
      return pick(stream, words).example;
  }
}

/** Of an expression, some characters gone, twice there, or exchanged for others. */
function damaged(stream: RandomStream, text: string): string {
  const at = stream.below(text.length);
  const put = pick(stream, [
    '',
    '',
    '(',
    ')',
    ',',
    "'",
    '"',
    ';',
    '--',
    '/*',
    '{',
    '}',
    '\\',
    '%',
    '\0',
    '🦆',
  ]);
  return text.slice(0, at) + put + text.slice(at + stream.below(4));
}

const names = Object.keys(parts) as (keyof typeof parts)[];
const listed = [
  ...hostile,
  ...Object.keys(forbidden).map((name) => `${name}()`),
  ...[...columnWords, ...words].map(({ example }) => example),
];

export const expressions: Attack = {
  name: 'expressions',
  what: 'expressions that are hostile, huge, nested deep or without a value; then random ones of the words there are, whole and damaged',
  cases: listed.length * names.length + 1500,
  sample: 40,
  async begin() {
    const lab = await labWithMarket();
    return async ({ stream, place }) => {
      const given = listed[Math.floor(place / names.length)];
      const made = given ?? anyExpression(stream, 1 + stream.below(4));
      const text = given === undefined && stream.below(3) === 0 ? damaged(stream, made) : made;
      const part = names[place % names.length]!;
      const asked = parts[part].type === 'boolean' && given === undefined ? `${text} > 0` : text;
      const study = {
        strategy: { id: 'custom', parameters: { entry: 'bar % 7 = 0', [part]: asked } },
      };
      return {
        tried: `${part}: ${asked}`,
        outcome: await outcomeOf(() => wrongInRun(lab, study, place % 10 === 0), 'study', 'data'),
      };
    };
  },
};
