import { isoFromDay } from '../domain/calendar.ts';
import { LabError } from '../domain/errors.ts';
import { counted, date, dates } from '../present/format.ts';
import { qualityColumns, qualityWords, spanColumns } from '../present/tables/quality.ts';
import {
  lacking,
  lackingWords,
  monthCoverageColumns,
  monthRows,
} from '../present/tables/month-coverage.ts';
import { shortLength } from '../present/bar-length.ts';
import { barCount } from '../present/times.ts';
import { textList, textOf } from '../present/text-table.ts';
import { roleWords } from '../present/words.ts';
import type { DatasetSummary, FileSummary } from '../wire/lab.ts';
import type { DataOptions } from './options.ts';
import { inputFiles } from './files.ts';
import { importAll, startLab } from './open.ts';
import { clearProgress, print, printJson } from './terminal.ts';

/** Imports files into an engine of their own, and says how they were understood and what stands out. */
export async function checkCommand(paths: readonly string[], options: DataOptions): Promise<void> {
  const files = await inputFiles(options, paths);
  if (files.length === 0)
    throw new LabError({
      kind: 'usage',
      problem: 'No file is named.',
      remedy: 'Name files or folders: outsample check prices.csv.',
    });
  const dataset = await importAll(startLab(), files);
  clearProgress();
  if (options.json) printJson(checkJson(dataset));
  else print(checkText(dataset));
}

/** How every file was read, for --map. */
const mapOf = (files: readonly FileSummary[]): Readonly<Record<string, object>> =>
  Object.fromEntries<object>(
    files.map(({ name, role, found, reading }) => [
      name.split(/[/\\]/).at(-1)!,
      { role, ...found, ...reading },
    ]),
  );

/** Days are ISO dates, and each finding has what to do. */
function checkJson({
  files,
  facts,
  notes,
  quality,
  fingerprint,
  ...dataset
}: DatasetSummary): object {
  const { bars, from, to } = dataset;
  return {
    fingerprint,
    bars,
    from: isoFromDay(from),
    to: isoFromDay(to),
    files: files.map(({ from: first, to: last, ...file }) => ({
      ...file,
      from: first === undefined ? null : isoFromDay(first),
      to: last === undefined ? null : isoFromDay(last),
    })),
    symbols: quality.symbols.map((one) => ({
      ...one,
      from: isoFromDay(one.from),
      to: isoFromDay(one.to),
    })),
    findings: quality.findings.map(({ day, slip, ...finding }) => ({
      ...finding,
      ...(slip && { slip: { ...slip, to: isoFromDay(slip.to) } }),
      date: day === null ? null : isoFromDay(day),
      remedy: qualityWords[finding.kind].remedy,
    })),
    ...(quality.months && { coverage: monthRows(quality.months, facts.symbols) }),
    notes,
    map: mapOf(files),
  };
}

function checkText({ files, notes, quality, ...dataset }: DatasetSummary): string[] {
  const { symbols, findings } = quality;
  return [
    `${counted(symbols.length, 'symbol')}, ${barCount(dataset.bars, dataset.clock)}, ${date(dataset.from)} to ${date(dataset.to)}`,
    ...files.flatMap((file) => ['', file.name, ...textList(understood(file))]),
    '',
    'SYMBOLS',
    ...textOf(spanColumns, symbols, symbols.keys()),
    '',
    findings.length === 0 ? 'Nothing stands out in the bars.' : 'FINDINGS',
    ...(findings.length === 0 ? [] : textOf(qualityColumns, findings, findings.keys())),
    ...(quality.months ? coverageText(monthRows(quality.months, dataset.facts.symbols)) : []),
    ...(notes.length === 0 ? [] : ['', 'NOTES']),
    ...notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
    '',
    'MAP (for --map)',
    ...JSON.stringify(mapOf(files), null, 1).split('\n'),
  ];
}

/** Months that lack bars of their calendars, and how many those are. */
function coverageText(rows: ReturnType<typeof monthRows>): string[] {
  const short = lacking(rows);
  return [
    ...['', 'COVERAGE', `  ${lackingWords(rows)}`],
    ...(short.length === 0 ? [] : textOf(monthCoverageColumns, short, short.keys())),
  ];
}

const delimiters = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function understood(file: FileSummary): (readonly [string, string])[] {
  const { found, mapping, unused, prices } = file;
  return [
    ...(file.address === undefined ? [] : [['from', file.address] as const]),
    ['read as', `${roleWords[file.role]}, ${counted(file.rows, 'row')}, ${dates(file)}`],
    ...(found.delimiter === undefined ? [] : [['delimiter', delimiters[found.delimiter]] as const]),
    ...(found.dateFormat === undefined ? [] : [['dates', found.dateFormat] as const]),
    ...timedWords(file),
    ['decimal sign', found.decimal === ',' ? 'comma' : 'point'],
    ...(prices === undefined
      ? []
      : [['prices', prices === 'raw' ? 'as they stand' : 'scaled to the adjusted close'] as const]),
    ['columns', mapping.map(({ column, field }) => `${column} → ${field}`).join(', ')],
    ...(unused.length === 0 ? [] : [['not used', unused.join(', ')] as const]),
  ];
}

/** How the bars of a file are timed, where their stamps are instants; whose dates values have beside them. */
function timedWords({ timed, found }: FileSummary): (readonly [string, string])[] {
  const { zone, exchange } = found;
  if (timed === undefined) return zone === undefined ? [] : [['dates of', zone]];
  return [
    ['bars', `${shortLength(timed.seconds)}, stamped at their ${timed.stamp}`],
    ...(zone === undefined ? [] : [['zone', zone] as const]),
    ...(exchange === undefined ? [] : [['exchange', exchange] as const]),
  ];
}
