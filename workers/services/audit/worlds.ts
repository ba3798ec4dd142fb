import { detailOf } from '../../../src/domain/detail.ts';
import type { Market, Signals } from '../../../src/domain/market.ts';
import type { SignalPlan } from '../../../src/domain/strategies/strategy.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { noiseBars, noiseFactors } from '../../../src/domain/validation/look-ahead-noise.ts';
import type { Known } from '../../../src/domain/validation/look-ahead-replays.ts';
import { toldZone } from '../../../src/present/times.ts';
import { auditSql } from '../../../src/sql/audit.ts';
import { reading } from '../../../src/sql/query.ts';
import { setVariables } from '../../../src/sql/sql.ts';
import type { Day } from '../../../src/domain/units.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { type Terms, readTerms, withContracts } from '../contracts.ts';
import { readBars } from '../bars.ts';
import type { Dataset } from '../dataset.ts';
import { featureColumns } from '../feature-columns.ts';
import { FeatureTables } from '../features.ts';
import { type Frame, frameOfDays, makeBars, sourceOf } from '../frame.ts';
import { putTable } from '../import/tables.ts';
import { computeFeatures, readSignals } from '../signals.ts';

/** Data that no file gave: columns by table, for a demonstration's own market. */
export type MadeData = Readonly<
  Record<
    'bars' | 'attention' | 'macro' | 'universe',
    Readonly<Record<string, Int32Array | Float64Array | readonly string[]>>
  >
>;

/** What worlds have to know of the dataset that they are made of. */
export interface WorldData {
  readonly frame: Frame;
  /** Whether its bars have instants. */
  readonly hasInstants: boolean;
  /** The zone that these are told in; null where dates say all. */
  readonly zone: string | null;
  /** Finer bars, where the dataset's have some inside them: those that lie inside a world's bars are known with them. */
  readonly finer?: Market | undefined;
}

export const dataOf = ({
  market,
  given,
  finer,
  frame = frameOfDays,
  summary,
}: Dataset): WorldData => ({
  frame,
  hasInstants: market.clock !== undefined,
  zone: toldZone(summary.clock),
  finer: market.detail && (finer ?? given),
});

export const dataOfDays: WorldData = { frame: frameOfDays, hasInstants: false, zone: null };

const noiseCounts = reading(auditSql.counts, {
  attention: 'integer',
  macro: 'integer',
  universe: 'integer',
});

/** The tables that a world shadows. */
const shadowed = ['bars', 'attention', 'macro', 'universe'] as const;
const nameOf = {
  bars: 'imported_bars',
  attention: 'attention',
  macro: 'macro',
  universe: 'universe',
};

/**
 * Worlds to replay a study in: temporary tables that shadow the imported ones for the shipped SQL, and feature tables
 * of their own. The lab's tables stay as they are; `withWorlds` brings them back. Nothing else may ask the engine
 * meanwhile.
 */
export class Worlds {
  readonly #tables: FeatureTables;
  /** Of the imported data; made-up ones have none. */
  #terms: Terms | undefined;
  #isMade = false;
  /** The last day whose events are known. */
  #until: Day = Infinity;

  constructor(
    readonly engine: Engine,
    readonly signal: AbortSignal,
    private readonly data: WorldData,
  ) {
    this.#tables = new FeatureTables(engine, undefined, true);
    this.#tables.frame = data.frame;
  }

