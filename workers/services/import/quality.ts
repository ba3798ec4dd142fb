import type { QualityFinding, QualityKind, SymbolQuality } from '../../../src/domain/quality.ts';
import type { Day } from '../../../src/domain/units.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading, within } from '../../../src/sql/query.ts';
import { ask, keep } from '../ask.ts';
import type { Split } from './breaks.ts';
import { columnAt, placeInPlain, plainSourceOf } from './cells.ts';
import { type Checked, refuseRow, rowsOfBars } from './checks.ts';
import { bySymbol } from './cuts.ts';
import { pairName } from './pairs.ts';
import type { Timing } from './time/timing.ts';

/** What stands out, by row of import_cells. */
export interface Found extends Pick<QualityFinding, 'kind' | 'count' | 'ratio' | 'slip'> {
  readonly sym: number;
  readonly row: number;
  readonly field: string;
  /** Where it is a session's, and not what the row writes. */
  readonly day?: Day;
}

/** Leaves one of the rows of bars that stand twice; throws where two differ. */
export async function dropRepeats(context: Checked): Promise<Found[]> {
  const { engine, at, signal } = context;
  const [first] = await ask(engine, within(importSql.barsRepeats, { at }), {}, signal);
  if (first?.row == null) return [];
  await keep(engine, 'next_repeats', within(importSql.repeats, { at }), {}, signal);
  const repeats = await ask(engine, importSql.repeatsJudged, { at }, signal);
  const other = repeats.find((one) => one.is_same !== 1);
  if (other !== undefined)
    await refuseRow(
      context,
      reading(`SELECT ${other.row}::BIGINT AS row`, { row: 'bigint or null' }),
      (name, day) => ({
        problem: `${name} has a second bar ${at === 'day' ? `on ${day}` : 'at this time'}.`,
        remedy: `Keep one bar per symbol and ${at === 'day' ? 'date' : 'time'}.`,
      }),
    );
  await engine.query('DELETE FROM next_bars WHERE row IN (SELECT row FROM next_repeats)', signal);
  return counted(
    'duplicate',
    repeats.map(({ sym, row }) => ({ sym, row })),
  );
}

/** Bars while their exchange is closed. */
export function closedFindings(timing: Timing | null, symbols: readonly string[]): Found[] {
  const numbers = new Map(symbols.map((symbol, sym) => [symbol, sym]));
  const closed = timing?.closed ?? [];
  return counted(
    'closed',
    closed.map(({ symbol, row }) => ({ sym: numbers.get(symbol)!, row })),
  );
}

/** Sessions that lie an hour off the calendar's hours. */
export function slipFindings(timing: Timing | null, symbols: readonly string[]): Found[] {
  const numbers = new Map(symbols.map((symbol, sym) => [symbol, sym]));
  return (timing?.slips ?? []).map(({ symbol, hours, from, to, sessions, row }) => ({
    kind: 'slipped',
    day: from,
    sym: numbers.get(symbol)!,
    count: sessions,
    row,
    field: 'date',
    slip: { hours, to },
  }));
}

/** Rows as one finding for each symbol, at the first. */
function counted(
  kind: QualityKind,
  rows: readonly { readonly sym: number; readonly row: number }[],
): Found[] {
  return [...bySymbol(rows)].map(([sym, own]) => ({
    kind,
    sym,
    count: own.length,
    row: own.reduce((least, { row }) => Math.min(least, row), Infinity),
    field: 'date',
  }));
}

const screened = reading('SELECT * FROM next_quality ORDER BY sym', {
  sym: 'integer',
  bars: 'integer',
  first_day: 'integer',
  last_day: 'integer',
  followed: 'integer',
  longest: 'integer',
  ones: 'integer',
  weekends: 'integer',
  inverted: 'integer',
  same: 'integer',
  far: 'integer',
  zeros: 'integer',
  copied: 'integer',
  outside: 'integer',
  first_copied: 'integer or null',
  first_outside: 'integer or null',
});
export type Screened = Awaited<ReturnType<typeof screen>>[number];

/** Measures the bars before splits link them: next_quality. */
export async function screen({ engine, plain, signal }: Checked) {
  if (plain !== null) plain.screen(engine);
  else await keep(engine, 'next_quality', importSql.quality, {}, signal);
  return ask(engine, screened, {}, signal);
}

/** Fewer bars than these tell nothing of how opens are made. */
export const leastFollowed = 20;
/** Share of opens that are the close before from which they look made up. */
export const copiedShare = 0.05;
/** Share of bars on weekends from which a market never closes: an open is the close before. */
const roundTheClock = 0.1;

/** Of symbols whose market closes, so that an open is a price of its own. */
export const closing = (all: readonly Screened[], symbols: readonly string[]): Screened[] =>
  all.filter(
    ({ sym, bars, weekends }) =>
      weekends < roundTheClock * bars && pairName(symbols[sym]!) === undefined,
  );

/** Whether a closer look can find anything: for clean data, small ones above all, it takes longer than all else. */
const isSuspect = (one: Screened, end: number): boolean =>
  one.inverted + one.far + one.weekends + one.zeros + one.outside > 0 ||
  one.same >= 4 ||
  one.longest > (one.ones >= 0.95 * one.followed ? 3 : 12) ||
  one.last_day < end - 30;

