/** Bars that a fold takes at a time: few calls, and lists that are copied fast. */
const block = 64;

/** A call of accumulate(): all in SQL, and with what its step reads. */
export interface Accumulation {
  readonly seed: string;
  /** What is known before the step is taken: columns, conditions as 1 and 0. */
  readonly known: readonly { readonly value: string; readonly isCondition: boolean }[];
  /** The step, where `prior` and the known parts stand under these names. */
  readonly step: (prior: string, known: readonly string[], inFold: boolean) => string;
}

/** Columns that a stage joins to its rows: common table expressions, and how the rows find them. */
interface Joined {
  readonly tables: readonly string[];
  readonly join: string;
  /** Columns that come with the join, and those that are made of them. */
  readonly brought: string;
  readonly made: string;
  readonly name: string;
}

/**
 * The columns of one depth of prev() and its kin. Windows do not nest, so each depth reads the columns of the one below:
 * planning doubles with every depth, and is linear in the columns of one.
 */
export class Stage {
  /** Names by the text that makes them. */
  readonly #values = new Map<string, string>();
  readonly #lags = new Map<string, string>();
  readonly #joined = new Map<string, Joined>();

  constructor(
    readonly depth: number,
    /** The column that bars of several symbols share where they are known together. */
    private readonly moment: string,
  ) {}

  /** The column with what `value`, an expression in SQL, was so many bars earlier. */
  earlier(value: string, bars: number): string {
    const x = this.#column(value);
    const lag = `lag(${x}, ${bars}) OVER (PARTITION BY sym ORDER BY bar)`;
    const p = this.#lags.get(lag) ?? `p${this.depth}_${this.#lags.size + 1}`;
    this.#lags.set(lag, p);
    return p;
  }

