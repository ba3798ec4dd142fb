import { detailOf } from '../../src/domain/detail.ts';
import { LabError } from '../../src/domain/errors.ts';
import { type TypedColumn, fingerprintOf } from '../../src/domain/digest.ts';
import type { FurtherTables } from '../../src/domain/link/evidence.ts';
import { type Market, rowsOf } from '../../src/domain/market.ts';
import { monthCoverage } from '../../src/domain/month-coverage.ts';
import type { Note } from '../../src/domain/note.ts';
import type { DateClocks } from '../../src/domain/time/bar-clock.ts';
import { type DateClock, dateBegins } from '../../src/domain/time/date-clock.ts';
import { splitsAt } from '../../src/domain/execution/contracts.ts';
import { linkedPrices } from '../../src/present/notes/events.ts';
import { noAttention, noVolume } from '../../src/present/notes/dataset.ts';
import { errorData } from '../../src/wire/errors.ts';
import type { DatasetSummary, InputFile } from '../../src/wire/lab.ts';
import { reading } from '../../src/sql/query.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';
import { readBars } from './bars.ts';
import { finerColumns, readFiner, withFiner } from './finer.ts';
import type { Frame } from './frame.ts';
import { float64, int32, texts } from './columns.ts';
import { type Imported, Importer } from './import/import.ts';
import { coverageOf, distributionsOf } from './import/shape.ts';
import { withHours } from './session-times.ts';
import { type Terms, readTerms, withContracts } from './contracts.ts';
import { type Spells, listingNotes, listingsOf, readSpells } from './listings.ts';
import { openSha256 } from './sha256.ts';

/** An imported dataset: what the page is told, and the bars that simulations run over. */
export interface Dataset {
  readonly summary: DatasetSummary;
  readonly market: Market;
  /** What bars the market has; those of the data where it is not given. */
  readonly frame?: Frame;
  /** The bars of the data, where the market's are made of them. */
  readonly given?: Market;
  /** Finer bars that files gave beside those of the data. */
  readonly finer?: Market;
}

export async function importDataset(
  engine: Engine,
  files: readonly InputFile[],
  onFile: (name: string, index: number) => void,
  signal?: AbortSignal,
): Promise<Dataset> {
  const importer = new Importer(engine, signal);
  const detail = await readFiner(files, importer, engine, onFile);
  const imported = await importer.import(files, onFile);
  try {
    return await swapped(engine, imported, detail);
  } catch (error) {
    // The tables are the new dataset's already, the bars in memory are not: another engine must take this one's place.
    throw new LabError({ ...errorData(error), code: 'spent' });
  }
}

/** The dataset whose tables have just taken the place of those before. */
async function swapped(
  engine: Engine,
  imported: Imported,
  detail: Awaited<ReturnType<typeof readFiner>>,
): Promise<Dataset> {
  const spells = await readSpells(engine);
  const terms = await readTerms(engine);
  const read = imported.market ?? (await readBars(engine, imported.symbols));
  const bars = withContracts(read, terms);
  const listed = spells.sym.length === 0 ? bars : { ...bars, listings: listingsOf(bars, spells) };
  const timed = withHours(listed, imported.clock ?? undefined, engine);
  const columns = detail === null ? null : finerColumns(detail.market, imported.symbols);
  const beside = { spells, terms, detail: columns };
  const summary = await summarise(engine, imported, timed, beside);
  if (detail === null) return { market: timed, summary };
  const market = { ...timed, detail: detailOf(timed, detail.market, false) };
  return { market, finer: detail.market, summary: withFiner(summary, detail, market) };
}

const macroSeries = reading('SELECT DISTINCT series FROM macro ORDER BY series', {
  series: 'text',
});

async function summarise(
  engine: Engine,
  imported: Imported,
  market: Market,
  beside: Beside,
): Promise<DatasetSummary> {
  const { spells } = beside;
  const { day, volume } = market;
  const symbols = market.symbols.map((symbol, s) => {
    const [first, end] = rowsOf(market, s);
    return { symbol, bars: end - first, from: day[first] ?? 0, to: day[end - 1] ?? 0 };
  });
  const macro = await ask(engine, macroSeries, {});
  const from = Math.min(...symbols.map((one) => one.from));
  const to = Math.max(...symbols.map((one) => one.to));
  const further = await furtherTables(engine, { ...beside, dates: imported.clock?.dates });
  const months = imported.clock === null ? null : monthCoverage(market, imported.clock);
  return {
    fingerprint: fingerprintOf(market, further, await openSha256()),
    files: imported.files,
    given: imported.given,
    symbols,
    bars: day.length,
    from,
    to,
    ...(imported.clock !== null && { clock: imported.clock }),
    quality: {
      symbols: imported.quality,
      findings: imported.findings,
      coverage: coverageOf(market, from, to),
      ...(months !== null && { months }),
      distributions: distributionsOf(market),
    },
    facts: {
      hasVolume: volume.some((v) => !Number.isNaN(v)),
      attention: imported.attention,
      macro: macro.map(({ series }) => series),
      hasUniverse: spells.sym.length > 0,
      symbols: market.symbols,
      currency: imported.currency,
    },
    notes: [
      ...imported.notes,
      ...volumeNotes(market),
      ...(await attentionNotes(engine, market)),
      ...listingNotes(market, spells),
      ...linkNotes(market, beside.terms),
    ],
  };
}