  /** Names the originals: the imported tables, or made-up ones. */
  open(made?: MadeData): void {
    this.engine.run(auditSql.noNoise);
    this.#isMade = made !== undefined;
    if (made === undefined) {
      this.engine.run(this.#sql('originals'));
      return;
    }
    this.engine.run(auditSql.noLargest);
    const whole = 'REPLACE (opens::BIGINT AS opens, known::BIGINT AS known)';
    for (const table of shadowed) {
      const replaced = table === 'bars' && this.data.hasInstants ? whole : '';
      this.#put(`made_${table}`, made[table]);
      this.engine.run(
        `CREATE OR REPLACE TEMP VIEW original_${table} AS SELECT * ${replaced} FROM temp.made_${table}`,
      );
    }
  }

  /** Seeded noise beside every original row, for the worlds that ask for it. */
  async makeNoise(market: Market, seed: number): Promise<void> {
    const { open, high, low, close, volume } = noiseBars(market, seed);
    this.#put('noise_bars', {
      noise_open: open,
      noise_high: high,
      noise_low: low,
      noise_close: close,
      noise_volume: volume,
    });
    const [counts] = await ask(this.engine, noiseCounts, {}, this.signal);
    for (const series of ['attention', 'macro', 'universe'] as const)
      this.#put(`noise_${series}`, { noise: noiseFactors(counts?.[series] ?? 0, seed, series) });
  }

  /** The world in which no more is known than this. */
  async enter(known: Known): Promise<void> {
    const { closed, opened, attentionDay, macroDay, universeDay, future } = known;
    this.#tables.clear();
    // What goes ex at an open is known with it.
    this.#until = universeDay;
    this.engine.run(
      setVariables({
        closed,
        opened,
        attention_day: attentionDay,
        macro_day: macroDay,
        universe_day: universeDay,
        future,
      }),
    );
    for (const table of shadowed) await this.#shadow(nameOf[table], this.#sql(table));
    await makeBars(this.data.frame, this.engine, true, this.signal);
  }

  /**
   * The world in which only these symbols have bars; they keep their numbers, and belong to the universe when they do, or
   * all along.
   */
  async enterChosen(symbols: readonly number[], allAlong: boolean): Promise<void> {
    this.#tables.clear();
    this.#until = Infinity;
    this.#put('chosen_symbols', { sym: Int32Array.from(symbols) });
    await this.#shadow('imported_bars', this.#sql('chosenBars'));
    await makeBars(this.data.frame, this.engine, true, this.signal);
    await this.#shadow(
      'universe',
      allAlong ? auditSql.allAlong : 'SELECT * FROM original_universe',
    );
  }

  /** This world's bars, as the study thinks in them. */
  bars(symbols: readonly string[]): Promise<Market> {
    return readBars(this.engine, symbols, sourceOf(this.data.frame));
  }

  /** Bars with what is known in this world of the contracts that they price, and of what is inside them. */
  async withTerms(bars: Market): Promise<Market> {
    const { frame, finer } = this.data;
    if (this.#isMade) return bars;
    this.#terms ??= await readTerms(this.engine);
    const market = withContracts(bars, this.#terms, this.#until);
    if (finer === undefined) return market;
    return { ...market, detail: detailOf(market, finer, frame.bars.hours === 'regular') };
  }

  async market(symbols: readonly string[]): Promise<Market> {
    return this.withTerms(await this.bars(symbols));
  }

  /** What a plan says in this world. */
  async signals(study: Study, plan: SignalPlan): Promise<Signals> {
    const context = { engine: this.engine, tables: this.#tables, signal: this.signal };
    await computeFeatures(study, plan, [], context);
    return readSignals(study, plan, context);
  }

  /** Columns of a plan in this world, beside its market's rows, NaN where null; of one symbol, or of all. */
  async columns(
    study: Study,
    plan: SignalPlan,
    names: readonly string[],
    symbol?: number,
  ): Promise<Readonly<Record<string, Float64Array>>> {
    const context = { engine: this.engine, tables: this.#tables, signal: this.signal };
    const wanted = names.flatMap((name) => plan.columns[name]?.feature ?? []);
    await computeFeatures(study, plan, wanted, context);
    const where = symbol === undefined ? 'true' : `bars.sym = ${symbol}`;
    const found = await featureColumns(plan, names, this.engine, this.#tables, where);
    return Object.fromEntries(names.map((name, i) => [name, found[i]!]));
  }

  /** Brings the lab's own tables back. */
  close(): void {
    this.#tables.clear();
    this.engine.run(auditSql.restore);
  }

  /** A query of the audits; where bars have instants, these come with them. */
  #sql(name: keyof typeof auditSql): string {
    const { hasInstants } = this.data;
    return auditSql[name]
      .replace('/* instants */', hasInstants ? 'opens, known, ' : '')
      .replace('/* by instants */', hasInstants ? ', opens' : '')
      .replaceAll('/* known or */day', hasInstants ? 'known' : 'day')
      .replaceAll('/* opens or */day', hasInstants ? 'opens' : 'day');
  }

  async #shadow(table: string, sql: string): Promise<void> {
    await this.engine.query(`CREATE OR REPLACE TEMP TABLE ${table} AS\n${sql}`, this.signal);
  }

  /** A temporary table of ours; NaN becomes null. */
  #put(table: string, columns: MadeData['bars']): void {
    const names = Object.keys(columns);
    const isReal = (name: string): boolean => columns[name] instanceof Float64Array;
    const selected = names.map((name) =>
      isReal(name) ? `CASE WHEN NOT isnan(${name}) THEN ${name} END AS ${name}` : name,
    );
    putTable(this.engine, 'audit_rows', columns);
    this.engine.run(
      `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${selected.join(', ')} FROM audit_rows;
       DROP TABLE audit_rows;`,
    );
  }
}

/** Works in worlds, and brings the lab's own tables back whatever happens. */
export async function withWorlds<T>(
  engine: Engine,
  signal: AbortSignal,
  data: WorldData,
  work: (worlds: Worlds) => Promise<T>,
): Promise<T> {
  const worlds = new Worlds(engine, signal, data);
  try {
    return await work(worlds);
  } finally {
    worlds.close();
  }
}
