import { isoFromDay } from '../../domain/calendar.ts';
import { type Note, info, warning } from '../../domain/note.ts';
import type { QualityFinding } from '../../domain/quality.ts';
import type { Day } from '../../domain/units.ts';
import { count, counted } from '../format.ts';
import { qualityWords } from '../tables/quality.ts';
import { shortList } from '../words.ts';

/** What was left out, changed or assumed when data came in: each note from the facts that it states. */

export const rowsLeftOut = (file: string, rows: number, firstLine?: number): Note =>
  info(
    `${file}: ${counted(rows, 'row')} without prices left out${firstLine === undefined ? '' : rows === 1 ? ` (line ${firstLine})` : ` (the first on line ${firstLine})`}.`,
  );

/** A line below the data that is no row. */
export const lineLeftOut = (file: string, text: string): Note =>
  info(`${file}: the line “${text.slice(0, 80)}” below the data left out.`);

export const columnsByPlace = (file: string, columns: readonly string[]): Note =>
  warning(
    `${file}: there is no line of column names; by what they hold, the columns are taken for ${columns.join(', ')}.`,
  );

export const closesAlone = (file: string): Note =>
  warning(
    `${file}: only closes are known; each stands for its bar’s open, high and low too. Fills at the open are in truth fills at that day’s close, and no stop or target is touched inside a bar: results are optimistic.`,
  );

