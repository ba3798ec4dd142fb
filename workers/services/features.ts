import {
  type Feature,
  type SqlValue,
  bars,
  featureKey,
  featureOrder,
} from '../../src/domain/features.ts';
import {
  barNumbersSql,
  barsSql,
  featureSql,
  featureTableSql,
  kernelSql,
} from '../../src/sql/catalogue.ts';
import { cheatSql } from '../../src/sql/cheats.ts';
import { quoteIdentifier, setVariables, withIdentifiers, withMoments } from '../../src/sql/sql.ts';
import { reading } from '../../src/sql/query.ts';
import type { Engine } from '../engines/engine.ts';
import { isRefusal } from '../engines/kernels.ts';
import { ask } from './ask.ts';
import { type Frame, frameOfDays, longerFrame, makeBars, momentsOf, sourceOf } from './frame.ts';

export interface Scales {
  readonly price_scale: number;
  readonly volume_scale: number;
  readonly attention_scale: number;
}

/** Where longer bars are made, and the numbers that they and the study's own have within their symbols. */
const longerSource = 'longer_bars';
const numbersOf = { own: 'bar_numbers', longer: 'longer_numbers' };

const isOwnBars = ({ name, every }: Feature): boolean => name === 'bars' && every === undefined;

/** Whether bars say when they are known beside the dates by which features may read them. */
const hasKnown = ({ timing, clock }: Frame): boolean =>
  timing === 'instants' || clock !== undefined;
const rowsThere = reading('SELECT count(*)::INTEGER AS rows FROM bars', { rows: 'integer' });

const reads = (sql: string, slot: string): boolean => sql.includes(`{${slot}}`);

const sqlByName: Readonly<Record<string, string>> = { ...featureSql, ...cheatSql };

/**
 * The feature tables of one imported dataset. A table is kept while there is room and until the bars beneath change, so a
 * rerun computes only what its changed parameters ask for.
 */
export class FeatureTables {
  /** Keys in the order of last use. */
  readonly #tables = new Map<string, string>();
  #bars = '';
  #rows = 0;
  #counter = 0;
  #frame = frameOfDays;

  constructor(
    private readonly engine: Engine,
    /** Rows of the tables that are kept beyond those of the running study: of some 14 bytes each. */
    private readonly keep = 1 << 25,
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
    if (this.temporary) this.engine.run('DROP VIEW IF EXISTS temp.bars');
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

  /** Makes the bars, whose exact integers are values times these scales. */
  async prepare(scales: Scales, signal?: AbortSignal): Promise<void> {
    const key = JSON.stringify(scales);
    if (this.#bars === key) return;
    this.clear();
    const source = sourceOf(this.#frame);
    await this.#number(source, numbersOf.own, signal);
    const bars = this.#barsSql(hasKnown(this.#frame), scales, source, numbersOf.own);
    this.engine.run(`${this.#lasting('CREATE OR REPLACE VIEW')} bars AS\n${bars}`);
    const [found] = await ask(this.engine, rowsThere, {}, signal);
    this.#rows = found!.rows;
    this.#bars = key;
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
    const wanted = featureOrder(roots, (feature) => this.#readBy(feature)).filter(
      (feature) => !isOwnBars(feature),
    );
    await this.prepare(scales, signal);
    this.#evict(new Set(wanted.map(featureKey))); // Before others are made beside them.
    let done = 0;
    for (const feature of wanted) {
      onProgress?.(done, wanted.length, feature.name);
      await this.#computeOne(feature, scales, signal);
      done += 1;
    }
    onProgress?.(done, wanted.length, 'features');
  }

  /**
   * The SQL of one feature with its identifiers in place, for EXPLAIN and for running; by the windows that define it, or by
   * a kernel where it has one.
   */
  sqlOf(feature: Feature, by: 'windows' | 'kernel' = 'windows'): string {
    const { name, every, text } = feature;
    if (name === 'bars') return `FROM ${quoteIdentifier(this.tableOf(feature))}`;
    const sql = text ?? (by === 'kernel' ? kernelSql.get(name) : sqlByName[name]);
    if (sql === undefined) throw new RangeError(`There is no query of ${name}.`);
    const bound = this.#bind(sql, feature);
    if (every === undefined) return bound;
    const own = quoteIdentifier(this.tableOf({ ...bars, every }));
    return `WITH bars AS NOT MATERIALIZED (FROM ${own}) SELECT * FROM (\n${bound}\n)`;
  }

  /** Puts the tables of `inputs` into the placeholders of a query over the study's bars. */
  bind(
    sql: string,
    inputs: Readonly<Record<string, Feature>>,
    columns: Readonly<Record<string, string>> = {},
  ): string {
    return this.#bind(sql, { inputs, columns });
  }

  /** A query over bars of a length, which it calls `bars`. */
  #bind(
    sql: string,
    { inputs, columns, every }: Pick<Feature, 'inputs' | 'columns' | 'every'>,
  ): string {
    const frame = this.#frameOf(every);
    const identifiers: Record<string, string> = {
      ...columns,
      at: hasKnown(frame) ? 'known' : 'day',
    };
    for (const [slot, input] of Object.entries(inputs)) {
      const isItself = input.name === 'bars' && input.every === every;
      if (reads(sql, slot)) identifiers[slot] = isItself ? 'bars' : this.tableOf(input);
    }
    return readOnce(withIdentifiers(withMoments(sql, momentsOf(frame)), identifiers));
  }

  #frameOf(every: Feature['every']): Frame {
    return every === undefined ? this.#frame : longerFrame(this.#frame, every);
  }

  /** Numbers the bars of a source within their symbols. */
  async #number(source: string, table: string, signal?: AbortSignal): Promise<void> {
    const create = this.#lasting('CREATE OR REPLACE TABLE');
    const sql = withIdentifiers(barNumbersSql, { source });
    await this.engine.query(`${create} ${table} AS\n${sql}`, signal);
  }

