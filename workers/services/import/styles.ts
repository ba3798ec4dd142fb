import type { Fix } from '../../../src/domain/errors.ts';
import type { DateFormat } from '../../../src/domain/reading.ts';
import { count } from '../../../src/present/format.ts';
import type { DateOrder } from '../../../src/wire/lab.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading } from '../../../src/sql/query.ts';
import { literal } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask, keep } from '../ask.ts';
import { type CellSource, errorAt } from './cells.ts';

/** Month-first twins of the day-first formats in dates.sql. */
const twins: Readonly<Record<string, string>> = {
  'DD/MM/YYYY': 'MM/DD/YYYY',
  'DD-MM-YYYY': 'MM-DD-YYYY',
  'DD/MM/YY': 'MM/DD/YY',
  'DD-MM-YY': 'MM-DD-YY',
};

/** How each file writes dates and numbers; the format is empty where none reads its dates. */
export type Styles = readonly {
  readonly dateFormat: DateFormat | '';
  readonly decimal: '.' | ',';
}[];

/** Finds how each file writes dates and numbers (import_styles); throws where that can be read in two ways. */
export async function findStyles(
  engine: Engine,
  sources: readonly CellSource[],
  signal?: AbortSignal,
): Promise<Styles> {
  await keep(engine, 'import_days', importSql.days, {}, signal);
  const isPlain = sources.every(({ plain }) => plain !== undefined);
  const formats = isPlain
    ? sources.map(({ plain }) => plain!.dateFormat)
    : await findDateFormats(engine, sources, signal);
  const commas = isPlain
    ? new Set([...sources.keys()].filter((file) => sources[file]!.plain!.decimal === ','))
    : await findDecimalCommas(engine, sources, signal);
  const rows = formats.map((format, file) => `(${file}, ${literal(format)}, ${commas.has(file)})`);
  engine.run(`INSERT INTO import_styles VALUES ${rows.join(', ')}`);
  return formats.map((dateFormat, file) => ({
    dateFormat: dateFormat as DateFormat | '',
    decimal: commas.has(file) ? ',' : '.',
  }));
}

/** The format that reads all dates of a file, or else the one that reads most: its first failure is then located. */
async function findDateFormats(
  engine: Engine,
  sources: readonly CellSource[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const counts = await ask(engine, importSql.datesRead, {}, signal);
  const formats: string[] = [];
  for (const [file, { input, plain }] of sources.entries()) {
    const settled = plain?.dateFormat ?? input.dateFormat;
    if (settled !== undefined) {
      formats.push(settled);
      continue;
    }
    const tried = counts
      .filter((count) => count.file === file)
      .sort((a, b) => b.parsed - a.parsed || (a.format < b.format ? -1 : 1));
    const complete = tried
      .filter(({ parsed, present }) => parsed === present)
      .map(({ format }) => format);
    const dayFirst = complete.find((format) => complete.includes(twins[format] ?? ''));
    if (dayFirst === undefined) formats.push(tried[0]?.format ?? '');
    else formats.push(await orderedFormat(engine, sources, file, dayFirst, input.dateOrder));
  }
  return formats;
}

async function orderedFormat(
  engine: Engine,
  sources: readonly CellSource[],
  file: number,
  dayFirst: string,
  order: DateOrder | undefined,
): Promise<string> {
  if (order === 'day-first') return dayFirst;
  if (order === 'month-first') return twins[dayFirst]!;
  const firstRow = reading(
    `SELECT min(row)::INTEGER AS row FROM import_rows WHERE file = ${file}`,
    { row: 'integer' },
  );
  const [first] = await ask(engine, firstRow, {});
  throw await errorAt(engine, sources, { row: first?.row ?? 0, field: 'date' }, () => ({
    problem: 'The dates of this file can be read day first or month first.',
    remedy: 'Write them as YYYY-MM-DD, or say which it is.',
    fixes: [
      { label: 'Day first, 31/12', reading: { dateOrder: 'day-first' } },
      { label: 'Month first, 12/31', reading: { dateOrder: 'month-first' } },
    ],
  }));
}

/** The files that write 12,50 for twelve and a half. */
async function findDecimalCommas(
  engine: Engine,
  sources: readonly CellSource[],
  signal?: AbortSignal,
): Promise<ReadonlySet<number>> {
  const counts = await ask(engine, importSql.commas, {}, signal);
  // Who writes 1200 divides no thousands elsewhere.
  const settled = counts.map((count) =>
    count.points + count.commas === 0 ? { ...count, commas: count.ungrouped } : count,
  );
  const isSaid = (file: number): boolean => sources[file]!.input.decimal !== undefined;
  const unclear = settled.find(
    ({ file, points, commas }) => !isSaid(file) && points === 0 && commas === 0,
  );
  if (unclear !== undefined) {
    throw await errorAt(engine, sources, unclear, () => ({
      problem: 'The comma can divide thousands or decimals: no number of this file tells which.',
      remedy:
        'Write the numbers without thousands separators, with a decimal point, or say which it is.',
      fixes: [
        { label: 'Commas divide thousands', reading: { decimal: '.' } },
        { label: 'Commas divide decimals', reading: { decimal: ',' } },
      ],
    }));
  }
  const found = settled.filter(({ file, points, commas }) => !isSaid(file) && commas > points);
  const said = sources.flatMap(({ input, plain }, file) =>
    (plain?.decimal ?? input.decimal) === ',' ? [file] : [],
  );
  return new Set([...found.map(({ file }) => file), ...said]);
}

/** The unit in which a count since 1970 has its digits in our time; null of other texts. */
const countUnitOf = (text: string): DateFormat | null =>
  /^\d{9,10}$/.test(text)
    ? 'seconds'
    : /^\d{12,13}$/.test(text)
      ? 'milliseconds'
      : /^\d{15,16}$/.test(text)
        ? 'microseconds'
        : /^\d{18,19}$/.test(text)
          ? 'nanoseconds'
          : null;

/** Why a text is no date, in a file whose dates are mostly of `format`. */
export function dateFault(
  text: string,
  format: string,
): { problem: string; remedy: string; fixes?: Fix[] } {
  const remedy = 'Write dates as YYYY-MM-DD.';
  const year = /^\+?(\d{5,})-\d\d/.exec(text.trim())?.[1];
  if (year !== undefined)
    return {
      problem: `This is in the year ${count(Number(year))}: its unit is smaller than the file says.`,
      remedy: 'Write these instants in their true unit, milliseconds in place of seconds, say.',
    };
  const unit = countUnitOf(text.trim());
  if (unit !== null && unit !== format && format.endsWith('seconds'))
    return {
      problem: `These are ${unit} since 1970, by their digits, and no ${format}.`,
      remedy: `Say that they are ${unit}.`,
      fixes: [{ label: `They are ${unit}`, reading: { dateFormat: unit } }],
    };
  if (text.trim() === '')
    return { problem: 'There is no date here.', remedy: 'Correct the cell, or remove the row.' };
  if (format === '') return { problem: 'This is not a date.', remedy };
  return {
    problem: `This is not a date of the form ${format}, as others in this file are.`,
    remedy,
  };
}
