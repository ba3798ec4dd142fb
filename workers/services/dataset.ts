import { fingerprintOf } from '../../src/domain/digest.ts';
import { type Market, rowsOf } from '../../src/domain/market.ts';
import type { Note } from '../../src/domain/strategies/strategy.ts';
import type { DatasetSummary, InputFile } from '../../src/protocol/lab.ts';
import { marketSql } from '../../src/sql/catalogue.ts';
import type { Engine } from '../engines/engine.ts';
import { float64, int32, rows, texts } from './columns.ts';
import { type Imported, Importer } from './import/import.ts';
import { shortList } from './wording.ts';

/** An imported dataset: what the page is told, and the bars that simulations run over. */
export interface Dataset {
  readonly summary: DatasetSummary;
  readonly market: Market;
}

export async function importDataset(
  engine: Engine,
  files: readonly InputFile[],
  onFile: (name: string, index: number) => void,
  signal?: AbortSignal,
): Promise<Dataset> {
  const imported = await new Importer(engine, signal).import(files, onFile);
  // The tables are swapped: from here on nothing may stop, or the bars in memory would be another dataset's.
  const market = await readMarket(engine, imported.symbols);
  return { market, summary: await summarise(engine, imported, market) };
}

async function readMarket(engine: Engine, symbols: readonly string[]): Promise<Market> {
  const table = await engine.query(marketSql);
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
  };
}

async function summarise(
  engine: Engine,
  imported: Imported,
  market: Market,
): Promise<DatasetSummary> {
  const { day, volume } = market;
  const symbols = market.symbols.map((symbol, s) => {
    const [first, end] = rowsOf(market, s);
    return { symbol, bars: end - first, from: day[first] ?? 0, to: day[end - 1] ?? 0 };
  });
  const macro = rows<{ series: string }>(
    await engine.query('SELECT DISTINCT series FROM macro ORDER BY series'),
  );
  const members = rows<{ n: number }>(
    await engine.query('SELECT count(*)::INTEGER AS n FROM universe'),
  );
  return {
    fingerprint: await fingerprint(engine, market),
    files: imported.files,
    symbols,
    bars: day.length,
    from: Math.min(...symbols.map(({ from }) => from)),
    to: Math.max(...symbols.map(({ to }) => to)),
    facts: {
      hasVolume: volume.some((v) => !Number.isNaN(v)),
      attention: imported.attention,
      macro: macro.map(({ series }) => series),
      hasUniverse: (members[0]?.n ?? 0) > 0,
    },
    notes: [
      ...imported.notes,
      ...volumeNotes(market),
      ...(await attentionNotes(engine, market)),
      ...(await delistingNotes(engine)),
    ],
  };
}

function volumeNotes(market: Market): { level: 'warning'; text: string }[] {
  const without = market.symbols.filter((_, s) => {
    const [first, end] = rowsOf(market, s);
    return market.volume.subarray(first, end).every(Number.isNaN);
  });
  if (without.length === 0 || without.length === market.symbols.length) return [];
  return [
    {
      level: 'warning',
      text: `No volume for ${shortList(without)}: their Panic Score stays empty while its volume term has a weight.`,
    },
  ];
}

async function attentionNotes(engine: Engine, { symbols }: Market): Promise<Note[]> {
  const table = await engine.query('SELECT DISTINCT sym::INTEGER AS sym FROM attention');
  const known = new Set(int32(table, 'sym'));
  const without = symbols.filter((_, sym) => !known.has(sym));
  if (known.size === 0 || without.length === 0) return [];
  return [
    {
      level: 'warning',
      text: `No attention for ${shortList(without)}: Harvester does not trade them beside symbols that have it.`,
    },
  ];
}

async function delistingNotes(engine: Engine): Promise<Note[]> {
  const [counted] = rows<{ n: number }>(
    await engine.query('SELECT count(delisting_return)::INTEGER AS n FROM universe'),
  );
  if ((counted?.n ?? 0) === 0) return [];
  return [
    {
      level: 'warning',
      text: 'The universe’s delisting returns are read and not booked in this version.',
    },
  ];
}

async function fingerprint(engine: Engine, market: Market): Promise<string> {
  const read = (sql: string) => engine.query(sql);
  const attention = await read(
    'SELECT sym::INTEGER AS sym, day, value FROM attention ORDER BY sym, day',
  );
  const macro = await read(
    'SELECT series, day, available_day, value FROM macro ORDER BY series, day, available_day',
  );
  const universe = await read(
    `SELECT sym::INTEGER AS sym, from_day, to_day, coalesce(delisting_return, 'NaN'::DOUBLE) AS delisting_return
     FROM universe ORDER BY sym, from_day, to_day`,
  );
  return fingerprintOf(market, {
    attention: [
      { name: 'sym', type: 'int32', values: int32(attention, 'sym') },
      { name: 'day', type: 'int32', values: int32(attention, 'day') },
      { name: 'value', type: 'float64', values: float64(attention, 'value') },
    ],
    macro: [
      { name: 'series', type: 'text', values: texts(macro, 'series') },
      { name: 'day', type: 'int32', values: int32(macro, 'day') },
      { name: 'available_day', type: 'int32', values: int32(macro, 'available_day') },
      { name: 'value', type: 'float64', values: float64(macro, 'value') },
    ],
    universe: [
      { name: 'sym', type: 'int32', values: int32(universe, 'sym') },
      { name: 'from_day', type: 'int32', values: int32(universe, 'from_day') },
      { name: 'to_day', type: 'int32', values: int32(universe, 'to_day') },
      { name: 'delisting_return', type: 'float64', values: float64(universe, 'delisting_return') },
    ],
  });
}