  /** The column with what `value` is at another symbol's newest bar known by then. */
  of(symbol: number, value: string): string {
    const x = this.#column(value);
    const { moment } = this;
    return this.#join(`${symbol} of ${x}`, (name) => ({
      tables: [
        `${name}_bars AS MATERIALIZED (SELECT ${moment}, bar, ${x} AS x FROM inner_${this.depth} WHERE sym = ${symbol})`,
        // A join by the moment alone, where an as-of join would try every pair.
        `${name}_moments AS (
  SELECT ${moment}, max(bar) OVER (ROWS UNBOUNDED PRECEDING) AS newest
  FROM (
    SELECT ${moment}, bar
    FROM (SELECT DISTINCT ${moment} FROM inner_${this.depth}) LEFT JOIN ${name}_bars USING (${moment})
    ORDER BY ${moment}
  )
)`,
        `${name}_other AS (
  SELECT ${name}_moments.${moment} AS other, x AS ${name}
  FROM ${name}_moments JOIN ${name}_bars ON ${name}_bars.bar = newest
)`,
      ],
      join: `LEFT JOIN ${name}_other ON ${name}_other.other = here.${moment}`,
      brought: `${name}_other.${name}`,
      made: '',
    }));
  }

  /**
   * The column with the exponential mean of a number: v + (x − v) · 2 / (n + 1), from the mean of its first n values,
   * at the bars on which it is known. The others are passed over.
   */
  mean(value: string, n: number): string {
    const x = this.#column(`(${value})::DOUBLE`);
    return this.#join(`mean ${n} of ${x}`, (name) => {
      const was = 'coalesce(was[-1], 0)';
      const taken = `CASE WHEN e[2] < ${n - 1} THEN ${was} + e[1]
  WHEN e[2] = ${n - 1} THEN (${was} + e[1]) / ${n}
  ELSE was[-1] + (e[1] - was[-1]) * (2 / (${n} + 1)) END`;
      return {
        tables: [
          `${name}_known AS MATERIALIZED (
  SELECT sym, bar, ${x} AS x, row_number() OVER (PARTITION BY sym ORDER BY bar) - 1 AS place
  FROM inner_${this.depth} WHERE ${x} IS NOT NULL
)`,
          foldSql(name, `${name}_known`, 'x, place::DOUBLE', taken, 'held[2:]'),
          `${name}_mean AS (
  SELECT sym, bar, CASE WHEN isfinite(held) THEN held END AS ${name}
  FROM ${name}_known JOIN ${name}_fold USING (sym, place) WHERE place >= ${n - 1}
)`,
        ],
        join: `LEFT JOIN ${name}_mean ON ${name}_mean.sym = here.sym AND ${name}_mean.bar = here.bar`,
        brought: `${name}_mean.${name}`,
        made: '',
      };
    });
  }

  /** The column with the step of each bar, taken from the newest known one before it. */
  accumulated({ seed, known, step }: Accumulation): string {
    const s = this.#column(`(${seed})::DOUBLE`);
    const columns = known.map(({ value }) => this.#column(`(${value})::DOUBLE`));
    const named = (names: readonly string[]): string[] =>
      names.map((name, i) => (known[i]!.isCondition ? `(${name} <> 0)` : name));
    const key = [s, step('prior', named(columns), false)].join(' ');
    return this.#join(unmarked(key), (name) => {
      const inFold = step(
        'coalesce(was[-1], e[1])',
        named(columns.map((_, i) => `e[${i + 2}]`)),
        true,
      );
      const taken = `coalesce((${inFold})::DOUBLE, was[-1])`;
      return {
        tables: [
          `${name}_known AS (SELECT *, bar AS place FROM inner_${this.depth})`,
          foldSql(name, `${name}_known`, [s, ...columns].join(', '), taken, 'held[:-2]'),
        ],
        join: `LEFT JOIN ${name}_fold ON ${name}_fold.sym = here.sym AND ${name}_fold.place = here.bar`,
        brought: `coalesce(${name}_fold.held, ${s}) AS ${name}_prior`,
        made: `(${step(`${name}_prior`, named(columns), false)})::DOUBLE AS ${name}`,
      };
    });
  }

  /** Common table expressions. Every fourth stage is made before the next is planned, which ends the doubling. */
  get sql(): string {
    const { depth } = this;
    const columns = (named: ReadonlyMap<string, string>): string[] =>
      [...named].map(([text, name]) => `${text} AS ${name}`);
    const values = ['*', ...columns(this.#values)].join(', ');
    const rows = `SELECT ${['*', ...columns(this.#lags)].join(', ')}
  FROM (SELECT ${values} FROM stage_${depth - 1})`;
    const joined = [...this.#joined.values()];
    if (joined.length === 0)
      return `stage_${depth} AS ${depth % 4 === 0 ? 'MATERIALIZED ' : ''}(
  ${rows}
)`;
    const brought = ['here.*', ...joined.map((one) => one.brought)];
    const made = joined.map((one) => one.made).filter((one) => one !== '');
    // Windows over a date add in the order of rows.
    return `inner_${depth} AS MATERIALIZED (
  ${rows}
),
${joined.flatMap(({ tables }) => tables).join(',\n')},
stage_${depth} AS MATERIALIZED (
  SELECT ${['*', ...made].join(', ')}
  FROM (
    SELECT ${brought.join(', ')}
    FROM inner_${depth} AS here
    ${joined.map(({ join }) => join).join('\n    ')}
  )
  ORDER BY row
)`;
  }

  #column(value: string): string {
    const known = [...this.#values].find(([text]) => unmarked(text) === unmarked(value));
    const [, x] = known ?? [value, `x${this.depth}_${this.#values.size + 1}`];
    if (known === undefined) this.#values.set(value, x);
    return x;
  }

  #join(key: string, made: (name: string) => Omit<Joined, 'name'>): string {
    const name = this.#joined.get(key)?.name ?? `j${this.depth}_${this.#joined.size + 1}`;
    if (!this.#joined.has(key)) this.#joined.set(key, { ...made(name), name });
    return name;
  }
}

/**
 * What is held at each place, in order and symbol by symbol: blocks are folded by list_reduce, and handed on from one to
 * the next. `taken` makes of `was`, a list whose last is what was held before, and `e`, the row's values, what is held
 * after. Every value is made of its own symbol's past alone. `shown` says which of them stands beside a place.
 */
const foldSql = (
  name: string,
  from: string,
  values: string,
  taken: string,
  shown: string,
): string => `${name}_fold AS (
  WITH RECURSIVE packed AS MATERIALIZED (
    SELECT sym, place // ${block} AS block, list([${values}] ORDER BY place) AS elements
    FROM ${from}
    GROUP BY sym, place // ${block}
  ),
  run AS (
    SELECT sym, -1::BIGINT AS block, [NULL::DOUBLE] AS held FROM packed WHERE block = 0
    UNION ALL
    SELECT packed.sym, packed.block, list_reduce(elements, lambda was, e: list_append(was, ${taken}), [run.held[-1]])
    FROM run JOIN packed ON packed.sym = run.sym AND packed.block = run.block + 1
  )
  SELECT sym, block * ${block} + unnest(range(0, len(held) - 1)) AS place, unnest(${shown}) AS held
  FROM run WHERE block >= 0
)`;

/** The same expression of another part of the study has another marker. */
const unmarked = (sql: string): string => sql.replaceAll(/\/\*.*?\*\//g, '');
