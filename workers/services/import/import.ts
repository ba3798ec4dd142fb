import { LabError } from '../../../src/domain/errors.ts';
import { sha256Hex } from '../../../src/domain/digest.ts';
import type { Note } from '../../../src/domain/strategies/strategy.ts';
import { type FileRole, type FileSummary, type InputFile, fileRoles } from '../../../src/protocol/lab.ts';
import { importSql } from '../../../src/sql/catalogue.ts';
import { literal, setVariables, withIdentifiers } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { findDateFormat } from './dates.ts';
import { type Field, type Layout, layoutOf, macroName, roleOf, stemOf } from './fields.ts';
import { type RawFile, openFile } from './read.ts';

/** What importing leaves in the engine: tables imported_bars, attention, macro, universe; and this. */
export interface Imported {
  readonly files: readonly FileSummary[];
  readonly symbols: readonly string[];
  readonly attention: 'daily' | 'weekly' | null;
  readonly notes: readonly Note[];
}

interface Opened {
  readonly input: InputFile;
  readonly bytes: Uint8Array;
  readonly role: FileRole;
  readonly raw: RawFile;
}

interface Source extends Opened {
  readonly layout: Layout;
}

/**
 * Reads files into tables named next_…, checks them, and only then puts them in place of the dataset before,
 * so that a failure leaves nothing half-imported.
 */