  /** The query of a source's bars, which are named by their catalogue: a view would take what shadows them. */
  #barsSql(known: boolean, scales: Scales, source: string, numbers: string): string {
    return withIdentifiers(barsSql(known, scales), { database: this.#database, source, numbers });
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
    if (feature.name === 'bars') await this.#createLonger(table, feature, scales, signal);
    else await this.#create(table, feature, scales, signal);
    this.#tables.set(key, table);
  }

  /** Bars of another length; none are left where it is cancelled. */
  async #createLonger(
    table: string,
    { every }: Feature,
    scales: Scales,
    signal?: AbortSignal,
  ): Promise<void> {
    const { engine, temporary } = this;
    try {
      await makeBars(this.#frameOf(every), engine, temporary, signal, longerSource);
      await this.#number(longerSource, numbersOf.longer, signal);
      // They know when each is over, also where those that are given are dated by days alone.
      const bars = this.#barsSql(true, scales, longerSource, numbersOf.longer);
      const create = this.#lasting('CREATE OR REPLACE TABLE');
      await engine.query(`${create} ${quoteIdentifier(table)} AS\n${bars}`, signal);
    } finally {
      this.#drop(longerSource);
      this.#drop(numbersOf.longer);
    }
  }

  #kernelOf({ name }: Feature): string | undefined {
    return this.engine.hasKernels === true ? kernelSql.get(name) : undefined;
  }

  /** The features whose tables its query reads. */
  #readBy(feature: Feature): readonly Feature[] {
    const kernel = this.#kernelOf(feature);
    return Object.entries(feature.inputs).flatMap(([slot, input]) =>
      kernel === undefined || reads(kernel, slot) ? [input] : [],
    );
  }

  /** The table of a feature; none is left where it is cancelled. */
  async #create(
    table: string,
    feature: Feature,
    scales: Scales,
    signal?: AbortSignal,
  ): Promise<void> {
    const { engine } = this;
    const values = { ...scales, ...feature.values };
    engine.run(setVariables(values));
    if (this.#kernelOf(feature) !== undefined) {
      try {
        await this.#fill(table, feature, values, 'kernel', signal);
        return;
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
      // A kernel may read less than the windows do.
      for (const input of featureOrder(Object.values(feature.inputs)))
        if (!isOwnBars(input)) await this.#computeOne(input, scales, signal);
      engine.run(setVariables(values));
    }
    await this.#fill(table, feature, values, 'windows', signal);
  }

  async #fill(
    table: string,
    feature: Feature,
    values: Readonly<Record<string, SqlValue>>,
    by: 'windows' | 'kernel',
    signal?: AbortSignal,
  ): Promise<void> {
    const { engine } = this;
    const into = quoteIdentifier(table);
    const own = featureTableSql(feature.name, values);
    if (own === undefined) {
      const create = this.#lasting('CREATE OR REPLACE TABLE');
      await engine.query(`${create} ${into} AS\n${this.sqlOf(feature, by)}`, signal);
    } else {
      engine.run(this.#lasting(withIdentifiers(own, { table })));
      try {
        await engine.query(`INSERT INTO ${into}\n${this.sqlOf(feature, by)}`, signal);
      } catch (error) {
        this.#drop(table);
        throw error;
      }
    }
  }

  /** A statement that creates a table or a view, which lasts as long as these tables do. */
  #lasting(create: string): string {
    return this.temporary ? create.replace(/TABLE|VIEW/, 'TEMP $&') : create;
  }

  /** Drops what was used longest ago, until what is left beside these has room. */
  #evict(inUse: ReadonlySet<string>): void {
    const others = [...this.#tables].filter(([key]) => !inUse.has(key));
    // Each feature has a row for each of the bars'.
    const kept = Math.floor(this.keep / Math.max(1, this.#rows));
    for (const [key, table] of others.slice(0, Math.max(0, others.length - kept))) {
      this.#drop(table);
      this.#tables.delete(key);
    }
  }

  #drop(table: string): void {
    this.engine.run(`DROP TABLE IF EXISTS ${this.#database}.${quoteIdentifier(table)}`);
  }

  /** Where its tables are, by whose name they are no common table of a query. */
  get #database(): string {
    return this.temporary ? 'temp' : 'lab';
  }
}

/** A table beside itself is read once. */
const readOnce = (sql: string): string =>
  sql.replaceAll(/FROM "?(\w+)"? POSITIONAL JOIN "\1"/g, 'FROM "$1"');
