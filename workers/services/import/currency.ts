import { LabError } from '../../../src/domain/errors.ts';
import type { Note } from '../../../src/domain/note.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading } from '../../../src/sql/query.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { shortList } from '../../../src/present/words.ts';
import { type CellSource, errorAt } from './cells.ts';
import type { Checked } from './checks.ts';
import { convertPrices } from './conversion.ts';
import { currencyCode } from './pairs.ts';

/** The currency of each symbol that has one in the files. */
export type Currencies = ReadonlyMap<string, string>;

/** Reads the currency columns of bars, universe and instruments; throws where a text is none or a symbol has two. */
export async function findCurrencies(
  engine: Engine,
  sources: readonly CellSource[],
  signal?: AbortSignal,
): Promise<Currencies> {
  const found = new Map<string, string>();
  if (sources.every(({ layout }) => layout.fields.currency === undefined)) return found;
  const cells = await ask(engine, importSql.currencies, {}, signal);
  for (const { symbol, currency, row } of cells) {
    const code = currencyCode(currency);
    const before = found.get(symbol);
    if (code !== undefined && (before ?? code) === code) {
      found.set(symbol, code);
      continue;
    }
    throw await errorAt(engine, sources, { row, field: 'currency' }, () =>
      code === undefined
        ? { problem: 'This is not a currency.', remedy: 'Write its three letters, such as USD.' }
        : {
            problem: `${symbol} is in ${before} above.`,
            remedy: 'Give each symbol one currency, and two listings two names.',
          },
    );
  }
  return found;
}

/**
 * Leaves all prices of next_bars in one currency, the one returned; null where no file names any. Throws where
 * there are several and the macro values hold no rates between them.
 */
export async function settleCurrency(
  context: Checked,
  symbols: readonly string[],
  currencies: Currencies,
): Promise<{ currency: string | null; notes: Note[] }> {
  const { engine, signal } = context;
  const counts = new Map<string, number>();
  for (const symbol of symbols) {
    const code = currencies.get(symbol);
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const used = [...counts.keys()].sort();
  const without = symbols.filter((symbol) => !currencies.has(symbol));
  const [only] = used;
  if (only === undefined) return { currency: null, notes: [] };
  if (used.length === 1) {
    const text = `No currency for ${shortList(without)}: taken for ${only}, as the others are.`;
    return { currency: only, notes: without.length > 0 ? [{ level: 'warning', text }] : [] };
  }
  const series = await ask(engine, macroSeries, {}, signal);
  const base = baseOf(counts, new Set(series.map((row) => row.series)), without);
  const foreign = symbols.flatMap((symbol, sym) => {
    const code = currencies.get(symbol);
    return code === undefined || code === base ? [] : [{ sym, pair: code + base }];
  });
  await convertPrices(context, symbols, foreign);
  const others = used
    .filter((code) => code !== base)
    .map((code) => `${code} (${counts.get(code)} symbol${counts.get(code) === 1 ? '' : 's'})`);
  const text = `Prices in ${others.join(', ')} are converted to ${base}, each bar at the newest rate dated before it; volume is as given.`;
  return { currency: base, notes: [{ level: 'info', text }] };
}

const macroSeries = reading('SELECT DISTINCT series FROM next_macro', { series: 'text' });

/** The currency to which a rate leads from every other; of several the most frequent one. */
function baseOf(
  counts: ReadonlyMap<string, number>,
  series: ReadonlySet<string>,
  without: readonly string[],
): string {
  const used = [...counts.keys()].sort();
  const [often = '', ...rest] = used.toSorted((a, b) => counts.get(b)! - counts.get(a)!);
  const leadsTo = (base: string): boolean =>
    used.every((code) => code === base || series.has(code + base));
  const base = [often, ...rest].find(leadsTo);
  if (base !== undefined && without.length === 0) return base;
  const listed = used.map((code) => `${code} (${counts.get(code)})`).join(', ');
  const missing = without.length > 0 ? `, and ${shortList(without)} have none` : '';
  const example = rest[0] ?? '';
  throw new LabError({
    kind: 'import',
    problem: `The symbols’ prices are in several currencies: ${listed}${missing}.`,
    remedy:
      without.length > 0
        ? 'Give every symbol its currency, or import one currency at a time.'
        : `Add daily rates to the macro data, as series such as ${example}${often} (the price of 1 ${example} in ${often}), or import one currency at a time.`,
  });
}
