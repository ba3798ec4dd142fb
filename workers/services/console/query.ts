import type { Table } from 'apache-arrow';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { Cells, Stored } from '../../../src/domain/file-table.ts';
import {
  type Found,
  type QueryAnswer,
  type QueryColumn,
  longestCell,
  mostQueryColumns,
  rowsGiven,
} from '../../../src/domain/query.ts';
import { placed, queryError } from '../../../src/present/query-error.ts';
import { asText, describing, linesBefore, refusedIn } from '../../../src/sql/console/statements.ts';
import type { OnProgress } from '../../../src/wire/lab.ts';
import { type ConsoleTables, type TableContext, missingIn } from './tables.ts';

interface QueryContext extends TableContext {
  readonly console: ConsoleTables;
  readonly onProgress: OnProgress;
}

/**
 * A person's query on the dataset, the last run and what was found. It can only read: it stands in brackets of ours, is one
 * statement, in a read-only transaction on a connection of its own, and names of functions that do more are refused.
 */
export async function query(
  given: string,
  found: Found,
  context: QueryContext,
): Promise<QueryAnswer> {
  const text = given.replace(/;\s*$/, '');
  refuse(text);
  await context.console.prepare(text, found, context);
  context.onProgress({ phase: 'query', label: 'Asking', ratio: 0 });
  const { engine, signal } = context;
  const asked = async (sql: string): Promise<Table> => {
    try {
      return await engine.readOnly(sql, signal);
    } catch (error) {
      throw explained(error, text, missingIn(text, found, context));
    }
  };
  const described = await asked(describing(text));
  const [names, types] = ['column_name', 'column_type'].map((name) => textsOf(described, name));
  if (names!.length > mostQueryColumns)
    throw new LabError({
      kind: 'query',
      problem: `The query has ${names!.length} columns; ${mostQueryColumns} is the most that comes back.`,
      remedy: 'Name the columns that you want in place of *.',
    });
  const most = rowsGiven(names!.length);
  const table = await asked(asText(text, most + 1, longestCell + 1));
  const rows = Math.min(table.numRows, most);
  let cut = 0;
  const columns = names!.map((name, c) => {
    const cells = [...(table.getChildAt(c) ?? [])].slice(0, rows) as (string | null)[];
    for (const [i, cell] of cells.entries())
      if (cell !== null && cell.length > longestCell) {
        cells[i] = `${cell.slice(0, longestCell)}…`;
        cut += 1;
      }
    return columnOf(name, types![c]!, cells);
  });
  return {
    columns: columns.map(({ column }) => column),
    cells: columns.map(({ cells }) => cells),
    rows,
    isAll: table.numRows <= most,
    cut,
  };
}

const textsOf = (table: Table, name: string): string[] =>
  [...(table.getChild(name) ?? [])].map(String);

function refuse(text: string): void {
  if (text.trim() === '')
    throw new LabError({
      kind: 'query',
      problem: 'There is no query.',
      remedy: 'Write one, such as FROM bars, or take an example.',
    });
  const refused = refusedIn(text);
  if (refused === null) return;
  throw new LabError({
    kind: 'query',
    problem: `${refused.name}() does more than read the tables of the lab.`,
    remedy: 'Leave it out.',
    place: placed(text, refused.offset),
  });
}

/** DuckDB's refusal with its place and a remedy; of all else it cannot be known what it has left behind. */
function explained(
  error: unknown,
  text: string,
  missing: Parameters<typeof queryError>[0]['missing'],
): unknown {
  if (!(error instanceof LabError) || error.data.kind === 'cancelled') return error;
  const { kind, cause } = error.data;
  const isFull = kind === 'data';
  const refused = isFull ? null : queryError({ text, cause: cause ?? '', linesBefore, missing });
  return new LabError(
    refused ?? {
      kind: 'query',
      code: 'spent',
      problem: isFull
        ? 'The query needs more memory than the engine has.'
        : 'The query was too much for the engine.',
      remedy:
        'Ask for less at once: fewer rows, shorter lists or texts. The lab goes on with a fresh engine and the same data.',
      cause,
    },
  );
}

interface Read {
  readonly stored: Stored;
  readonly cells: Cells;
}

/** Cells as numbers, days or flags, where none of them loses anything by that; as DuckDB writes them otherwise. */
function columnOf(
  name: string,
  type: string,
  texts: readonly (string | null)[],
): { readonly column: QueryColumn; readonly cells: Cells } {
  const kind = kindOf(type);
  const { stored, cells } = readers[kind](texts) ?? { stored: 'text', cells: texts };
  const isNumber = kind === 'integer' || kind === 'decimal' || kind === 'double';
  return { column: { name, type, stored, isNumber }, cells };
}

type Kind = 'date' | 'flag' | 'integer' | 'decimal' | 'double' | 'text';

function kindOf(type: string): Kind {
  if (type === 'DATE') return 'date';
  if (type === 'BOOLEAN') return 'flag';
  if (type === 'DOUBLE' || type === 'FLOAT') return 'double';
  if (/^DECIMAL\(\d+,\d+\)$/.test(type)) return 'decimal';
  return /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|BIGNUM)$/.test(type) ? 'integer' : 'text';
}

type Reader = (texts: readonly (string | null)[]) => Read | null;

/** All cells through `read`, or null where it gives undefined for one. */
function all<T extends number | boolean>(
  texts: readonly (string | null)[],
  read: (text: string) => T | undefined,
): (T | null)[] | null {
  const cells: (T | null)[] = [];
  for (const text of texts) {
    const value = text === null ? null : read(text);
    if (value === undefined) return null;
    cells.push(value);
  }
  return cells;
}

const storing =
  (stored: Stored, read: (text: string) => number | boolean | undefined): Reader =>
  (texts) => {
    const cells = all(texts, read);
    return cells && { stored, cells };
  };

/** A double keeps so many digits, whatever they are. */
const digitsKept = 15;
const exactly = (text: string): number | undefined =>
  text.replaceAll(/[^0-9]/g, '').replace(/^0+/, '').length <= digitsKept ? Number(text) : undefined;

const unlike: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN };

const readers: Readonly<Record<Kind, Reader>> = {
  date: storing('date', (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? dayFromIso(text) : undefined)),
  flag: storing('flag', (text) => text === 'true'),
  integer: (texts) => {
    const cells = all(texts, exactly);
    return (
      cells && {
        stored: cells.every((cell) => (cell ?? 0) === ((cell ?? 0) | 0)) ? 'integer' : 'double',
        cells,
      }
    );
  },
  decimal: storing('double', exactly),
  double: storing('double', (text) => unlike[text] ?? Number(text)),
  text: () => null,
};
