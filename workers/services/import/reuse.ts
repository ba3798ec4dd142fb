import type { Note } from '../../../src/domain/note.ts';
import { reusedName } from '../../../src/present/notes/dataset.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { within } from '../../../src/sql/query.ts';
import type { Engine } from '../../engines/engine.ts';
import { keep } from '../ask.ts';
import type { Break } from './breaks.ts';
import { type SymbolCut, findCuts } from './cuts.ts';
import { putSymbols } from './names.ts';
import { int32s, putTable } from './tables.ts';

/** Beyond all dates. */
const [always, never] = [-2_147_483_648, 2_147_483_647];

/**
 * Splits each symbol that two companies have borne, one after the other, into a series for each (ABC#1, ABC#2):
 * bars, attention, spells and events go by their dates, an instrument is that of both. Returns the symbols, in code-unit order.
 */
export async function splitReused(
  engine: Engine,
  symbols: readonly string[],
  breaks: readonly Break[],
  at: 'day' | 'opens',
  signal?: AbortSignal,
): Promise<{ symbols: readonly string[]; notes: Note[] }> {
  const cuts = await findCuts(engine, breaks, signal);
  if (cuts.length === 0) return { symbols, notes: [] };
  const mark = partMark(symbols);
  const parts = symbols.flatMap((symbol, sym) => {
    const own = cuts.filter((cut) => cut.sym === sym);
    const starts = [always, ...own.map(({ from }) => from), never];
    return starts.slice(1).map((end, i) => ({
      sym,
      symbol: own.length === 0 ? symbol : `${symbol}${mark}${i + 1}`,
      first: starts[i]!,
      end,
    }));
  });
  const split = parts.map(({ symbol }) => symbol).sort();
  const numbers = new Map(split.map((symbol, sym) => [symbol, sym]));
  putTable(engine, 'next_parts', {
    sym: int32s(parts.map(({ sym }) => sym)),
    part: int32s(parts.map(({ symbol }) => numbers.get(symbol)!)),
    first_day: int32s(parts.map(({ first }) => first)),
    end_day: int32s(parts.map(({ end }) => end)),
  });
  for (const [rows, day, order] of [
    ['next_bars', 'day', at],
    ['next_attention', 'day', 'day'],
    ['next_universe', 'from_day', 'from_day'],
    ['next_events', 'day', 'day'],
  ] as const) {
    await keep(engine, rows, within(importSql.parts, { rows, day, at: order }), {}, signal);
  }
  await keep(engine, 'next_instruments', importSql.instrumentsParts, {}, signal);
  putSymbols(engine, split);
  return { symbols: split, notes: splitNotes(symbols, cuts, mark) };
}

/** '#', or as many of them as it takes for parts to have names of their own. */
function partMark(symbols: readonly string[]): string {
  let mark = '#';
  while (symbols.some((symbol) => symbol.includes(mark))) mark += '#';
  return mark;
}

function splitNotes(symbols: readonly string[], cuts: readonly SymbolCut[], mark: string): Note[] {
  return [...new Set(cuts.map(({ sym }) => sym))].map((sym) => {
    const own = cuts.filter((cut) => cut.sym === sym);
    const symbol = symbols[sym]!;
    const parts = Array.from({ length: own.length + 1 }, (_, i) => `${symbol}${mark}${i + 1}`);
    const told = own.every(({ told }) => told);
    return reusedName(symbol, parts, own, told);
  });
}
