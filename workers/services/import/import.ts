import { sha256Hex } from '../../../src/domain/digest.ts';
import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import type { Note } from '../../../src/domain/note.ts';
import type { Day } from '../../../src/domain/units.ts';
import {
  type FileRole,
  type FileSummary,
  type InputFile,
  fileRoles,
} from '../../../src/wire/lab.ts';
import { importMacros, importSql } from '../../../src/sql/import/catalogue.ts';
import type { Nothing, Query } from '../../../src/sql/query.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import { ask, keep } from '../ask.ts';
import { type CellSource, addCells } from './cells.ts';
import {
  type Checked,
  attentionPeriods,
  refuseContradictions,
  refuseDisorder,
  refuseFaults,
  refuseNumbered,
  refuseOverlaps,
  refuseRepeats,
  refuseSecondEvents,
  refuseUnseen,
} from './checks.ts';
import { linkForward } from './events.ts';
import { type Largest, largestOf, putLargest } from './largest.ts';
import { findCurrencies } from './currency.ts';
import { layoutOf, roleOf } from './layout.ts';
import { numberNames } from './names.ts';
import { filesLeftOut, mixedPeriods } from '../../../src/present/notes/dataset.ts';
import { fileNotes, oddityNotes, strangerNotes, tickNotes } from './notes.ts';
import { isDataName, openFile, refuseAtSight, seenAtSight } from './open.ts';
import type { RawFile } from './raw-file.ts';
import { settle } from './settle.ts';
import { findStyles } from './styles.ts';

/** What importing leaves in the engine: tables symbols, imported_bars, attention, macro, universe, instruments, events; and
 * this. */
export interface Imported {
  readonly files: readonly FileSummary[];
  /** See DatasetSummary. */
  readonly given: readonly number[];
  readonly symbols: readonly string[];
  readonly attention: 'daily' | 'weekly' | null;
  readonly currency: string | null;
  readonly notes: readonly Note[];
}

/**
 * The universe and instruments are kept last (settle.ts): faults are located by their rows until the symbols are final.
 * Events are once bars are linked.
 */
const keptSql: Partial<Record<FileRole, Query<Nothing, Nothing>>> = {
  bars: importSql.barsKept,
  attention: importSql.attentionKept,
  macro: importSql.macroKept,
};

interface Opened {
  readonly input: InputFile;
  readonly given: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly role: FileRole;
  readonly raw: RawFile;
}

/**
 * Reads files as text, finds how each writes dates and numbers, types all of them in one pass into tables named
 * next_…, checks these, and only then puts them in place of the dataset before: a failure leaves nothing behind.
 */
export class Importer {
  constructor(
    private readonly engine: Engine,
    private readonly signal?: AbortSignal,
  ) {}

  async import(
    files: readonly InputFile[],
    onFile: (name: string, index: number) => void,
  ): Promise<Imported> {
    const { engine } = this;
    engine.run(importMacros);
    engine.run(importSql.tables.text);
    try {
      const opened: Opened[] = [];
      const leftOut: string[] = [];
      for (const [given, file] of files.entries()) {
        if (isNoData(file)) leftOut.push(file.name);
        else opened.push(await this.#open(file, given));
      }
      // Bars first: the other files are matched to their symbols.
      opened.sort((a, b) => fileRoles.indexOf(a.role) - fileRoles.indexOf(b.role));
      const sources = await this.#addAll(opened, onFile);
      const imported = await this.#type(opened, sources);
      stopIfAborted(this.signal);
      this.#replaceDataset();
      return leftOut.length === 0
        ? imported
        : { ...imported, notes: [filesLeftOut(leftOut), ...imported.notes] };
    } finally {
      engine.run(importSql.drop.text);
    }
  }

  async #open(input: InputFile, given: number): Promise<Opened> {
    stopIfAborted(this.signal);
    if (input.content.size > largestDataFile) {
      throw new LabError({
        kind: 'import',
        problem: 'This file is larger than 2 GB.',
        remedy: 'Split it.',
        place: { file: input.name },
      });
    }
    const beginning = await input.content.slice(0, seenAtSight).arrayBuffer();
    refuseAtSight(input.name, new Uint8Array(beginning));
    const bytes = new Uint8Array(await input.content.arrayBuffer());
    const raw = await openFile(input.name, bytes);
    return {
      input,
      given,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      role: input.role ?? roleOf(input.name, raw),
      raw,
    };
  }

