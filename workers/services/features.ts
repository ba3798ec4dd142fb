import {
  type Feature,
  type SqlValue,
  bars,
  featureKey,
  featureOrder,
} from '../../src/domain/features.ts';
import { barsSql, featureSql } from '../../src/sql/catalogue.ts';
import { cheatSql } from '../../src/sql/cheats.ts';
import { quoteIdentifier, setVariables, withIdentifiers, withMoments } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { type Frame, frameOfDays, longerFrame, makeBars, momentsOf, sourceOf } from './frame.ts';

export interface Scales {
  readonly price_scale: number;
  readonly volume_scale: number;
  readonly attention_scale: number;
}

/** Where longer bars are made, before they are padded. */
const longerSource = 'longer_bars';

const isOwnBars = ({ name, every }: Feature): boolean => name === 'bars' && every === undefined;

/** Whether bars say when they are known beside the dates by which features may read them. */
const hasKnown = ({ timing, clock }: Frame): boolean =>
  timing === 'instants' || clock !== undefined;

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
    if (isOwnBars(feature)) return 'bars';
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
    const wanted = featureOrder(roots).filter((feature) => !isOwnBars(feature));
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
    const { name, inputs, columns, every, text } = feature;
    if (name === 'bars') return this.#barsSql(every);
    const sql = text ?? sqlByName[name];
    if (sql === undefined) throw new RangeError(`There is no query of ${name}.`);
    const bound = this.#bind(sql, inputs, columns, this.#frameOf(every));
    if (every === undefined) return bound;
    const own = quoteIdentifier(this.tableOf({ ...bars, every }));
    return `WITH bars AS NOT MATERIALIZED (SELECT * FROM ${own}) SELECT * FROM (\n${bound}\n)`;
  }

  /** Puts the tables of `inputs` into the placeholders of a query over the study's bars. */
  bind(
    sql: string,
    inputs: Readonly<Record<string, Feature>>,
    columns: Readonly<Record<string, string>> = {},
  ): string {
    return this.#bind(sql, inputs, columns, this.#frame);
  }

  #bind(
    sql: string,
    inputs: Readonly<Record<string, Feature>>,
    columns: Readonly<Record<string, string>>,
    frame: Frame,
  ): string {
    const identifiers: Record<string, string> = {
      ...columns,
      at: hasKnown(frame) ? 'known' : 'day',
    };
    for (const [slot, input] of Object.entries(inputs)) identifiers[slot] = this.tableOf(input);
    return withIdentifiers(withMoments(sql, momentsOf(frame)), identifiers);
  }

  #frameOf(every: Feature['every']): Frame {
    return every === undefined ? this.#frame : longerFrame(this.#frame, every);
  }

  async #prepareBars(reach: number, scales: Scales, signal?: AbortSignal): Promise<void> {
    const key = JSON.stringify(scales);
    if (this.#bars === key && this.#padding >= reach) return;
    this.clear();
    this.#padding = Math.max(128, reach);
    await this.#create('bars', this.#barsSql(), { ...scales, padding: this.#padding }, signal);
    this.#bars = key;
  }

  /** Bars that are made know when each is over, also where those that are given are dated by days alone. */
  #barsSql(every?: Feature['every']): string {
    const source = every === undefined ? sourceOf(this.#frame) : longerSource;
    return withIdentifiers(barsSql(every !== undefined || hasKnown(this.#frame)), { source });
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
    const values = { ...scales, ...feature.values };
    if (feature.name === 'bars') await this.#createLonger(table, feature, values, signal);
    else await this.#create(table, this.sqlOf(feature), values, signal);
    this.#tables.set(key, table);
  }

  /** Bars of another length, padded as the study's are. */
  async #createLonger(
    table: string,
    longer: Feature,
    values: Readonly<Record<string, SqlValue>>,
    signal?: AbortSignal,
  ): Promise<void> {
    const { engine, temporary } = this;
    await makeBars(this.#frameOf(longer.every), engine, temporary, signal, longerSource);
    await this.#create(table, this.sqlOf(longer), { ...values, padding: this.#padding }, signal);
    this.#drop(longerSource);
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