function volumeNotes(market: Market): Note[] {
  const without = market.symbols.filter((_, s) => {
    const [first, end] = rowsOf(market, s);
    return market.volume.subarray(first, end).every(Number.isNaN);
  });
  if (without.length === 0 || without.length === market.symbols.length) return [];
  return [noVolume(without)];
}

/** Symbols whose bars are not as printed, and by how many splits. */
function linkNotes(market: Market, { events }: Terms): Note[] {
  const linked = market.symbols.flatMap((symbol, s) => {
    const [first, end] = rowsOf(market, s);
    if (splitsAt(market, end - 1) === 1) return [];
    const from = market.day[first]!;
    const to = market.day[end - 1]!;
    const splits = events.sym.reduce((count, sym, i) => {
      const exDay = events.day[i]!;
      return count + Number(sym === s && exDay > from && exDay <= to && events.split[i]! > 0);
    }, 0);
    return [{ symbol, splits }];
  });
  return linked.length === 0 ? [] : [linkedPrices(linked)];
}

async function attentionNotes(engine: Engine, { symbols }: Market): Promise<Note[]> {
  const table = await engine.query('SELECT DISTINCT sym::INTEGER AS sym FROM attention');
  const known = new Set(int32(table, 'sym'));
  const without = symbols.filter((_, sym) => !known.has(sym));
  if (known.size === 0 || without.length === 0) return [];
  return [noAttention(without)];
}

/** What is imported beside the bars and read as columns. */
interface Beside {
  readonly spells: Spells;
  readonly terms: Terms;
  /** Finer bars, where files gave some. */
  readonly detail: readonly TypedColumn[] | null;
  /** By which values are dated, where that is not UTC and bars have times. */
  readonly dates?: DateClocks | undefined;
}

/** When dates begin on these clocks; no column where they are of UTC. */
const begins = (clock: DateClock | undefined, day: Int32Array): TypedColumn[] =>
  clock === undefined
    ? []
    : [
        {
          name: 'begins',
          type: 'float64',
          values: Float64Array.from(day, (one) => dateBegins(clock, one)),
        },
      ];

/** Everything imported beside the bars, in (symbol, date) order: what a fingerprint covers too. */
export async function furtherTables(
  engine: Engine,
  { spells, terms, dates, detail }: Beside,
): Promise<FurtherTables> {
  const attention = await engine.query(
    'SELECT sym::INTEGER AS sym, day, value FROM attention ORDER BY sym, day',
  );
  const macro = await engine.query(
    'SELECT series, day, available_day, value FROM macro ORDER BY series, day, available_day',
  );
  return {
    attention: [
      { name: 'sym', type: 'int32', values: int32(attention, 'sym') },
      { name: 'day', type: 'int32', values: int32(attention, 'day') },
      ...begins(dates?.attention, int32(attention, 'day')),
      { name: 'value', type: 'float64', values: float64(attention, 'value') },
    ],
    macro: [
      { name: 'series', type: 'text', values: texts(macro, 'series') },
      { name: 'day', type: 'int32', values: int32(macro, 'day') },
      { name: 'available_day', type: 'int32', values: int32(macro, 'available_day') },
      ...begins(dates?.macro, int32(macro, 'available_day')),
      { name: 'value', type: 'float64', values: float64(macro, 'value') },
    ],
    universe: [
      { name: 'sym', type: 'int32', values: spells.sym },
      { name: 'from_day', type: 'int32', values: spells.from },
      { name: 'to_day', type: 'int32', values: spells.to },
      { name: 'delisting_return', type: 'float64', values: spells.delistingReturn },
      { name: 'group', type: 'text', values: spells.group },
    ],
    ...termTables(terms),
    ...(detail !== null && { detail }),
  };
}

/** Without rows they are none: a dataset that never had such files keeps its fingerprint. */
function termTables({ instruments, events }: Terms): FurtherTables {
  return {
    ...(instruments.sym.length > 0 && {
      instruments: [
        { name: 'sym', type: 'int32', values: instruments.sym },
        { name: 'multiplier', type: 'float64', values: instruments.multiplier },
        { name: 'tick', type: 'float64', values: instruments.tick },
        { name: 'lot', type: 'float64', values: instruments.lot },
        { name: 'margin', type: 'float64', values: instruments.margin },
        { name: 'exchange', type: 'text', values: instruments.exchange },
      ],
    }),
    ...(events.sym.length > 0 && {
      events: [
        { name: 'sym', type: 'int32', values: events.sym },
        { name: 'day', type: 'int32', values: events.day },
        { name: 'dividend', type: 'float64', values: events.dividend },
        { name: 'split', type: 'float64', values: events.split },
      ],
    }),
  };
}
