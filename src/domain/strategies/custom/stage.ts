/**
 * The columns of one depth of prev(). Windows do not nest, so each depth reads the columns of the one below: planning
 * doubles with every depth, and is linear in the columns of one.
 */
export class Stage {
  /** Names by the text that makes them. */
  readonly #values = new Map<string, string>();
  readonly #lags = new Map<string, string>();

  constructor(readonly depth: number) {}

  /** The column with what `value`, an expression in SQL, was so many bars earlier. */
  earlier(value: string, bars: number): string {
    const known = [...this.#values].find(([text]) => unmarked(text) === unmarked(value));
    const [, x] = known ?? [value, `x${this.depth}_${this.#values.size + 1}`];
    if (known === undefined) this.#values.set(value, x);
    const lag = `lag(${x}, ${bars}) OVER (PARTITION BY sym ORDER BY bar)`;
    const p = this.#lags.get(lag) ?? `p${this.depth}_${this.#lags.size + 1}`;
    this.#lags.set(lag, p);
    return p;
  }

  /** A common table expression. Every fourth is made before the next is planned, which ends the doubling. */
  get sql(): string {
    const columns = (named: ReadonlyMap<string, string>): string =>
      [...named].map(([text, name]) => `${text} AS ${name}`).join(', ');
    return `stage_${this.depth} AS ${this.depth % 4 === 0 ? 'MATERIALIZED ' : ''}(
  SELECT *, ${columns(this.#lags)}
  FROM (SELECT *, ${columns(this.#values)} FROM stage_${this.depth - 1})
)`;
  }
}

/** The same expression of another part of the study has another marker. */
const unmarked = (sql: string): string => sql.replace(/\/\*.*?\*\//, '');
