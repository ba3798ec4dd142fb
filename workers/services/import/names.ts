import { Int32, Table, Utf8, type Vector, tableToIPC, vectorFromArray } from 'apache-arrow';
import type { FileRole } from '../../../src/protocol/lab.ts';
import { importSql } from '../../../src/sql/catalogue.ts';
import type { Engine } from '../../engines/engine.ts';
import { rows } from '../columns.ts';
import { macroName } from './fields.ts';

/** The symbols of a dataset, and the names in its files that stand for none. */
export interface Names {
  /** In code-unit order: their place is their number. */
  readonly symbols: readonly string[];
  readonly strangers: (role: FileRole) => string[];
}

/** Numbers the symbols (next_symbols) and says which symbol or macro series each name means (import_names). */
export async function numberNames(engine: Engine, signal?: AbortSignal): Promise<Names> {
  const found = rows<{ role: FileRole; name: string }>(await engine.query(importSql.names, signal));
  const labels = found.map(({ role, name }) => ({ role, name, label: name.trim() }));
  const of = (role: FileRole): string[] =>
    [...new Set(labels.filter((entry) => entry.role === role).map(({ label }) => label))].sort();
  const symbols = of('bars');
  const numbers = new Map(symbols.map((symbol, sym) => [symbol, sym]));
  const text = (values: readonly (string | null)[]) => vectorFromArray(values, new Utf8());
  const int = (values: readonly (number | null)[]) => vectorFromArray(values, new Int32());
  const insert = (table: string, columns: Record<string, Vector>): void => {
    engine.run(`DROP TABLE IF EXISTS ${table}`);
    engine.insertArrow(table, tableToIPC(new Table(columns), 'stream'));
  };
  insert('import_names', {
    role: text(labels.map(({ role }) => role)),
    name: text(labels.map(({ name }) => name)),
    sym: int(
      labels.map(({ role, label }) => (role === 'macro' ? null : (numbers.get(label) ?? null))),
    ),
    series: text(
      labels.map(({ role, label }) => (role === 'macro' ? (macroName(label) ?? null) : null)),
    ),
  });
  insert('next_symbols', { sym: int(symbols.map((_, sym) => sym)), symbol: text(symbols) });
  return {
    symbols,
    strangers: (role) =>
      of(role).filter((label) =>
        role === 'macro' ? macroName(label) === undefined : !numbers.has(label),
      ),
  };
}
