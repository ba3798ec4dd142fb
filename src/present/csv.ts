import { csvFormatValue } from 'd3-dsv';
import { isoFromDay } from '../domain/calendar.ts';
import type { Market } from '../domain/market.ts';
import { type DatedTrades, type Equity, exitReasons, type Trades } from '../domain/run.ts';
import type { Days } from '../domain/units.ts';

/**
 * Tables as CSV, RFC 4180: commas, CRLF after every line, quotes where a cell needs them. Dates are ISO, numbers
 * the shortest text that reads back as the same bits, null and NaN an empty cell. Text that a spreadsheet would
 * run as a formula gets an apostrophe in front (OWASP, “CSV Injection”); numbers, signed ones too, stay as they are.
 */
export type CsvCell = string | number | bigint | boolean | null;
/** Days since 1970-01-01 are numbers like others, so a column of dates says that it is one. */
export interface CsvDays {
  readonly days: ArrayLike<number | null>;
}
export type CsvColumn = ArrayLike<CsvCell> | CsvDays;

const LINE_END = '\r\n';
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Dates beside a run's trades: the signal's bar, and the sessions `day` of the run in which a position was booked
 * in and out.
 */
export function datedTrades(trades: Trades, market: Market, day: Days): DatedTrades {
  return {
    ...trades,
    signalDay: trades.signalRow.map((row) => market.day[row]!),
    entryDay: trades.entrySession.map((session) => day[session]!),
    exitDay: trades.exitSession.map((session) => (session < 0 ? 0 : day[session]!)),
  };
}

/** One line per trade, in the given order. `side` reads long or short; a trade that is open has no exit date. */
export function tradesCsv(trades: DatedTrades, symbols: readonly string[]): string {
  const { reason } = trades;
  return fromColumns({
    symbol: Array.from(trades.symbol, (s) => symbols[s]!),
    side: Array.from(trades.side, (side) => (side > 0 ? 'long' : 'short')),
    signal_date: { days: trades.signalDay },
    entry_date: { days: trades.entryDay },
    exit_date: { days: Array.from(trades.exitDay, (day, i) => (reason[i]! < 0 ? null : day)) },
    quantity: trades.quantity,
    entry_price: trades.entryPrice,
    exit_price: trades.exitPrice,
    exit_reason: Array.from(reason, (r) => exitReasons[r] ?? null),
    stop: trades.stop,
    target: trades.target,
    score: trades.score,
    gross: trades.gross,
    commission: trades.commission,
    spread: trades.spread,
    slippage: trades.slippage,
    impact: trades.impact,
    borrow: trades.borrow,
    net: trades.net,
    bars: trades.bars,
    ambiguous: Array.from(trades.ambiguous, (flag) => flag === 1),
    mae: trades.mae,
    mfe: trades.mfe,
  });
}

/** One line per session; `benchmark` is buy & hold beside it. */
export function equityCsv(equity: Equity, benchmark: ArrayLike<number>): string {
  return fromColumns({
    date: { days: equity.day },
    equity: equity.equity,
    cash: equity.cash,
    gross_exposure: equity.gross,
    net_exposure: equity.net,
    positions: equity.positions,
    buy_and_hold: benchmark,
  });
}

/** Any columns under their names. Throws a RangeError where they are not one name each and of one length. */
export const columnsCsv = (names: readonly string[], columns: readonly CsvColumn[]): string =>
  [...csvChunks(names, columns)].join('');

/**
 * The same text in pieces, first the header, then `rowsPerChunk` lines at a time: for a Blob or a stream, where
 * the whole would be longer than a string can be.
 */
export function* csvChunks(
  names: readonly string[],
  columns: readonly CsvColumn[],
  rowsPerChunk = 8192,
): Generator<string, void, undefined> {
  const rows = columns[0] === undefined ? 0 : lengthOf(columns[0]);
  if (names.length !== columns.length || columns.some((column) => lengthOf(column) !== rows)) {
    throw new RangeError('Columns of a CSV need one name each and one length.');
  }
  const cells = columns.map(cellReader);
  yield names.map(textCell).join(',') + LINE_END;
  for (let from = 0; from < rows; from += rowsPerChunk) {
    const lines: string[] = [];
    const to = Math.min(rows, from + rowsPerChunk);
    for (let row = from; row < to; row++) lines.push(cells.map((read) => read(row)).join(','));
    yield lines.join(LINE_END) + LINE_END;
  }
}

const fromColumns = (columns: Readonly<Record<string, CsvColumn>>): string =>
  columnsCsv(Object.keys(columns), Object.values(columns));

const lengthOf = (column: CsvColumn): number =>
  'days' in column ? column.days.length : column.length;

/** How a column's rows read as text. */
function cellReader(column: CsvColumn): (row: number) => string {
  if (!('days' in column)) return (row) => cell(column[row] ?? null);
  const { days } = column;
  // Thousands of symbols share the same few thousand dates.
  const known = new Map<number, string>();
  return (row) => {
    const day = days[row] ?? null;
    if (day === null) return '';
    let text = known.get(day);
    if (text === undefined) known.set(day, (text = isoFromDay(day)));
    return text;
  };
}

function cell(value: CsvCell): string {
  if (typeof value === 'string') return textCell(value);
  return value === null || Number.isNaN(value) ? '' : String(value);
}

const textCell = (text: string): string => csvFormatValue(FORMULA.test(text) ? `'${text}` : text);
