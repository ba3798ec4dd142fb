import {
  type Feature,
  type SqlValue,
  bars,
  featureKey,
  featureOrder,
} from '../../src/domain/features.ts';
import {
  barsSql,
  barsTableSql,
  featureSql,
  featureTableSql,
  kernelSql,
} from '../../src/sql/catalogue.ts';
import { cheatSql } from '../../src/sql/cheats.ts';
import { quoteIdentifier, setVariables, withIdentifiers, withMoments } from '../../src/sql/sql.ts';
import { reading, within } from '../../src/sql/query.ts';
import type { Engine } from '../engines/engine.ts';
import { isRefusal } from '../engines/kernels.ts';
import { ask } from './ask.ts';
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
/** The symbols from one to another, and how many there are before them. */
interface BarsPart {
  readonly from_sym: number;
  readonly to_sym: number;
  readonly before: number;
  /** Of the table, with those that stand before each symbol. */
  readonly rows: number;
}
const barsBySymbol = reading(
  'SELECT sym::INTEGER AS sym, count(*)::INTEGER AS bars FROM {source} GROUP BY ALL ORDER BY ALL',
  { sym: 'integer', bars: 'integer' },
);

/** Whether it reads the study's bars and nothing else: no window of it reaches beyond a symbol. */
const readsBarsAlone = ({ inputs, every }: Feature): boolean =>
  every === undefined && Object.keys(inputs).length === 0;

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
  #padding = 0;
  #parts: readonly BarsPart[] = [];
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
    /** Bars that are written at once, more where one symbol has more. */
    private readonly atOnce = 1 << 20,
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
    const wanted = featureOrder(roots, (feature) => this.#readBy(feature)).filter(
      (feature) => !isOwnBars(feature),
    );
    await this.prepare(roots, scales, signal);
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
   * The SQL of one feature with its identifiers in place, for EXPLAIN and for running; over a part of the bars, or all;
   * by the windows that define it, or by a kernel where it has one.
   */
  sqlOf(feature: Feature, part?: BarsPart, by: 'windows' | 'kernel' = 'windows'): string {
    const { name, inputs, columns, every, text } = feature;
    if (name === 'bars') return this.#barsSql(every);
    const sql = text ?? (by === 'kernel' ? kernelSql.get(name) : sqlByName[name]);
    if (sql === undefined) throw new RangeError(`There is no query of ${name}.`);
    const bound = this.#bind(sql, inputs, columns, this.#frameOf(every));
    const own =
      every !== undefined
        ? quoteIdentifier(this.tableOf({ ...bars, every }))
        : part && `${this.#database}.bars WHERE sym BETWEEN ${part.from_sym} AND ${part.to_sym}`;
    if (own === undefined) return bound;
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
    for (const [slot, input] of Object.entries(inputs))
      if (reads(sql, slot)) identifiers[slot] = this.tableOf(input);
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
    this.#parts = await this.#fillBars('bars', undefined, scales, signal);
    this.#bars = key;
  }

  /** Writes a table of bars, the study's or longer ones, padded alike; by these parts. */
  async #fillBars(
    table: string,
    every: Feature['every'],
    scales: Scales,
    signal?: AbortSignal,
  ): Promise<readonly BarsPart[]> {
    const create = withIdentifiers(barsTableSql(this.#hasKnown(every), scales), { table });
    this.engine.run(this.#lasting(create));
    const source = every === undefined ? sourceOf(this.#frame) : longerSource;
    const parts = await this.#partsOfBars(source, signal);
    for (const { from_sym, to_sym, before } of parts) {
      this.engine.run(setVariables({ from_sym, to_sym, before, padding: this.#padding }));
      const into = quoteIdentifier(table);
      await this.engine.query(`INSERT INTO ${into}\n${this.#barsSql(every)}`, signal);
    }
    this.#pack();
    return parts;
  }

  /** Bars that are made know when each is over, also where those that are given are dated by days alone. */
  #barsSql(every?: Feature['every']): string {
    const source = every === undefined ? sourceOf(this.#frame) : longerSource;
    return withIdentifiers(barsSql(this.#hasKnown(every)), { source });
  }

  #hasKnown(every?: Feature['every']): boolean {
    return every !== undefined || hasKnown(this.#frame);
  }

  /** Whole symbols, about a million bars at once: what is being written stands in memory as it is, and packed only then. */
  async #partsOfBars(source: string, signal?: AbortSignal): Promise<BarsPart[]> {
    const found = await ask(this.engine, within(barsBySymbol, { source }), {}, signal);
    const parts: { from_sym: number; to_sym: number; before: number; rows: number }[] = [];
    let room = 0;
    for (const [before, { sym, bars }] of found.entries()) {
      if (room < bars) {
        parts.push({ from_sym: sym, to_sym: sym, before, rows: 0 });
        room = this.atOnce;
      }
      const part = parts.at(-1)!;
      part.to_sym = sym;
      part.rows += bars + this.#padding;
      room -= bars;
    }
    return parts;
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
    await makeBars(this.#frameOf(every), engine, temporary, signal, longerSource);
    try {
      await this.#fillBars(table, every, scales, signal);
    } catch (error) {
      this.#drop(table);
      throw error;
    } finally {
      this.#drop(longerSource);
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
      await engine.query(`${create} ${into} AS\n${this.sqlOf(feature, undefined, by)}`, signal);
    } else {
      engine.run(this.#lasting(withIdentifiers(own, { table })));
      try {
        for (const part of readsBarsAlone(feature) ? this.#parts : [undefined])
          await engine.query(`INSERT INTO ${into}\n${this.sqlOf(feature, part, by)}`, signal);
      } catch (error) {
        this.#drop(table);
        throw error;
      }
    }
    this.#pack();
  }

  /** A statement that creates a table, which lasts as long as these tables do. */
  #lasting(create: string): string {
    return this.temporary ? create.replace('TABLE', 'TEMP TABLE') : create;
  }

  /** What was written last stays as it is until then, 16 MB at most. */
  #pack(): void {
    if (!this.temporary) this.engine.run('CHECKPOINT lab');
  }

  /** Drops what was used longest ago, until what is left beside these has room. */
  #evict(inUse: ReadonlySet<string>): void {
    const others = [...this.#tables].filter(([key]) => !inUse.has(key));
    // Each feature has a row for each of the bars'.
    const ofEach = this.#parts.reduce((sum, { rows }) => sum + rows, 0);
    const kept = Math.floor(this.keep / Math.max(1, ofEach));
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
