/** Native DuckDB on one thread behind the engine port, as far as feature tables use it. Null if not installed. */
import { createRequire } from 'node:module';
import { tableFromArrays } from 'apache-arrow';

const peer = '@duckdb/node-api';

export async function startNative() {
  let duckdb;
  try {
    duckdb = createRequire(import.meta.url)(peer);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("ATTACH ':memory:' AS lab; USE lab");
  let last = Promise.resolve();
  const next = (work) => (last = last.then(work));
  return {
    version: duckdb.version(),
    run: (sql) => void next(() => connection.run(sql)),
    query: (sql) => next(async () => numbersOf(await connection.run(sql))),
    /** Into a table, with no checks but the types. */
    readCsv: (path) =>
      next(() =>
        connection.run(`CREATE OR REPLACE TABLE bare AS FROM read_csv('${path.replaceAll("'", "''")}', columns = {
          symbol: 'VARCHAR', date: 'DATE', open: 'DOUBLE', high: 'DOUBLE', low: 'DOUBLE', close: 'DOUBLE', volume: 'DOUBLE'})`),
      ),
    /** Imported bars as the importer leaves them. */
    importCsv: (path) =>
      next(() =>
        connection.run(`CREATE OR REPLACE TABLE imported_bars AS
          SELECT (dense_rank() OVER (ORDER BY symbol) - 1)::INTEGER AS sym,
                 (date - DATE '1970-01-01')::INTEGER AS day, open, high, low, close, volume
          FROM read_csv('${path.replaceAll("'", "''")}', columns = {symbol: 'VARCHAR', date: 'DATE',
            open: 'DOUBLE', high: 'DOUBLE', low: 'DOUBLE', close: 'DOUBLE', volume: 'DOUBLE'})
          ORDER BY sym, day`),
      ),
    async columns(sql, names) {
      const result = await next(() => connection.run(sql));
      const chunks = await result.fetchAllChunks();
      const read = (_, column) =>
        Float64Array.from(chunks.flatMap((chunk) => chunk.getColumnValues(column)));
      return Object.fromEntries(names.map((name, i) => [name, read(name, i)]));
    },
    close: () => connection.closeSync(),
  };
}

/** A result of whole numbers, as the engine gives it. */
async function numbersOf(result) {
  const columns = Object.entries(await result.getColumnsObjectJS());
  return tableFromArrays(
    Object.fromEntries(columns.map(([name, values]) => [name, Int32Array.from(values, Number)])),
  );
}
