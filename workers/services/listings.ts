import { type Listings, type Market, rowsOf } from '../../src/domain/market.ts';
import type { Note } from '../../src/domain/note.ts';
import { outlivedDelisting } from '../../src/present/notes/dataset.ts';
import type { Engine } from '../engines/engine.ts';
import { float64, int32, texts } from './columns.ts';
import type { Day, Days, Ratios } from '../../src/domain/units.ts';

/** The universe's spells as columns, in (symbol, from) order; an open end is 9999-12-31, no return NaN, no group ''. */
export interface Spells {
  readonly sym: Int32Array;
  readonly from: Days;
  readonly to: Days;
  readonly delistingReturn: Ratios;
  readonly group: readonly string[];
}

/** No day: of a symbol that is not delisted. */
export const never = 2_147_483_647;

export async function readSpells(engine: Engine): Promise<Spells> {
  const table = await engine.query(
    `SELECT sym, from_day, to_day, coalesce(delisting_return, 'NaN'::DOUBLE) AS delisting_return,
            coalesce(group_name, '') AS group_name
     FROM universe ORDER BY sym, from_day`,
  );
  return {
    sym: int32(table, 'sym'),
    from: int32(table, 'from_day'),
    to: int32(table, 'to_day'),
    delistingReturn: float64(table, 'delisting_return'),
    group: texts(table, 'group_name'),
  };
}

/**
 * A symbol is delisted where its last spell ends by the dataset's last session and no bar of it is dated after that
 * end. Leaving an index is none, since bars go on; nor is the end of data that were cut off before.
 */
export function listingsOf(market: Market, spells: Spells): Listings {
  const { symbols, day } = market;
  const delistedOn = new Int32Array(symbols.length).fill(never);
  const delistingReturn = new Float64Array(symbols.length).fill(Number.NaN);
  const group = new Int32Array(symbols.length).fill(-1);
  const groups = [...new Set(spells.group)].filter((name) => name !== '').sort();
  const last = day.reduce((latest, one) => Math.max(latest, one), -Infinity);
  for (let i = 0; i < spells.sym.length; i++) {
    const sym = spells.sym[i]!;
    if (spells.group[i] !== '') group[sym] = groups.indexOf(spells.group[i]!);
    if (spells.sym[i + 1] === sym) continue;
    const to = spells.to[i]!;
    const lastBar = lastBarOf(market, sym);
    if (to > last || lastBar > to) continue;
    delistedOn[sym] = Math.max(lastBar + 1, to);
    delistingReturn[sym] = spells.delistingReturn[i]!;
  }
  return { delistedOn, delistingReturn, group, groups };
}

/** Delisting returns that cannot be booked: the bars go on, or the spell has no end. */
export function listingNotes(market: Market, spells: Spells): Note[] {
  const outlived: { symbol: string; to: Day }[] = [];
  for (let i = 0; i < spells.sym.length; i++) {
    const to = spells.to[i]!;
    if (Number.isNaN(spells.delistingReturn[i]) || lastBarOf(market, spells.sym[i]!) <= to)
      continue;
    outlived.push({ symbol: market.symbols[spells.sym[i]!]!, to });
  }
  return outlived.length === 0 ? [] : [outlivedDelisting(outlived)];
}

const lastBarOf = (market: Market, sym: number): number =>
  market.day[rowsOf(market, sym)[1] - 1] ?? -Infinity;