/** A bar, and where its file has it. */
export interface ImportedBar {
  readonly file: string;
  readonly line: number | undefined;
  readonly symbol: string;
  readonly day: Day;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

const barWords = ({ file, line, symbol, day, open, high, low, close }: ImportedBar): string =>
  `${file}${line === undefined ? '' : `, line ${line}`}: ${symbol} on ${isoFromDay(day)}, open ${open}, high ${high}, low ${low}, close ${close}`;

export const pricesScaled = (file: string, column: string): Note =>
  info(`${file}: prices are scaled to “${column}”; volume is as given.`);

export const timesInUtc = (file: string): Note =>
  warning(`${file}: times are counted since 1970; each bar’s date is the one in UTC.`);

export const earlyLeftOut = (file: string, rows: number, from: string): Note =>
  info(`${file}: ${counted(rows, 'row')} before ${from} left out, as you asked.`);

export const faultyLeftOut = (file: string, rows: number, firstLine: number): Note =>
  warning(
    `${file}: ${counted(rows, 'row')} that cannot stand left out, as you asked (${rows === 1 ? '' : 'the first on '}line ${firstLine}).`,
  );

export const twoDigitYears = (file: string): Note =>
  info(`${file}: years of two digits are read as 1970 to 2069.`);
export const encodingGuessed = (file: string, encoding: string): Note =>
  warning(`${file}: read as ${encoding}, since its bytes are not UTF-8; check names with accents.`);

/** Files of folders and archives, and sheets, that are no data. */
export const filesLeftOut = (files: readonly string[]): Note =>
  info(`Left out, since they look like no data: ${shortList(files)}.`);

export const columnsNotUsed = (file: string, columns: readonly string[]): Note =>
  warning(`${file}: columns ${shortList(columns)} not used.`);

/** Series of other names than the dataset and the study know are kept out. */
export const strangersNotUsed = (
  role: 'attention' | 'universe' | 'macro' | 'instruments' | 'events',
  names: readonly string[],
): Note =>
  warning(
    role === 'macro'
      ? `Macro series ${shortList(names)} not used: VIX, INDEX and OIL are known.`
      : `No bars for ${shortList(names)}, named in the ${role} data: not used.`,
  );

export const opensCopied = (copied: number, followed: number, first: ImportedBar): Note =>
  warning(
    `${count(copied)} of ${count(followed)} bars open exactly at the close before: their opens look made up, and a fill there is in truth a fill at the signal’s close. ${copied === 1 ? 'It' : 'The first'} is ${barWords(first)}.`,
  );

export const outsideRange = (bars: number, first: ImportedBar): Note =>
  warning(
    `${counted(bars, 'bar opens or closes', 'bars open or close')} outside the range from low to high. ${bars === 1 ? 'It' : 'The first'} is ${barWords(first)}.`,
  );

/** What the quality table alone tells. */
export function findingsInTable(findings: readonly QualityFinding[]): Note {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const words = kinds.map((kind) => qualityWords[kind].title.toLowerCase());
  const symbols = new Set(findings.map(({ symbol }) => symbol)).size;
  const text = `${counted(findings.length, 'finding')} in the bars of ${counted(symbols, 'symbol')}: ${shortList(words, 5, '; ')}. The list below the dataset, or outsample check, has their places.`;
  return kinds.some((kind) => qualityWords[kind].isGrave) ? warning(text) : info(text);
}

export const mixedPeriods: Note = info(
  'Some attention series are daily, others weekly: each counts from the end of its own period.',
);

export const volumeIsZero = (symbols: readonly string[]): Note =>
  warning(`Volume is 0 on every bar of ${shortList(symbols)}: counted as no volume.`);

export const noVolume = (symbols: readonly string[]): Note =>
  warning(
    `No volume for ${shortList(symbols)}: their Panic Score stays empty while its volume term has a weight.`,
  );

export const noAttention = (symbols: readonly string[]): Note =>
  warning(
    `No attention for ${shortList(symbols)}: Harvester does not trade them beside symbols that have it.`,
  );

/** Jumps that a split would explain, each with its ratio in words. */
export function unadjustedSplits(
  jumps: readonly { readonly symbol: string; readonly day: Day; readonly split: string }[],
): Note {
  const one = jumps.length === 1;
  const listed = shortList(
    jumps.map(({ symbol, day, split }) => `${symbol} on ${isoFromDay(day)} (${split})`),
  );
  return warning(
    `${counted(jumps.length, 'jump looks like an unadjusted split', 'jumps look like unadjusted splits')}: ${listed}. If ${one ? 'it is' : 'they are'}, trades across ${one ? 'it' : 'them'} show gains and losses that nobody had; an adjusted close in the file would mend that.`,
  );
}

/** One name that stands for several companies, one after the other. */
export function reusedName(
  symbol: string,
  parts: readonly string[],
  gaps: readonly { readonly lastDay: Day; readonly firstDay: Day }[],
  toldByUniverse: boolean,
): Note {
  const between = gaps.map(
    ({ lastDay, firstDay }) => `from ${isoFromDay(lastDay)} to ${isoFromDay(firstDay)}`,
  );
  const why = toldByUniverse ? ', where the universe ends one spell and begins another' : '';
  return warning(
    `${symbol} is split into ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}, taken for different companies under one name: it has no bars ${between.join(', ')}${why}. If it is one company, let one spell of the universe cover the gap; if not, better give each its own name.`,
  );
}

/** Delisting returns that cannot be booked: the bars go on. */
export const outlivedDelisting = (
  spells: readonly { readonly symbol: string; readonly to: Day }[],
): Note =>
  warning(
    `The universe gives a delisting return to ${shortList(spells.map(({ symbol, to }) => `${symbol} (${isoFromDay(to)})`))}, but bars go on after that day: it is not booked there.`,
  );

export const macroGaps = (input: string, gaps: number, sessions: number): Note =>
  warning(
    `${input.toUpperCase()} is missing or too old on ${count(gaps)} of ${count(sessions)} sessions: scored 0 in the G-Score there.`,
  );

export const coarsePrices = (symbols: readonly string[], decimals: number): Note =>
  warning(
    `Prices of ${shortList(symbols)} are too small for ${decimals} decimals: rounding changes their signals. Raise precision.priceDecimals, or scale the prices.`,
  );

const seriesWords = { volumeDecimals: 'Volume', attentionDecimals: 'Attention' } as const;

export const decimalsKept = (
  setting: keyof typeof seriesWords,
  asked: number,
  kept: number,
): Note =>
  info(
    `${seriesWords[setting]} is kept to ${counted(kept, 'decimal')} in exact sums, not to the ${asked} of precision.${setting}: ${kept > asked ? 'its values have more' : 'its values are too large for more'}.`,
  );

export const valuesRounded = (
  setting: keyof typeof seriesWords,
  kept: number,
  rounded: readonly { readonly symbol: string; readonly values: number }[],
): Note =>
  warning(
    `${seriesWords[setting]} of ${shortList(rounded.map(({ symbol, values }) => `${symbol} (${counted(values, 'value')})`))} is rounded to ${counted(kept, 'decimal')}: exact sums hold no more beside its largest values. Its z-scores follow what is left.`,
  );

export const notDaily = (perYear: number): Note =>
  info(
    `Bars are not daily: volatility, Sharpe, Sortino and alpha are annualised with the ${perYear} returns a year that the data have.`,
  );