export class Importer {
  readonly #summaries: FileSummary[] = [];
  readonly #notes: Note[] = [];
  readonly #places: ((record: number) => number)[] = [];
  #symbols: string[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly signal?: AbortSignal,
  ) {}

  async import(files: readonly InputFile[], onFile: (name: string, index: number) => void): Promise<Imported> {
    this.engine.run(importSql.macros);
    this.engine.run(freshTables);
    try {
      const opened = await Promise.all(files.map(open));
      // Bars first: the other files are matched to their symbols.
      opened.sort((a, b) => fileRoles.indexOf(a.role) - fileRoles.indexOf(b.role));
      for (const [index, file] of opened.entries()) {
        onFile(file.input.name, index);
        await this.#importFile(file, index);
      }
      const result = await this.#check();
      this.engine.run(await this.#replaceDataset(result));
      return result;
    } finally {
      this.engine.run(dropTables);
    }
  }

  async #importFile(file: Opened, index: number): Promise<void> {
    const { input, bytes, role, raw } = file;
    if (role !== 'bars') await this.#knowSymbols();
    const source: Source = { ...file, layout: layoutOf(role, input.name, raw.columns, this.#symbols) };
    await raw.load(this.engine, this.signal);
    this.#places[index] = raw.placeOf;
    await this.#stage(source);
    const rows = await this.#parse(source, index);
    if (rows === 0) {
      throw new LabError({
        kind: 'import',
        problem: 'There are no rows of data.',
        remedy: 'Choose a file with data below its header.',
        place: { file: input.name },
      });
    }
    this.#summaries[index] = {
      name: input.name,
      role,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      rows,
      mapping: mappingOf(source),
    };
  }

  /** `raw` to `staged`: the role's fields by name, as text. */
  async #stage({ input, role, raw, layout }: Source): Promise<void> {
    const { fields, wide } = layout;
    const stem = role === 'attention' ? this.#symbolOf(stemOf(input.name)) : stemOf(input.name);
    const column = (field: Field): string => (fields[field] === undefined ? 'NULL::VARCHAR' : `c${fields[field]}`);
    const name = fields.symbol === undefined ? literal(stem) : column('symbol');
    const selects: Record<FileRole, () => string> = {
      bars: () => `SELECT record, ${name} AS symbol, ${column('date')} AS date, ${column('open')} AS open,
        ${column('high')} AS high, ${column('low')} AS low,
        ${fields.close === undefined ? column('adjusted') : column('close')} AS close,
        ${column('adjusted')} AS adjusted, ${column('volume')} AS volume FROM raw`,
      universe: () => `SELECT record, ${name} AS symbol, ${column('from')} AS "from", ${column('to')} AS "to",
        ${column('delisting_return')} AS delisting_return, ${column('from')} AS date FROM raw`,
      attention: () => this.#seriesSelect(raw, layout, name, wide),
      macro: () => this.#seriesSelect(raw, layout, name, wide),
    };
    await this.engine.query(`CREATE OR REPLACE TABLE staged AS ${selects[role]()}`, this.signal);
    const numbers = ['open', 'high', 'low', 'close', 'value'].flatMap((field) => (fields[field as Field] === undefined ? [] : [`c${fields[field as Field]}`]));
    this.engine.run(
      setVariables({
        date_format: await findDateFormat(this.engine, input.name, input.dateOrder, this.signal),
        decimal_comma: await this.#hasDecimalComma(raw, [...numbers, ...wide.map((i) => `c${i}`)]),
        adjust: fields.adjusted !== undefined && fields.close !== undefined,
        not_negative: role === 'attention',
      }),
    );
  }

  #seriesSelect(raw: RawFile, { fields }: Layout, name: string, wide: readonly number[]): string {
    const available = fields.available === undefined ? 'NULL::VARCHAR' : `c${fields.available}`;
    const select = (symbol: string, value: string): string =>
      `SELECT record, ${symbol} AS symbol, c${fields.date} AS date, ${available} AS available, ${value} AS value FROM raw`;
    if (wide.length === 0) return select(name, `c${fields.value}`);
    return wide.map((i) => select(literal((raw.columns[i] ?? '').trim()), `c${i}`)).join(' UNION ALL ');
  }

  /** A file of attention without a symbol column is its symbol's by name (AAPL-trends.csv), or the only symbol's. */
  #symbolOf(stem: string): string {
    const named = this.#symbols.find((symbol) => stem === symbol || (stem.startsWith(symbol) && /^[^a-z0-9]/i.test(stem.slice(symbol.length))));
    return named ?? (this.#symbols.length === 1 ? this.#symbols[0] : undefined) ?? stem;
  }

  /** 1.234,50: only where commas do not separate columns, and some number ends in a comma and digits. */
  async #hasDecimalComma(raw: RawFile, columns: readonly string[]): Promise<boolean> {
    if (raw.delimiter === ',' || raw.delimiter === null || columns.length === 0) return false;
    const any = (pattern: string): string => columns.map((column) => `regexp_matches(${column}, ${literal(pattern)})`).join(' OR ');
    const table = await this.engine.query(
      `SELECT coalesce(bool_or(${any(',[0-9]+\\s*$')}), false) AND NOT coalesce(bool_or(${any('[0-9][.][0-9]+\\s*$')}), false) AS yes FROM raw`,
      this.signal,
    );
    return (table.getChild('yes')?.get(0) as boolean | null) ?? false;
  }

  /** `staged` to typed rows in next_…; throws at the first row that cannot stand. Returns the rows kept. */
  async #parse(source: Source, index: number): Promise<number> {
    const { role, input } = source;
    const queries = {
      bars: [importSql.bars, importSql.barsFaults],
      attention: [importSql.series, importSql.seriesFaults],
      macro: [importSql.series, importSql.seriesFaults],
      universe: [importSql.universe, importSql.universeFaults],
    } as const;
    const [parse, faults] = queries[role];
    await this.engine.query(`CREATE OR REPLACE TABLE parsed AS ${parse}`, this.signal);
    const fault = await this.#first<{ record: number; field: string; problem: string; value: string | null }>(
      withIdentifiers(faults, { parsed: 'parsed' }),
    );
    if (fault !== undefined) {
      throw new LabError({
        kind: 'import',
        problem: fault.problem,
        remedy: 'Correct the cell, or remove the row.',
        place: { file: input.name, line: source.raw.placeOf(fault.record), column: columnName(source, fault.field), value: fault.value ?? '' },
      });
    }
    const counted = await this.#first<{ kept: bigint; empty: bigint }>(
      'SELECT count(*) FILTER (NOT is_empty) AS kept, count(*) FILTER (is_empty) AS empty FROM parsed',
    );
    if (counted !== undefined && counted.empty > 0n && role === 'bars') {
      this.#notes.push({ level: 'info', text: `${input.name}: ${counted.empty} row${counted.empty === 1n ? '' : 's'} without prices left out.` });
    }
    if (source.layout.fields.adjusted !== undefined && source.layout.fields.close !== undefined && role === 'bars') {
      this.#notes.push({
        level: 'info',
        text: `${input.name}: prices are scaled to “${source.raw.columns[source.layout.fields.adjusted]}”; volume is as given.`,
      });
    }
    await this.engine.query(
      `INSERT INTO next_${role} BY NAME SELECT ${index} AS file, * EXCLUDE (is_empty) FROM parsed WHERE NOT is_empty`,
      this.signal,
    );
    return Number(counted?.kept ?? 0n);
  }

  async #knowSymbols(): Promise<void> {
    const table = await this.engine.query('SELECT DISTINCT symbol FROM next_bars', this.signal);
    this.#symbols = table.toArray().map((row) => String((row.toJSON() as { symbol: unknown }).symbol)).sort();
  }

  /** What only shows across files. */
  async #check(): Promise<Imported> {
    await this.#knowSymbols();
    if (this.#symbols.length === 0) {
      throw new LabError({ kind: 'import', problem: 'There are no bars among these files.', remedy: 'Add a file with date, open, high, low and close.' });
    }
    await this.#refuseRepeats(importSql.barsRepeats, 'bar', 'Keep one bar per symbol and date; intraday bars are not supported.');
    for (const role of ['attention', 'macro'] as const) {
      await this.#refuseRepeats(withIdentifiers(importSql.seriesRepeats, { series: `next_${role}` }), 'value', 'Keep one value per date.');
    }
    const disorder = await this.#first<{ file: number; record: number; symbol: string }>(importSql.macroDisorder);
    if (disorder !== undefined) {
      throw new LabError({
        kind: 'import',
        problem: `This value of ${disorder.symbol} became available before the one dated earlier.`,
        remedy: 'Values of a series must become available in the order of their dates.',
        place: this.#place(disorder),
      });
    }
    await this.#noteStrangers();
    await this.#noteCopiedOpens();
    return { files: this.#summaries, symbols: this.#symbols, attention: await this.#attentionPeriod(), notes: this.#notes };
  }

  async #refuseRepeats(sql: string, what: string, remedy: string): Promise<void> {
    const table = await this.engine.query(sql, this.signal);
    const second = table.get(1)?.toJSON() as { file: number; record: number; symbol: string; day: number } | undefined;
    if (second === undefined) return;
    const date = new Date(second.day * 86_400_000).toISOString().slice(0, 10);
    throw new LabError({
      kind: 'import',
      problem: `${second.symbol} has a second ${what} on ${date}.`,
      remedy,
      place: this.#place(second),
    });
  }

  #place({ file, record }: { file: number; record: number }): { file: string | undefined; line: number | undefined } {
    return { file: this.#summaries[file]?.name, line: this.#places[file]?.(record) };
  }

  /** Series of other names than the study knows are kept out, and said. */
  async #noteStrangers(): Promise<void> {
    const known = new Set(this.#symbols);
    for (const role of ['attention', 'universe'] as const) {
      const strangers = (await this.#names(role)).filter((name) => !known.has(name));
      if (strangers.length > 0) {
        this.#notes.push({ level: 'warning', text: `No bars for ${shortList(strangers)}, named in the ${role} data: not used.` });
      }
    }
    const unknown = (await this.#names('macro')).filter((name) => macroName(name) === undefined);
    if (unknown.length > 0) {
      this.#notes.push({ level: 'warning', text: `Macro series ${shortList(unknown)} not used: VIX, INDEX and OIL are known.` });
    }
  }

  /** Old index histories repeat the close before as the open: a fill there is not a fill at an open. */
  async #noteCopiedOpens(): Promise<void> {
    const counted = await this.#first<{ copied: bigint; bars: bigint }>(importSql.copiedOpens);
    if (counted === undefined || Number(counted.copied) < 0.05 * Number(counted.bars)) return;
    this.#notes.push({
      level: 'warning',
      text: `${counted.copied} of ${counted.bars} bars open exactly at the close before: their opens look made up, and a fill there is in truth a fill at the signal’s close.`,
    });
  }

  async #names(role: 'attention' | 'macro' | 'universe'): Promise<string[]> {
    const table = await this.engine.query(`SELECT DISTINCT symbol FROM next_${role}`, this.signal);
    return table.toArray().map((row) => String((row.toJSON() as { symbol: unknown }).symbol)).sort();
  }

  async #attentionPeriod(): Promise<'daily' | 'weekly' | null> {
    if ((await this.#names('attention')).length === 0) return null;
    const gap = (await this.#first<{ gap: number | null }>(importSql.attentionGaps))?.gap ?? null;
    if (gap !== null && gap >= 28) {
      throw new LabError({
        kind: 'import',
        problem: `Attention values stand at least ${gap} days apart.`,
        remedy: 'Give daily or weekly attention: monthly values are too coarse for these signals.',
      });
    }
    return gap !== null && gap >= 7 ? 'weekly' : 'daily';
  }

  /** The statements that put next_… in place, with symbols numbered in code-unit order. */
  async #replaceDataset({ attention }: Imported): Promise<string> {
    const wait = attention === 'weekly' ? 7 : 1;
    const names = this.#symbols.map((symbol, i) => `(${i}, ${literal(symbol)})`).join(', ');
    const macro = (await this.#names('macro')).flatMap((name) => {
      const series = macroName(name);
      return series === undefined ? [] : [`(${literal(name)}, ${literal(series)})`];
    });
    return `
      CREATE OR REPLACE TABLE symbols AS SELECT sym::INTEGER AS sym, symbol FROM (VALUES ${names}) AS t(sym, symbol);
      CREATE OR REPLACE TABLE imported_bars AS
        SELECT sym, day, open, high, low, close, volume FROM next_bars JOIN symbols USING (symbol) ORDER BY sym, day;
      CREATE OR REPLACE TABLE attention AS
        SELECT sym, day, (day + ${wait})::INTEGER AS known_day, value FROM next_attention JOIN symbols USING (symbol) ORDER BY sym, day;
      CREATE OR REPLACE TABLE macro AS
        SELECT series, day, available_day, value
        FROM next_macro JOIN (VALUES ${macro.length > 0 ? macro.join(', ') : "('', '')"}) AS n(symbol, series) USING (symbol)
        ORDER BY series, day, available_day;
      CREATE OR REPLACE TABLE universe AS
        SELECT sym, from_day, to_day, delisting_return FROM next_universe JOIN symbols USING (symbol) ORDER BY sym, from_day;
    `;
  }

  async #first<T>(sql: string): Promise<T | undefined> {
    return (await this.engine.query(sql, this.signal)).get(0)?.toJSON() as T | undefined;
  }
}

