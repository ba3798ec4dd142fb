import { LabError, type LabErrorData } from '../../errors.ts';
import type { Feature } from '../../features.ts';
import type { DatasetFacts } from '../strategy.ts';
import { type Piece, compile } from './compile.ts';
import type { Texts } from './parts.ts';

export interface YearCount {
  readonly year: number;
  readonly count: number;
  /** Bars of the year in the study's range. */
  readonly of: number;
}

/** How often an expression speaks, in all and by year. */
export interface Counted {
  readonly count: number;
  readonly of: number;
  /** Bars on which it is null though its warm-up is over. */
  readonly unknown: number;
  readonly years: readonly YearCount[];
}

/** Counted bars that have a score, and how it is spread; null where none has one. */
export interface Spread extends Counted {
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

export type OrFault<T> = T | { readonly fault: LabErrorData };

/**
 * Bars at which entry, exit, long and short are said, or rebalance; bars that have a score, or a weight that is not 0.
 * What the study does not ask for is not there.
 */
export interface Preview {
  readonly entry?: OrFault<Counted>;
  readonly exit?: OrFault<Counted>;
  readonly long?: OrFault<Counted>;
  readonly short?: OrFault<Counted>;
  readonly score?: OrFault<Spread>;
  readonly weight?: OrFault<Spread>;
  readonly rebalance?: OrFault<Counted>;
}

/** Of what more is told than how often. */
export const spreads: ReadonlySet<keyof Preview> = new Set(['score', 'weight']);

/**
 * One query of a preview: a row per year with `year`, `of` (bars in range), `count` and `unknown`, and for spreads the
 * `min`, `median` and `max` of all years on every row. It reads the variables from_day and to_day.
 */
export interface PreviewQuery {
  readonly sql: string;
  readonly inputs: Readonly<Record<string, Feature>>;
  readonly pieces: readonly Piece[];
}

const counted: Readonly<
  Record<keyof Preview, readonly [condition: string, unknown: string, ...(keyof Texts)[]]>
> = {
  entry: ['entry', 'entry_unknown', 'entry'],
  exit: ['exit', 'exit_unknown', 'exit'],
  long: ['entry AND side > 0', 'entry AND side_unknown', 'entry', 'side'],
  short: ['entry AND side < 0', 'entry AND side_unknown', 'entry', 'side'],
  score: ['isfinite(score::DOUBLE)', 'score_unknown', 'score'],
  weight: ['isfinite(weight::DOUBLE) AND weight <> 0', 'weight_unknown', 'weight'],
  rebalance: ['rebalance', 'rebalance_unknown', 'rebalance'],
};

/** Each expression that has an effect, asked alone, so that a fault of one leaves the others standing. */
export function customPreview(
  texts: Texts,
  facts: DatasetFacts,
): [name: keyof Preview, OrFault<PreviewQuery>][] {
  const names = (Object.keys(counted) as (keyof Preview)[]).filter((name) =>
    counted[name].slice(2).every((part) => Object.hasOwn(texts, part)),
  );
  return names.map((name) => [name, queryOf(name, texts, facts)]);
}

function queryOf(name: keyof Preview, texts: Texts, facts: DatasetFacts): OrFault<PreviewQuery> {
  const [condition, unknown, ...asked] = counted[name];
  const own = Object.fromEntries(asked.map((part) => [part, texts[part] ?? '']));
  try {
    const { sql, inputs, pieces } = compile(own, facts);
    const spread = spreads.has(name) ? name : null;
    return { sql: countSql(sql, { condition, unknown }, spread), inputs, pieces };
  } catch (error) {
    if (error instanceof LabError) return { fault: error.data };
    throw error;
  }
}

const countSql = (
  said: string,
  { condition, unknown }: { condition: string; unknown: string },
  spread: string | null,
): string => `WITH ${said},
in_range AS (
  SELECT * FROM said
  WHERE date BETWEEN DATE '1970-01-01' + getvariable('from_day') AND DATE '1970-01-01' + getvariable('to_day')
)
SELECT year(date)::INTEGER AS year,
       count(*)::INTEGER AS of,
       (count(*) FILTER (${condition}))::INTEGER AS count,
       (count(*) FILTER (${unknown}))::INTEGER AS unknown${spread === null ? '' : spreadSql(spread)}
FROM in_range
GROUP BY year(date)
ORDER BY year(date)`;

const spreadSql = (name: string): string =>
  ['min', 'median', 'max']
    .map(
      (of) =>
        `,\n       (SELECT ${of}(${name}::DOUBLE) FROM in_range WHERE isfinite(${name}::DOUBLE)) AS ${of}`,
    )
    .join('');
