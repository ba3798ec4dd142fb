import { LabError } from '../../../src/domain/errors.ts';
import type { Note } from '../../../src/domain/note.ts';
import { type Reading, saidOf } from '../../../src/domain/reading.ts';
import type { QualityFinding, SymbolQuality } from '../../../src/domain/quality.ts';
import type { Market } from '../../../src/domain/market.ts';
import type { BarClock } from '../../../src/domain/time/bar-clock.ts';
import type { Day } from '../../../src/domain/units.ts';
import {
  type TableRole,
  type FileSummary,
  type InputFile,
  tableRoles,
} from '../../../src/wire/lab.ts';
import { importMacros, importSql } from '../../../src/sql/import/catalogue.ts';
import type { Nothing, Query } from '../../../src/sql/query.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import { ask, keep } from '../ask.ts';
import { roomIn, withRoomFor } from '../room.ts';
import { apartNotes, besideNotes, shiftNotes } from './beside.ts';
import { type CellSource, addFile, hasAdjusted, isAdjusting } from './cells.ts';
import {
  type Checked,
  attentionPeriods,
  countRows,
  refuseContradictions,
  refuseDisorder,
  refuseEmpty,
  refuseNumbered,
  refuseOverlaps,
  refuseRepeats,
  refuseSecondEvents,
  refuseUnseen,
} from './checks.ts';
import { linkForward } from './events.ts';
import { findFaults, leaveOutEarly, leaveOutFaults, refuseFaults } from './faults.ts';
import { type Largest, largestOf, putLargest } from './largest.ts';
import { findCurrencies } from './currency.ts';
import { numberNames } from './names.ts';
import { type PlainBars, readPlainBars } from './plain-bars.ts';
import {
  type Opened,
  addSource,
  foundOf,
  isDated,
  isNoData,
  openInput,
  rolePlaced,
  symbolsOf,
} from './sources.ts';
import { filesLeftOut, findingsInTable, mixedPeriods } from '../../../src/present/notes/dataset.ts';
import { fileNotes, oddityNotes, strangerNotes, tickNotes } from './notes.ts';
import {
  type Found,
  type Screened,
  closedFindings,
  dropRepeats,
  findOddities,
  located,
  screen,
  slipFindings,
  splitFindings,
  symbolQuality,
} from './quality.ts';
import { settle } from './settle.ts';
import type { Timing } from './time/timing.ts';
import { dateClocksOf } from './time/date-clocks.ts';
import { clockOfSymbols, refuseOverlappingBars, timeBars, timingNotes } from './time/careful.ts';
import { findStyles } from './styles.ts';
import { openBarsByEnds } from './text-lines.ts';

/** What importing leaves in the engine: tables symbols, imported_bars, attention, macro, universe, instruments, events; and
 * this. */
export interface Imported {
  readonly files: readonly FileSummary[];
  /** The bars, where they are at hand as columns. */
  readonly market: Market | null;
  /** See DatasetSummary. */
  readonly given: readonly number[];
  readonly symbols: readonly string[];
  readonly attention: 'daily' | 'weekly' | null;
  readonly currency: string | null;
  /** How the bars are timed; null where they are dated by days alone. */
  readonly clock: BarClock | null;
  readonly notes: readonly Note[];
  readonly findings: readonly QualityFinding[];
  readonly quality: readonly SymbolQuality[];
}

/**
 * The universe and instruments are kept last (settle.ts): faults are located by their rows until the symbols are final.
 * Events are once bars are linked.
 */
const keptSql: Partial<Record<TableRole, Query<Nothing, Nothing>>> = {
  bars: importSql.barsKept,
  attention: importSql.attentionKept,
  macro: importSql.macroKept,
};

/** A file and its place among those that were given. */
type GivenFile = readonly [given: number, file: InputFile];
type OnFile = (name: string, index: number) => void;

const isOfTable = ({ role }: InputFile): boolean => role !== 'detail';
const ofAll = (
  files: readonly InputFile[],
  wanted: (file: InputFile) => boolean,
): readonly GivenFile[] => [...files.entries()].filter(([, file]) => wanted(file));

interface OpenedRole extends Opened {
  readonly role: TableRole;
}

/**
 * Reads files as text, finds how each writes dates and numbers, types all of them in one pass into tables named
 * next_…, checks these, and only then puts them in place of the dataset before: a failure leaves nothing behind.
 */
export class Importer {
  constructor(
    private readonly engine: Engine,
    private readonly signal?: AbortSignal,
    /** What is tried before the careful path. */
    private readonly readPlain = readPlainBars,
    private readonly openByEnds = openBarsByEnds,
  ) {}

