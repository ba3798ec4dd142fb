import type { TableRole } from '../../../src/wire/lab.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { macroName } from './fields.ts';
import { pairName } from './pairs.ts';
import { int32s, putTable, textVector } from './tables.ts';

/** The symbols of a dataset, and the names in its files that stand for none. */
export interface Names {
  /** In code-unit order: their place is their number. */
  readonly symbols: readonly string[];
  readonly strangers: (role: TableRole) => string[];
}

/**
 * Numbers the symbols (next_symbols) and says which symbol or macro series each name means (import_names). Rates
 * between `currencies` are series too. Bars that are typed already have no other symbols than theirs.
 */
export async function numberNames(
  engine: Engine,
  currencies: ReadonlySet<string>,
  typed: readonly string[] | null,
  signal?: AbortSignal,
): Promise<Names> {
  const found = await ask(engine, importSql.names, {}, signal);
  const labels = found.map(({ role, name }) => ({ role, name, label: name.trim() }));
  const of = (role: TableRole): string[] =>
    [...new Set(labels.filter((entry) => entry.role === role).map(({ label }) => label))].sort();
  const symbols = typed ?? of('bars');
  const numbers = new Map(symbols.map((symbol, sym) => [symbol, sym]));
  const seriesOf = (label: string): string | null => {
    const pair = pairName(label) ?? '';
    const isRate = currencies.has(pair.slice(0, 3)) && currencies.has(pair.slice(3));
    return macroName(label) ?? (isRate ? pair : null);
  };
  putTable(engine, 'import_names', {
    role: textVector(labels.map(({ role }) => role)),
    name: textVector(labels.map(({ name }) => name)),
    sym: int32s(
      labels.map(({ role, label }) => (role === 'macro' ? null : (numbers.get(label) ?? null))),
    ),
    series: textVector(
      labels.map(({ role, label }) => (role === 'macro' ? seriesOf(label) : null)),
    ),
  });
  putSymbols(engine, symbols);
  return {
    symbols,
    strangers: (role) =>
      of(role).filter((label) =>
        role === 'macro' ? seriesOf(label) === null : !numbers.has(label),
      ),
  };
}

/** next_symbols: a symbol's number is its place. */
export function putSymbols(engine: Engine, symbols: readonly string[]): void {
  putTable(engine, 'next_symbols', {
    sym: int32s(symbols.map((_, sym) => sym)),
    symbol: textVector(symbols),
  });
}
