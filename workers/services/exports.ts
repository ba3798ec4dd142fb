import type { Cells, FileTable } from '../../src/domain/file-table.ts';
import { equityTable } from '../../src/present/tables/equity.ts';
import { featureFileColumns } from '../../src/present/tables/features.ts';
import { fillsTable } from '../../src/present/tables/fills.ts';
import { tradesTable } from '../../src/present/tables/trades.ts';
import type { Market } from '../../src/domain/market.ts';
import { macroByBarSql } from '../../src/sql/catalogue.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { RunFile, RunTable } from '../../src/domain/run.ts';
import { type BarClock, shownZone } from '../../src/domain/time/bar-clock.ts';
import { isoInstant } from '../../src/present/times.ts';
import type { TableFormat } from '../../src/domain/table-format.ts';
import type { ExportFile, OnProgress } from '../../src/wire/lab.ts';
import { float64 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import { featureColumns } from './feature-columns.ts';
import type { Run } from './run.ts';
import { type SignalContext, computeFeatures } from './signals.ts';
import { stoppable, tableFile } from './tables/write.ts';

/** What a file of a run is made of. */
export interface ExportContext extends SignalContext {
  readonly dataset: Dataset;
  readonly run: Run;
  readonly onProgress: OnProgress;
}

/** One of a run's files; its pieces are made while they are taken, of so many rows that the engine gives at once. */
export function exportFile(
  name: RunFile,
  context: ExportContext,
  rowsAtOnce = 1 << 16,
): ExportFile {
  const { result } = context.run;
  if (name === 'study.json')
    return {
      name,
      type: 'application/json',
      content: [`${JSON.stringify(result.study, null, 2)}\n`],
    };
  const [table, format] = name.split('.') as [RunTable, TableFormat];
  const tables: Record<RunTable, () => FileTable> = {
    trades: () => tradesTable(result.trades, result.symbols, result.clock),
    fills: () => fillsTable(result),
    equity: () => equityTable(result.equity, result.benchmark, result.clock),
    features: () => featuresTable(name, context, rowsAtOnce),
  };
  const file = tableFile(table, format, tables[table]());
  return { ...file, content: stoppable(file.content, context.signal) };
}

/** The bars with the columns of the plan beside them, some symbols after others. */
function featuresTable(name: string, context: ExportContext, rowsAtOnce: number): FileTable {
  const { run, dataset } = context;
  const { plan, result } = run;
  const { names, macro, columns } = featureFileColumns(plan);
  const { clock } = result;
  const [symbol, date, ...others] = columns;

  async function* parts(): AsyncGenerator<readonly Cells[]> {
    const { engine, tables, signal, onProgress } = context;
    // Searches in between may have taken their tables' room.
    const shown = Object.values(plan.columns).map(({ feature }) => feature);
    await computeFeatures(result.study, plan, shown, context);
    const { day, firstRow } = dataset.market;
    for (const [first, end] of spans(firstRow, rowsAtOnce)) {
      const ratio = firstRow[first]! / day.length;
      onProgress({ phase: 'results', label: `Writing ${name}`, ratio });
      const where = `bars.sym BETWEEN ${first} AND ${end - 1}`;
      yield [
        ...barColumns(dataset.market, clock, first, end),
        ...(await featureColumns(plan, names, engine, tables, where, signal)),
        ...(await macroColumns(macro, first, end, context)),
      ];
    }
  }
  const known = { name: 'known', stored: 'text' } as const;
  return {
    columns: clock === undefined ? columns : [symbol!, date!, known, ...others],
    parts: parts(),
  };
}

/** Symbols that stand together and have up to so many rows, or one that has more: from the first up to the end. */
function* spans(
  firstRow: ArrayLike<number>,
  most: number,
): Generator<[first: number, end: number]> {
  const symbols = firstRow.length - 1;
  let first = 0;
  while (first < symbols) {
    let end = first + 1;
    while (end < symbols && firstRow[end + 1]! - firstRow[first]! <= most) end += 1;
    yield [first, end];
    first = end;
  }
}

/** Those of the symbols from `first` up to `end`; with a clock, when each bar is known. */
function barColumns(
  market: Market,
  clock: BarClock | undefined,
  first: number,
  end: number,
): Cells[] {
  const { symbols, firstRow, day, open, high, low, close, volume } = market;
  const rows = [firstRow[first]!, firstRow[end]!] as const;
  const symbol = symbols
    .slice(first, end)
    .flatMap((name, i) =>
      Array.from({ length: firstRow[first + i + 1]! - firstRow[first + i]! }, () => name),
    );
  const numbers = [open, high, low, close, volume].map((column) => column.subarray(...rows));
  const known =
    clock === undefined || market.clock === undefined
      ? []
      : [
          Array.from(market.clock.known.subarray(...rows), (at) =>
            isoInstant(at, shownZone(clock)),
          ),
        ];
  return [symbol, day.subarray(...rows), ...known, ...numbers];
}

/** The G-Score and its inputs, where the strategy has them. */
async function macroColumns(
  names: readonly string[],
  first: number,
  end: number,
  { run: { plan }, engine, tables, signal }: ExportContext,
): Promise<Float64Array[]> {
  if (plan.sessions === null) return [];
  engine.run(setVariables({ first_symbol: first, last_symbol: end - 1 }));
  const sql = tables.bind(macroByBarSql, { g_score: plan.sessions });
  const table = await engine.query(sql, signal);
  return names.map((name) => float64(table, name));
}