  /** Everything but finer bars. */
  import(files: readonly InputFile[], onFile: OnFile): Promise<Imported> {
    return this.#typed(ofAll(files, isOfTable), onFile, (imported) => {
      this.#replaceDataset();
      const leftOut = files.filter(isNoData).map(({ name }) => name);
      return leftOut.length === 0
        ? imported
        : { ...imported, notes: [filesLeftOut(leftOut), ...imported.notes] };
    });
  }

  /** The finer bars alone, in next_bars while `read` reads them: they are none of the tables that are left. */
  finer<T>(
    files: readonly InputFile[],
    onFile: OnFile,
    read: (imported: Imported) => Promise<T>,
  ): Promise<T> {
    return this.#typed(
      ofAll(files, (file) => !isOfTable(file)),
      onFile,
      read,
    );
  }

  async #typed<T>(
    files: readonly GivenFile[],
    tellFile: OnFile,
    finish: (imported: Imported) => T | Promise<T>,
  ): Promise<T> {
    const { engine } = this;
    const before = await roomIn(engine);
    engine.run(importMacros);
    engine.run(importSql.tables.text);
    let step = 'Memory ended as files were opened';
    const onFile: OnFile = (name, index) => {
      step = `Memory ended in “${name}”`;
      tellFile(name, index);
    };
    try {
      let opened = await this.#open(files, (input, given) =>
        this.openByEnds(input, given, this.signal),
      );
      const plain = await this.readPlain(opened, onFile, this.signal);
      if (plain === null && opened.some(({ lines }) => lines !== undefined))
        opened = await this.#open(files, () => Promise.resolve(null));
      const sources = await this.#addAll(opened, plain, onFile);
      if (sources.length > 1) step = `Memory ended as ${sources.length} files became one dataset`;
      const context = await this.#checked(sources, plain);
      const imported = await this.#type(opened, context, await leaveOutEarly(context));
      stopIfAborted(this.signal);
      return await finish(imported);
    } catch (error) {
      throw await withRoomFor(error, engine, step, before);
    } finally {
      engine.run(importSql.drop.text);
    }
  }

  /** Bars first: the other files are matched to their symbols. */
  async #open(
    files: readonly GivenFile[],
    byEnds: (input: InputFile, given: number) => Promise<Opened | null>,
  ): Promise<OpenedRole[]> {
    const opened: OpenedRole[] = [];
    for (const [given, input] of files) {
      if (isNoData(input)) continue;
      const one = (await byEnds(input, given)) ?? (await openInput(input, given, this.signal));
      opened.push({ ...one, role: await rolePlaced(one) });
    }
    return opened.sort((a, b) => tableRoles.indexOf(a.role) - tableRoles.indexOf(b.role));
  }

  async #addAll(
    opened: readonly OpenedRole[],
    plain: PlainBars | null,
    onFile: (name: string, index: number) => void,
  ): Promise<CellSource[]> {
    const { engine, signal } = this;
    const sources: CellSource[] = [];
    let symbols: ReadonlySet<string> | undefined;
    for (const [file, one] of opened.entries()) {
      const typed = plain?.sources[file];
      if (typed !== undefined) {
        addFile(engine, file, typed);
        sources.push(typed);
        continue;
      }
      onFile(one.input.name, file);
      if (one.role !== 'bars')
        symbols ??= plain === null ? await symbolsOf(engine, signal) : new Set(plain.symbols);
      sources.push(await addSource(engine, file, one, one.role, symbols ?? new Set(), signal));
    }
    return sources;
  }

  async #checked(sources: readonly CellSource[], plain: PlainBars | null): Promise<Checked> {
    const { engine, signal } = this;
    refuseEmpty(sources, await countRows({ engine, sources, signal }));
    if (sources.every(({ role }) => role !== 'bars')) {
      throw new LabError({
        kind: 'import',
        problem: 'There are no bars among these files.',
        remedy: 'Add a file with date, open, high, low and close.',
      });
    }
    await refuseUnseen({ engine, sources, signal });
    const styles = await findStyles(engine, sources, signal);
    return { engine, sources, styles, plain, at: 'day', signal };
  }

  /** From cells to typed, checked tables; anew where rows were left out, since a symbol may have had no others. */
  async #type(
    opened: readonly OpenedRole[],
    checked: Checked,
    leftOut: readonly Note[],
  ): Promise<Imported> {
    let context = checked;
    const { engine, sources, signal } = context;
    const counts = await countRows(context);
    refuseEmpty(sources, counts);
    const currencies = await findCurrencies(engine, sources, signal);
    const names = await numberNames(
      engine,
      new Set(currencies.values()),
      context.plain?.symbols ?? null,
      signal,
    );
    // As many symbols as rows: the question takes no time elsewhere.
    if (counts.some(({ kept }) => kept <= names.symbols.length))
      await refuseNumbered({ engine, sources, signal });
    const notes: Note[] = [];
    let timing: Timing | null = null;
    let attention: Imported['attention'] = null;
    const largest: Largest[] = [];
    const found: Found[] = [];
    const isScaled = sources.some(isAdjusting);
    let screened: readonly Screened[] = [];
    const roles = tableRoles.filter((one) => sources.some((source) => source.role === one));
    for (const role of roles) {
      if (role === 'bars' && context.plain !== null) {
        await context.plain.put(engine);
        ({ timing } = context.plain);
        if (timing !== null) context = { ...context, at: 'opens' };
        screened = await screen(context);
        notes.push(...(await oddityNotes(context, screened, names.symbols)));
        continue;
      }
      if (role === 'attention' || role === 'macro')
        await keep(engine, `next_${role}`, importSql.series, { role }, signal);
      else await keep(engine, `next_${role}`, importSql[role], {}, signal);
      await findFaults(context, role);
      const faulty = await leaveOutFaults(context);
      if (faulty.length > 0) return this.#type(opened, context, [...leftOut, ...faulty]);
      await refuseFaults(context);
      await contradictionsOf[role](context);
      if (role === 'bars') {
        timing = await timeBars(context);
        if (timing !== null) context = { ...context, at: 'opens' };
        found.push(...(await dropRepeats(context)));
        if (timing !== null) await refuseOverlappingBars(context);
        screened = await screen(context);
        notes.push(...(await oddityNotes(context, screened, names.symbols)));
      }
      if (role === 'instruments') notes.push(...(await tickNotes(context, names.symbols)));
      if (role === 'events') notes.push(...(await linkForward(context, names.symbols)));
      if (role === 'attention') {
        const periods = await attentionPeriods(context);
        attention = periods.has('weekly') ? 'weekly' : periods.has('daily') ? 'daily' : null;
        if (periods.size > 1) notes.push(mixedPeriods);
      }
    }
    found.push(...closedFindings(timing, names.symbols));
    found.push(...slipFindings(timing, names.symbols));
    found.push(...(await findOddities(context, screened, names.symbols)));
    for (const role of roles) {
      const kept = keptSql[role];
      if (role === 'bars' || role === 'attention')
        largest.push(...(await largestOf(context, role)));
      // What is not scaled is kept as it is, without a copy.
      if (role === 'bars' && context.plain !== null && !isScaled)
        engine.run(importSql.barsUnscaled.text);
      else if (kept !== undefined) await keep(engine, `next_${role}`, kept, {}, signal);
    }
    putLargest(engine, largest);
    const spans = await ask(engine, importSql.fileSpans, {}, signal);
    const settled = await settle(context, names.symbols, currencies);
    found.push(...(await splitFindings(context, settled.splits)));
    const findings = await located(context, found, names.symbols);
    const hashes = await Promise.all(opened.map(({ sha256 }) => sha256()));
    const files = opened.map(({ input, role, bytes }, file) => ({
      name: input.name,
      role,
      bytes,
      sha256: hashes[file]!,
      ...(input.address !== undefined && { address: input.address }),
      rows: counts[file]?.kept ?? 0,
      ...(sources[file]!.plain === undefined
        ? spanOf(spans[file]!)
        : { from: sources[file]!.plain.from, to: sources[file]!.plain.to }),
      ...(input.dateOrder && { dateOrder: input.dateOrder }),
      ...(isSaid(input) && { reading: saidOf(input) }),
      ...(hasAdjusted(sources[file]!) && { prices: input.prices ?? ('adjusted' as const) }),
      ...foundOf(
        sources[file]!,
        context.styles[file],
        timing?.files.get(file),
        isDated(role) ? input.zone : undefined,
      ),
    }));
    const { symbols, currency, isUnchanged } = settled;
    const given = opened.map((one) => one.given);
    return {
      files,
      market: isScaled || !isUnchanged ? null : (context.plain?.market ?? null),
      given,
      symbols,
      attention,
      currency,
      clock:
        timing === null ? null : clockOfSymbols(timing, symbols, dateClocksOf(timing, sources)),
      notes: [
        ...leftOut,
        ...fileNotes(context, counts, timing),
        ...(timing === null ? await shiftNotes(context) : timingNotes(timing, sources)),
        ...strangerNotes(names),
        ...notes,
        ...settled.notes,
        ...(await besideNotes(context)),
        ...apartNotes(screened, names.symbols),
        ...untold(findings),
      ],
      findings,
      quality: symbolQuality(screened, names.symbols),
    };
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

/** Findings that no note tells, in one. */
const untold = (findings: readonly QualityFinding[]): Note[] => {
  const left = findings.filter(
    ({ kind }) => kind !== 'outside' && kind !== 'split' && kind !== 'copied',
  );
  return left.length === 0 ? [] : [findingsInTable(left)];
};
/** What rows of one file must not say of each other. */
const contradictionsOf: Readonly<Record<TableRole, (context: Checked) => Promise<void>>> = {
  bars: () => Promise.resolve(), // dropRepeats
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

const isSaid = (input: Reading): boolean => Object.keys(saidOf(input)).length > 0;
