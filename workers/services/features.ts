import {
  type Feature,
  type SqlValue,
  featureKey,
  featureOrder,
} from '../../src/domain/features.ts';
import { barsSql, barsTableSql, featureSql } from '../../src/sql/catalogue.ts';
import { cheatSql } from '../../src/sql/cheats.ts';
import { quoteIdentifier, setVariables, withIdentifiers, withMoments } from '../../src/sql/sql.ts';
import { reading, within } from '../../src/sql/query.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';
import { type Frame, frameOfDays, sourceOf } from './frame.ts';

export interface Scales {
  readonly price_scale: number;
  readonly volume_scale: number;
  readonly attention_scale: number;
}

/** The symbols from one to another, and how many there are before them. */
interface BarsPart {
  readonly from_sym: number;
  readonly to_sym: number;
  readonly before: number;
}
const barsAtOnce = 1 << 20;
const barsBySymbol = reading(
  'SELECT sym::INTEGER AS sym, count(*)::INTEGER AS bars FROM {source} GROUP BY ALL ORDER BY ALL',
  { sym: 'integer', bars: 'integer' },
);

const sqlByName: Readonly<Record<string, string>> = { ...featureSql, ...cheatSql };

/**
 * The feature tables of one imported dataset. A table is kept until the bars beneath change, so a rerun
 * computes only what its changed parameters ask for.
 */
export class FeatureTables {
  /** Keys in the order of last use. */
  readonly #tables = new Map<string, string>();
  #bars = '';
  #padding = 0;
  #counter = 0;
  #frame = frameOfDays;

  constructor(
    private readonly engine: Engine,
    /** Tables kept beyond those of the running study. */
    private readonly keep = 24,
    /**
     * Its tables, `bars` included, are temporary: they shadow the lab's own, which stay as they are, until `clear`
     * drops them. For worlds that an audit makes up.
     */
    private readonly temporary = false,
  ) {}

