import { isoFromDay } from '../domain/calendar.ts';
import { count, counted } from './format.ts';
import type { SymbolDifference } from '../domain/link/bar-hashes.ts';
import type {
  DataDifference,
  PartingBlock,
  ResultDifference,
  Verification,
} from '../domain/link/verification.ts';
import { shortList } from './words.ts';

/** A verification in plain words: what it comes to, and what was found. */
export interface VerificationText {
  readonly verdict: 'Exact' | 'Same data, different result' | 'Different data';
  readonly sentence: string;
  readonly details: readonly string[];
}

export function verificationText(found: Verification): VerificationText {
  const { theirs, ours } = found.engines;
  const versions =
    theirs.outsample === ours.outsample && theirs.wasm === ours.wasm
      ? `Both were computed by Outsample ${ours.outsample} on the same DuckDB ${ours.duckdb}.`
      : `The link was made by Outsample ${theirs.outsample} (DuckDB ${theirs.duckdb}); this is ${ours.outsample} (DuckDB ${ours.duckdb}).`;
  if (found.verdict === 'exact') {
    return {
      verdict: 'Exact',
      sentence: 'Every trade, every day of the equity curve and every metric has the same bits.',
      details: [versions],
    };
  }
  if (found.data === null) {
    return {
      verdict: 'Same data, different result',
      sentence:
        theirs.outsample === ours.outsample
          ? 'The data are the same to the bit, and so is the version; the result is not. That is a fault: please report it.'
          : 'The data are the same to the bit; another version of the engine computes another result.',
      details: [...resultDetails(found.result), versions],
    };
  }
  return {
    verdict: 'Different data',
    sentence:
      found.result === null
        ? 'The data differ, and the result is the same to the bit all the same: the difference does not touch this run.'
        : 'The data are not those of the link, so its numbers cannot be held against these.',
    details: [...dataDetails(found.data), ...resultDetails(found.result), versions],
  };
}

const most = 8;

function dataDetails({ bars, tables }: DataDifference): string[] {
  const { missing, added, symbols, years } = bars;
  return [
    ...(missing.length > 0 ? [`Without bars here: ${list(missing)}.`] : []),
    ...(added.length > 0 ? [`Not in the link’s data: ${list(added)}.`] : []),
    ...symbols.slice(0, most).map(symbolDetail),
    ...(symbols.length > most
      ? [`${counted(symbols.length - most, 'further symbol')} differ too.`]
      : []),
    ...(years.length > 0 ? [`Years with differences: ${list(years.map(String))}.`] : []),
    ...tables.map((table) =>
      table === 'detail' ? 'The finer bars differ.' : `The ${table} series differ.`,
    ),
  ];
}

function symbolDetail({ symbol, years, looksLikeScale }: SymbolDifference): string {
  const when = years.length === 0 ? '' : ` in ${list(years.map(String))}`;
  return looksLikeScale
    ? `${symbol} has other bars${when}, but nearly the same ratios between prices: it looks like a split adjustment, another unit or other volume.`
    : `${symbol} has other bars${when}.`;
}

function resultDetails(result: ResultDifference | null): string[] {
  if (result === null) return [];
  const { parts, trades, equity } = result;
  const only = parts.length === 1 && parts[0] === 'metrics';
  return [
    ...(only ? ['Trades and equity are the same; only metrics differ.'] : []),
    ...(trades ? [tradeDetail(trades)] : []),
    ...(equity ? [`${parting('The equity curves', 'session', equity)}${columnsOf(equity)}`] : []),
  ];
}

function tradeDetail(trades: PartingBlock): string {
  const { fromRow, symbol, fromDay, rows } = trades;
  if (symbol !== null && fromDay !== null) {
    return `The first trade that differs is number ${fromRow + 1}, ${symbol}, entered on ${isoFromDay(fromDay)}${columnsOf(trades)}`;
  }
  const counts =
    rows.theirs === rows.ours
      ? ''
      : ` The link has ${counted(rows.theirs, 'trade')}, this run ${count(rows.ours)}.`;
  return `${parting('The trades', 'trade', trades)}${columnsOf(trades)}${counts}`;
}

function parting(
  what: string,
  unit: string,
  { fromRow, toRow, fromDay, toDay }: PartingBlock,
): string {
  const where =
    toRow === fromRow + 1
      ? `at ${unit} ${fromRow + 1}`
      : `between ${unit} ${fromRow + 1} and ${toRow}`;
  if (fromDay === null || toDay === null) return `${what} part ${where}`;
  const dates =
    fromDay === toDay ? isoFromDay(fromDay) : `${isoFromDay(fromDay)} to ${isoFromDay(toDay)}`;
  return `${what} part ${where} (${dates})`;
}

const columnsOf = ({ columns }: PartingBlock): string =>
  columns.length === 0 ? '.' : `; columns that differ: ${list(columns)}.`;

const list = (names: readonly string[]): string => shortList(names, most);
