import type { Note } from '../../../src/domain/note.ts';
import { volumeIsZero } from '../../../src/present/notes/dataset.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { ask, keep } from '../ask.ts';
import { type Split, findBreaks, splitNotes, splitsAmong } from './breaks.ts';
import { type Checked, refuseRegrouping } from './checks.ts';
import { type Currencies, settleCurrency } from './currency.ts';
import { splitReused } from './reuse.ts';

/** What the checked tables still need together: one currency, one company per symbol, volume where there is any. */
export async function settle(
  context: Checked,
  names: readonly string[],
  currencies: Currencies,
): Promise<{
  symbols: readonly string[];
  currency: string | null;
  splits: readonly Split[];
  /** The bars stand as they did. */
  isUnchanged: boolean;
  notes: readonly Note[];
}> {
  const { engine, sources, at, signal } = context;
  const { currency, notes } = await settleCurrency(context, names, currencies);
  // The study's own series stay; rates have done their work.
  if (currencies.size > 0)
    await engine.query(
      `DELETE FROM next_macro WHERE series NOT IN ('VIX', 'INDEX', 'OIL')`,
      signal,
    );
  const breaks = await findBreaks(engine, signal);
  const split = await splitReused(engine, names, breaks, at, signal);
  if (sources.some(({ role }) => role === 'universe')) {
    await refuseRegrouping(context);
    await keep(engine, 'next_universe', importSql.universeKept, {}, signal);
  }
  if (sources.some(({ role }) => role === 'instruments'))
    await keep(engine, 'next_instruments', importSql.instrumentsKept, {}, signal);
  const splits = splitsAmong(breaks);
  const volumeless = await withoutVolume(context, split.symbols);
  return {
    symbols: split.symbols,
    currency,
    splits,
    isUnchanged: split.symbols === names && volumeless.length === 0,
    notes: [...notes, ...split.notes, ...splitNotes(names, splits), ...volumeless],
  };
}

/** Volume that is 0 on every bar of a symbol is none. */
async function withoutVolume(
  { engine, signal }: Checked,
  symbols: readonly string[],
): Promise<Note[]> {
  const empty = (await ask(engine, importSql.volumeless, {}, signal)).map(({ sym }) => sym);
  if (empty.length === 0) return [];
  await engine.query(
    `UPDATE next_bars SET volume = NULL WHERE sym IN (${empty.join(', ')})`,
    signal,
  );
  return [volumeIsZero(empty.map((sym) => symbols[sym]!))];
}