  async #addAll(
    opened: readonly Opened[],
    onFile: (name: string, index: number) => void,
  ): Promise<CellSource[]> {
    const sources: CellSource[] = [];
    let symbols: ReadonlySet<string> | undefined;
    for (const [file, { input, given, role, raw }] of opened.entries()) {
      onFile(input.name, file);
      if (role !== 'bars')
        symbols ??= new Set((await numberNames(this.engine, new Set(), this.signal)).symbols);
      const source: CellSource = {
        input,
        given,
        role,
        raw,
        layout: layoutOf(role, input.name, raw, symbols ?? new Set()),
      };
      await addCells(this.engine, file, source, symbols ?? new Set(), this.signal);
      sources.push(source);
    }
    return sources;
  }

  /** From cells to typed, checked tables. */
  async #type(opened: readonly Opened[], sources: readonly CellSource[]): Promise<Imported> {
    const { engine, signal } = this;
    const counts = await ask(engine, importSql.rowCounts, {}, signal);
    refuseEmpty(sources, counts);
    if (sources.every(({ role }) => role !== 'bars')) {
      throw new LabError({
        kind: 'import',
        problem: 'There are no bars among these files.',
        remedy: 'Add a file with date, open, high, low and close.',
      });
    }
    await refuseUnseen({ engine, sources, signal });
    const currencies = await findCurrencies(engine, sources, signal);
    const names = await numberNames(engine, new Set(currencies.values()), signal);
    // As many symbols as rows: the question takes no time elsewhere.
    if (counts.some(({ kept }) => kept <= names.symbols.length))
      await refuseNumbered({ engine, sources, signal });
    const context: Checked = {
      engine,
      sources,
      signal,
      formats: await findStyles(engine, sources, signal),
    };
    const notes = [
      ...opened.flatMap(({ raw }) => raw.notes ?? []),
      ...fileNotes(context, counts),
      ...strangerNotes(names),
    ];
    let attention: Imported['attention'] = null;
    const largest: Largest[] = [];
    const roles = fileRoles.filter((one) => sources.some((source) => source.role === one));
    for (const role of roles) {
      if (role === 'attention' || role === 'macro')
        await keep(engine, `next_${role}`, importSql.series, { role }, signal);
      else await keep(engine, `next_${role}`, importSql[role], {}, signal);
      await refuseFaults(context, role);
      await contradictionsOf[role](context);
      if (role === 'bars') notes.push(...(await oddityNotes(context, names.symbols)));
      if (role === 'instruments') notes.push(...(await tickNotes(context, names.symbols)));
      if (role === 'events') notes.push(...(await linkForward(context, names.symbols)));
      if (role === 'attention') {
        const periods = await attentionPeriods(context);
        attention = periods.has('weekly') ? 'weekly' : periods.has('daily') ? 'daily' : null;
        if (periods.size > 1) notes.push(mixedPeriods);
      }
    }
    for (const role of roles) {
      const kept = keptSql[role];
      if (role === 'bars' || role === 'attention')
        largest.push(...(await largestOf(context, role)));
      if (kept !== undefined) await keep(engine, `next_${role}`, kept, {}, signal);
    }
    putLargest(engine, largest);
    const spans = await ask(engine, importSql.fileSpans, {}, signal);
    const settled = await settle(context, names.symbols, currencies);
    const files = opened.map(({ input, role, bytes, sha256 }, file) => ({
      name: input.name,
      role,
      bytes,
      sha256,
      rows: counts[file]?.kept ?? 0,
      ...spanOf(spans[file]!),
      ...(input.dateOrder && { dateOrder: input.dateOrder }),
      mapping: mappingOf(sources[file]!),
    }));
    const { symbols, currency } = settled;
    const given = opened.map((one) => one.given);
    return { files, given, symbols, attention, currency, notes: [...notes, ...settled.notes] };
  }

  #replaceDataset(): void {
    try {
      this.engine.run(importSql.replace.text);
    } catch (error) {
      this.engine.run('ROLLBACK');
      throw error;
    }
  }
}

/** What lay beside data in a folder or an archive. */
const isNoData = ({ name, found = false }: InputFile): boolean => found && !isDataName(name);

/** What rows of one file must not say of each other. */
const contradictionsOf: Readonly<Record<FileRole, (context: Checked) => Promise<void>>> = {
  bars: (context) => refuseRepeats(context, 'bars'),
  attention: (context) => refuseRepeats(context, 'attention'),
  macro: async (context) => {
    await refuseRepeats(context, 'macro');
    await refuseDisorder(context);
  },
  universe: refuseOverlaps,
  instruments: refuseContradictions,
  events: refuseSecondEvents,
};

const spanOf = ({
  first_day: from,
  last_day: to,
}: {
  readonly first_day: Day | null;
  readonly last_day: Day | null;
}): Pick<FileSummary, 'from' | 'to'> => (from === null || to === null ? {} : { from, to });

function refuseEmpty(sources: readonly CellSource[], counts: readonly { kept: number }[]): void {
  const file = counts.findIndex(({ kept }) => kept === 0);
  if (file < 0) return;
  throw new LabError({
    kind: 'import',
    problem: 'There are no rows of data.',
    remedy: 'Choose a file with data below its header.',
    place: { file: sources[file]!.input.name },
  });
}

function mappingOf({ raw, layout }: CellSource): { column: string; field: string }[] {
  const named = Object.entries(layout.fields).map(([field, i]) => ({
    column: raw.columns[i]!,
    field,
  }));
  return [...named, ...layout.wide.map((i) => ({ column: raw.columns[i]!, field: 'value' }))];
}