  /** Forgets everything: the imported data have changed. */
  clear(): void {
    for (const table of this.#tables.values()) this.#drop(table);
    this.#tables.clear();
    if (this.temporary) this.#drop('bars');
    this.#bars = '';
  }

  /** The bars that features are computed over from now on; its table is there. */
  set frame(frame: Frame) {
    if (frame.key === this.#frame.key) return;
    this.clear();
    this.#frame = frame;
  }

  /** The table of a computed feature. */
  tableOf(feature: Feature): string {
    if (feature.name === 'bars') return 'bars';
    const table = this.#tables.get(featureKey(feature));
    if (table === undefined) throw new RangeError(`${featureKey(feature)} is not computed.`);
    return table;
  }

  /** Prepares the bars for these features and all they read, so that none of them finds too few rows before a bar. */
  async prepare(roots: readonly Feature[], scales: Scales, signal?: AbortSignal): Promise<void> {
    const reach = Math.max(1, ...featureOrder(roots).map((feature) => feature.reach));
    await this.#prepareBars(reach, scales, signal);
  }

  /**
   * Computes what is missing of `roots` and everything they read. `onProgress` gets (done, of) in features.
   * A cancelled query leaves no half-made table.
   */
  async compute(
    roots: readonly Feature[],
    scales: Scales,
    signal?: AbortSignal,
    onProgress?: (done: number, of: number, name: string) => void,
  ): Promise<void> {
    const wanted = featureOrder(roots).filter(({ name }) => name !== 'bars');
    await this.prepare(roots, scales, signal);
    let done = 0;
    for (const feature of wanted) {
      onProgress?.(done, wanted.length, feature.name);
      await this.#computeOne(feature, scales, signal);
      done += 1;
    }
    onProgress?.(done, wanted.length, 'features');
    this.#evict(new Set(wanted.map(featureKey)));
  }

  /** The SQL of one feature with its identifiers in place, for EXPLAIN and for running. */
  sqlOf(feature: Feature): string {
    if (feature.name === 'bars') return this.#barsSql();
    const sql = sqlByName[feature.name];
    if (sql === undefined) throw new RangeError(`There is no query of ${feature.name}.`);
    return this.bind(sql, feature.inputs, feature.columns);
  }

  /** Puts the tables of `inputs` into a query's placeholders. */
  bind(
    sql: string,
    inputs: Readonly<Record<string, Feature>>,
    columns: Readonly<Record<string, string>> = {},
  ): string {
    const identifiers: Record<string, string> = { ...columns };
    for (const [slot, input] of Object.entries(inputs)) identifiers[slot] = this.tableOf(input);
    return withIdentifiers(withMoments(sql, this.#frame.timing), identifiers);
  }

  async #prepareBars(reach: number, scales: Scales, signal?: AbortSignal): Promise<void> {
    const key = JSON.stringify(scales);
    if (this.#bars === key && this.#padding >= reach) return;
    this.clear();
    this.#padding = Math.max(128, reach);
    const table = barsTableSql(this.#frame.timing, scales);
    this.engine.run(this.temporary ? table.replace('TABLE', 'TEMP TABLE') : table);
    for (const part of await this.#partsOfBars(signal)) {
      this.engine.run(setVariables({ ...part, padding: this.#padding }));
      await this.engine.query(`INSERT INTO bars\n${this.#barsSql()}`, signal);
    }
    this.#pack();
    this.#bars = key;
  }

  /** Whole symbols, about a million bars at once: what is being written stands in memory as it is, and packed only then. */
  async #partsOfBars(signal?: AbortSignal): Promise<BarsPart[]> {
    const source = sourceOf(this.#frame);
    const found = await ask(this.engine, within(barsBySymbol, { source }), {}, signal);
    const parts: { from_sym: number; to_sym: number; before: number }[] = [];
    let room = 0;
    for (const [before, { sym, bars }] of found.entries()) {
      if (room < bars) {
        parts.push({ from_sym: sym, to_sym: sym, before });
        room = barsAtOnce;
      }
      parts.at(-1)!.to_sym = sym;
      room -= bars;
    }
    return parts;
  }

  #barsSql(): string {
    return withIdentifiers(barsSql(this.#frame.timing), { source: sourceOf(this.#frame) });
  }

  async #computeOne(feature: Feature, scales: Scales, signal?: AbortSignal): Promise<void> {
    const key = featureKey(feature);
    const known = this.#tables.get(key);
    if (known !== undefined) {
      this.#tables.delete(key);
      this.#tables.set(key, known);
      return;
    }
    this.#counter += 1;
    const table = `${this.temporary ? 'audit' : 'feature'}_${this.#counter}_${feature.name}`;
    await this.#create(table, this.sqlOf(feature), { ...scales, ...feature.values }, signal);
    this.#tables.set(key, table);
  }

  async #create(
    table: string,
    sql: string,
    values: Readonly<Record<string, SqlValue>>,
    signal?: AbortSignal,
  ): Promise<void> {
    this.engine.run(setVariables(values));
    const kind = this.temporary ? 'TEMP TABLE' : 'TABLE';
    await this.engine.query(
      `CREATE OR REPLACE ${kind} ${quoteIdentifier(table)} AS\n${sql}`,
      signal,
    );
    this.#pack();
  }

  /** What was written last stays as it is until then, 16 MB at most. */
  #pack(): void {
    if (!this.temporary) this.engine.run('CHECKPOINT lab');
  }

  #evict(inUse: ReadonlySet<string>): void {
    for (const [key, table] of this.#tables) {
      if (this.#tables.size <= this.keep + inUse.size) return;
      if (inUse.has(key)) continue;
      this.#drop(table);
      this.#tables.delete(key);
    }
  }

  #drop(table: string): void {
    const schema = this.temporary ? 'temp.' : '';
    this.engine.run(`DROP TABLE IF EXISTS ${schema}${quoteIdentifier(table)}`);
  }
}
