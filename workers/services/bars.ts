import { type Market, clockOf } from '../../src/domain/market.ts';
import { marketInstantsSql, marketSql } from '../../src/sql/catalogue.ts';
import { reading } from '../../src/sql/query.ts';
import { quoteIdentifier, withIdentifiers } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';
import { float64, int32 } from './columns.ts';

/** The engine's bars as columns. */
export async function readBars(
  engine: Engine,
  symbols: readonly string[],
  source = 'imported_bars',
): Promise<Market> {
  const [timed] = await ask(engine, instantsIn(source), {});
  const sql = timed === undefined ? marketSql : marketInstantsSql;
  const table = await engine.query(withIdentifiers(sql, { source }));
  const firstRow = new Int32Array(symbols.length + 1);
  for (const sym of int32(table, 'sym')) firstRow[sym + 1] = (firstRow[sym + 1] ?? 0) + 1;
  for (let s = 0; s < symbols.length; s++)
    firstRow[s + 1] = (firstRow[s + 1] ?? 0) + (firstRow[s] ?? 0);
  return {
    symbols,
    firstRow,
    day: int32(table, 'day'),
    open: float64(table, 'open'),
    high: float64(table, 'high'),
    low: float64(table, 'low'),
    close: float64(table, 'close'),
    volume: float64(table, 'volume'),
    ...(timed !== undefined && {
      clock: clockOf(float64(table, 'opens'), float64(table, 'known')),
    }),
  };
}

/** A row where a table's bars have instants. */
const instantsIn = (source: string) =>
  reading(
    `SELECT 1 AS found FROM (DESCRIBE ${quoteIdentifier(source)}) WHERE column_name = 'opens'`,
    { found: 'integer' },
  );