const freshTables = `
  CREATE OR REPLACE TABLE next_bars (file INTEGER, record INTEGER, symbol VARCHAR, day INTEGER,
    open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE);
  CREATE OR REPLACE TABLE next_attention (file INTEGER, record INTEGER, symbol VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE);
  CREATE OR REPLACE TABLE next_macro (file INTEGER, record INTEGER, symbol VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE);
  CREATE OR REPLACE TABLE next_universe (file INTEGER, record INTEGER, symbol VARCHAR, from_day INTEGER, to_day INTEGER, delisting_return DOUBLE);
`;

const dropTables = `
  DROP TABLE IF EXISTS raw; DROP TABLE IF EXISTS staged; DROP TABLE IF EXISTS parsed; DROP TABLE IF EXISTS next_bars;
  DROP TABLE IF EXISTS next_attention; DROP TABLE IF EXISTS next_macro; DROP TABLE IF EXISTS next_universe;
`;

async function open(input: InputFile): Promise<Opened> {
  const bytes = new Uint8Array(await input.content.arrayBuffer());
  const raw = await openFile(input.name, bytes);
  return { input, bytes, raw, role: input.role ?? roleOf(input.name, raw.columns) };
}

function mappingOf({ raw, layout }: Source): { column: string; field: string }[] {
  const named = Object.entries(layout.fields).map(([field, i]) => ({ column: raw.columns[i] ?? '', field }));
  return [...named, ...layout.wide.map((i) => ({ column: raw.columns[i] ?? '', field: 'value' }))];
}

function columnName({ raw, layout }: Source, field: string): string {
  const at = layout.fields[field as Field];
  return (at === undefined ? undefined : raw.columns[at]) ?? field;
}

function shortList(names: readonly string[]): string {
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

