import { Float64, Int32 } from 'apache-arrow';
import type { Cell, Cells, FileColumn, FileTable } from '../../../src/domain/file-table.ts';
import { type Found, type QueryTable, mentions } from '../../../src/domain/query.ts';
import { namesOf } from '../../../src/present/file-table.ts';
import { equityTable } from '../../../src/present/tables/equity.ts';
import { featureFileColumns } from '../../../src/present/tables/features.ts';
import { foldsTable } from '../../../src/present/tables/folds.ts';
import { tradesTable } from '../../../src/present/tables/trades.ts';
import { trialsTable } from '../../../src/present/tables/trials.ts';
import {
  datasetViews,
  featuresView,
  gone,
  resultTable,
} from '../../../src/sql/console/catalogue.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Dataset } from '../dataset.ts';
import { type ColumnData, putTable, textVector, vectorOf } from '../import/tables.ts';
import type { Run } from '../run.ts';
import { type SignalContext, computeFeatures } from '../signals.ts';

/** What tables can be made of. */
export interface TableContext extends SignalContext {
  readonly dataset: Dataset;
  readonly run: Run | undefined;
}

type ResultTable = 'trades' | 'equity' | 'trials' | 'folds';

/** The tables of the console's database, each brought up to date before a query that mentions it. */
export class ConsoleTables {
  /** What the tables of results were made of. */
  readonly #made = new Map<ResultTable, unknown>();

  constructor(private readonly engine: Engine) {}

  /** The dataset is another one. */
  clear(): void {
    for (const name of [...this.#made.keys()]) this.#drop(name);
  }

  async prepare(text: string, found: Found, context: TableContext): Promise<void> {
    const { facts } = context.dataset.summary;
    const run = context.run?.result;
    this.#view('bars', true);
    this.#view('attention', facts.attention !== null);
    this.#view('macro', facts.macro.length > 0);
    if (mentions(text, 'features')) await this.#features(context);
    const results: Readonly<
      Record<ResultTable, readonly [of: object | null, table: () => FileTable]>
    > = {
      trades: [run ?? null, () => tradesTable(run!.trades, run!.symbols, run!.clock)],
      equity: [run ?? null, () => equityTable(run!.equity, run!.benchmark, run!.clock)],
      trials: [found.search, () => trialsTable(found.search!)],
      folds: [found.walkForward, () => foldsTable(found.walkForward!)],
    };
    for (const [name, [of, table]] of Object.entries(results) as [
      ResultTable,
      (typeof results)[ResultTable],
    ][]) {
      if (!mentions(text, name) || this.#made.get(name) === of) continue;
      this.#drop(name);
      if (of !== null) await this.#put(name, of, table());
    }
  }

  #view(name: keyof typeof datasetViews, isThere: boolean): void {
    this.engine.run(isThere ? datasetViews[name].text : gone(name, 'VIEW'));
  }

  async #features({ run, tables, ...context }: TableContext): Promise<void> {
    this.engine.run(gone('features', 'VIEW'));
    if (run === undefined) return;
    const { plan, result } = run;
    const { names, macro } = featureFileColumns(plan);
    const sources = names.map((name) => ({ name, ...plan.columns[name]! }));
    // Searches in between may have taken their tables' room.
    const wanted = sources.map(({ feature }) => feature);
    await computeFeatures(result.study, plan, wanted, { ...context, tables });
    const columns = sources.map(({ name, feature, column }) => ({
      name,
      table: tables.tableOf(feature),
      column,
    }));
    const { sessions } = plan;
    const ofSessions =
      sessions === null
        ? []
        : macro.map((name) => ({
            name,
            table: tables.tableOf(sessions),
            column: name === 'g_score' ? 'value' : name,
            isScore: name === 'g_score',
          }));
    this.engine.run(featuresView(columns, ofSessions));
  }

  async #put(name: ResultTable, of: object, table: FileTable): Promise<void> {
    const names = namesOf(table);
    const columns = table.columns.map(({ stored }, i) => ({ name: names[i]!, stored }));
    const part = 'console_part';
    const { create, take } = resultTable(name, columns, part);
    this.engine.run(create);
    for await (const cells of table.parts) {
      const given = cells.map((some, i) => [`c${i}`, dataOf(some, columns[i]!)] as const);
      putTable(this.engine, part, Object.fromEntries(given));
      this.engine.run(take);
    }
    this.#made.set(name, of);
  }

  #drop(name: ResultTable): void {
    this.engine.run(gone(name, 'TABLE'));
    this.#made.delete(name);
  }
}

/** Cells as they are handed over: flags as text, the rest as files store it. */
function dataOf(cells: Cells, { stored }: Pick<FileColumn, 'stored'>): ColumnData {
  const values = Array.from<Cell>(cells);
  switch (stored) {
    case 'text':
    case 'flag':
      return textVector(values.map((value) => (value === null ? null : String(value))));
    case 'double':
      return vectorOf(new Float64(), values as (number | null)[]);
    default:
      return vectorOf(new Int32(), values as (number | null)[]);
  }
}

/** Tables that a query mentions and that nothing has made yet. */
export const missingIn = (
  text: string,
  found: Found,
  { dataset, run }: Pick<TableContext, 'dataset' | 'run'>,
): readonly QueryTable[] => {
  const { facts } = dataset.summary;
  const isThere: Readonly<Record<QueryTable, boolean>> = {
    bars: true,
    attention: facts.attention !== null,
    macro: facts.macro.length > 0,
    features: run !== undefined,
    trades: run !== undefined,
    equity: run !== undefined,
    trials: found.search !== null,
    folds: found.walkForward !== null,
  };
  return (Object.keys(isThere) as QueryTable[]).filter(
    (table) => !isThere[table] && mentions(text, table),
  );
};