/** What stands out in the bars, linked by now; spells of the universe are at hand. */
export async function findOddities(
  { engine, at, signal }: Checked,
  all: readonly Screened[],
  symbols: readonly string[],
): Promise<Found[]> {
  const end = Math.max(...all.map((one) => one.last_day));
  const found = all.some((one) => isSuspect(one, end))
    ? await ask(engine, within(importSql.qualityFindings, { at }), {}, signal)
    : [];
  // Bars that stand still copy their opens, too: that is told already.
  const staleOf = (sym: number): number =>
    found.find((one) => one.kind === 'stale' && one.sym === sym)?.bars ?? 0;
  return [
    ...found.map(({ kind, bars, ...at }) => ({ ...at, kind: kind as QualityKind, count: bars })),
    ...closing(all, symbols)
      .filter(
        ({ sym, copied, followed }) =>
          followed >= leastFollowed && copied >= copiedShare * followed && copied > staleOf(sym),
      )
      .map(({ sym, copied, first_copied: row }) => ({
        kind: 'copied' as const,
        sym,
        count: copied,
        row: row!,
        field: 'open',
      })),
  ];
}

/** Jumps that a split would explain, one finding for each symbol. */
export async function splitFindings(context: Checked, splits: readonly Split[]): Promise<Found[]> {
  const firsts = [...bySymbol(splits)].map(([sym, own]) => ({ sym, own, first: own[0]! }));
  if (firsts.length === 0) return [];
  const rows = await rowsOfBars(
    context,
    firsts.map(({ first }) => first),
  );
  return firsts.map(({ sym, own, first }) => ({
    kind: 'split',
    sym,
    count: own.length,
    row: rows.get(sym)!,
    field: 'open',
    ratio: first.split,
  }));
}

/** Findings at their places, those of a symbol together. */
export async function located(
  context: Checked,
  found: readonly Found[],
  symbols: readonly string[],
): Promise<QualityFinding[]> {
  if (found.length === 0) return [];
  const rows = new Set(found.map(({ row }) => row));
  const cells = context.plain === null ? await cellsAt(context, rows) : plainCellsAt(context, rows);
  const inOrder = [...found].sort((a, b) => a.sym - b.sym || a.row - b.row);
  const findings: QualityFinding[] = [];
  for (const { kind, sym, count, row, field, ratio, slip, day } of inOrder) {
    const { day: written, place } = cells.get(row)!;
    findings.push({
      kind,
      symbol: symbols[sym]!,
      count,
      day: day ?? written,
      place: await place(field),
      ...(ratio !== undefined && { ratio }),
      ...(slip && { slip }),
    });
  }
  return findings;
}

interface Located {
  readonly day: Day | null;
  readonly place: (field: string) => FoundPlace | Promise<FoundPlace>;
}
type FoundPlace = QualityFinding['place'];

function plainCellsAt({ sources }: Checked, rows: ReadonlySet<number>): Map<number, Located> {
  return new Map(
    [...rows].map((row) => {
      const { plain } = plainSourceOf(sources, row);
      const place = async (field: string) => {
        const { file, line, column, value } = await placeInPlain(sources, { row, field });
        return { file, line, column, value };
      };
      return [row, { day: plain.dayOf(row - plain.firstRow + 1), place }];
    }),
  );
}

async function cellsAt(
  { engine, sources, signal }: Checked,
  rows: ReadonlySet<number>,
): Promise<Map<number, Located>> {
  const query = reading(
    `SELECT import_cells.rowid::INTEGER AS row, file, record, day, name, date, open, high, low, close, volume
     FROM import_cells JOIN import_styles USING (file) LEFT JOIN import_days ON text = date AND format = date_format
     WHERE import_cells.rowid IN (${[...rows].join(', ')})`,
    {
      row: 'integer',
      file: 'integer',
      record: 'integer',
      day: 'integer or null',
      name: 'text or null',
      date: 'text or null',
      open: 'text or null',
      high: 'text or null',
      low: 'text or null',
      close: 'text or null',
      volume: 'text or null',
    },
  );
  const cells = await ask(engine, query, {}, signal);
  const lines = sources.map(({ raw }, file) => {
    const records = cells.filter((cell) => cell.file === file).map(({ record }) => record);
    return raw.linesOf?.(new Set(records)) ?? new Map(records.map((at) => [at, raw.lineOf(at)]));
  });
  return new Map(
    cells.map(({ row, file, record, day, name, ...texts }) => {
      const { input } = sources[file]!;
      const line = lines[file]!.get(record);
      const place = (field: string) => {
        const column = columnAt(sources[file]!, field, name);
        return { file: input.name, line, column, value: texts[field as keyof typeof texts] ?? '' };
      };
      return [row, { day, place }];
    }),
  );
}

export const symbolQuality = (
  all: readonly Screened[],
  symbols: readonly string[],
): SymbolQuality[] =>
  all.map(({ sym, bars, first_day: from, last_day: to, longest: longestStep }) => ({
    symbol: symbols[sym]!,
    bars,
    from,
    to,
    longestStep,
  }));
