import type { LabErrorData } from '../domain/errors.ts';
import { type QueryTable, queryTables } from '../domain/query.ts';

/** What makes a table that is not there yet. */
export const madeBy: Readonly<Record<QueryTable, string>> = {
  bars: 'Import bars first.',
  attention: 'The data have no attention series: add a file of them.',
  macro: 'The data have no macro series: add a file of them.',
  features: 'Run the study first.',
  trades: 'Run the study first.',
  equity: 'Run the study first.',
  trials: 'Run a search first.',
  folds: 'Run a walk-forward first.',
};

/** Where DuckDB says that something is wrong, in its own copy of the line. */
const marked = /\n\nLINE (\d+): (.*)\n( *)\^/;
const readsAsSelect =
  /^(?:\s|--.*\n|\/\*[^]*?\*\/|\()*(?:select|from|with|values|table|pivot|unpivot|describe|desc|summarize|show)\b/i;

export interface Refused {
  readonly text: string;
  /** DuckDB's message. */
  readonly cause: string;
  /** Lines of ours before the text. */
  readonly linesBefore: number;
  /** Tables that it mentions and that are not there yet. */
  readonly missing: readonly QueryTable[];
}

/**
 * What DuckDB refused of a person's query, in its words: where, and what to do. Null where the message is none of
 * DuckDB's, so that the engine itself may be at fault.
 */
export function queryError({ text, cause, linesBefore, missing }: Refused): LabErrorData | null {
  const parts = /^([A-Z][A-Za-z ]*) Error: ([^]*)$/.exec(cause);
  if (parts === null) return null;
  const [, kind = '', message = ''] = parts;
  const [said = '', ...hints] = message.split('\n\nLINE ')[0]!.split('\n');
  const at = placeOf(text, message, linesBefore);
  const offset = at === null ? text.length : at;
  const isEarly = kind === 'Parser' && at === null && marked.test(message);
  return {
    kind: 'query',
    problem: isEarly ? 'The query ends before it is complete.' : said,
    remedy: remedyOf({ text, kind, said, hints, missing }),
    ...(marked.test(message) && { place: placed(text, offset) }),
    cause,
  };
}

/** UTF-16 units from 0; null where it is behind the text. */
function placeOf(text: string, message: string, linesBefore: number): number | null {
  const found = marked.exec(message);
  if (found === null) return null;
  const [, number = '', copy = '', spaces = ''] = found;
  const lines = text.split('\n');
  const index = Number(number) - linesBefore - 1;
  const line = lines[index];
  if (line === undefined) return null;
  const before = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
  // Of a long line it shows a part between dots.
  const start = copy.startsWith('...') ? 3 : 0;
  const part = copy.slice(start).replace(/\.\.\.$/, '');
  const shift = Math.max(line.indexOf(part), 0);
  const column = spaces.length - `LINE ${number}: `.length - start + shift;
  return before + Math.min(Math.max(column, 0), line.length);
}

/** A place in a text as an error has it. */
export function placed(text: string, offset: number): NonNullable<LabErrorData['place']> {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: String((before.at(-1)?.length ?? 0) + 1), offset };
}

interface Told {
  readonly text: string;
  readonly kind: string;
  readonly said: string;
  readonly hints: readonly string[];
  readonly missing: readonly QueryTable[];
}

function remedyOf({ text, kind, said, hints, missing }: Told): string {
  const table = /^Table with name (\S+) does not exist/.exec(said)?.[1];
  const absent = missing.find((one) => one === table?.toLowerCase());
  if (absent !== undefined) return madeBy[absent];
  if (table !== undefined) return `The tables are ${queryTables.join(', ')}.`;
  if (/multiple statements/.test(said))
    return 'One statement at a time; PIVOT needs its values: ON column IN (…).';
  if (kind === 'Parser' && !readsAsSelect.test(text))
    return 'Queries only read: begin with SELECT, FROM, WITH, VALUES, SUMMARIZE, DESCRIBE or SHOW.';
  if (/extension/.test(said) || hints.some((hint) => /extension/.test(hint)))
    return 'This needs an extension of DuckDB’s, which are not part of the lab; dates of today and time zones are among them.';
  if (kind === 'Permission' || kind === 'IO')
    return 'Queries read the tables of the lab, no files and no addresses: import a file as data first.';
  const meant = hints.find((hint) => hint.startsWith('Did you mean'));
  if (meant !== undefined) return meant;
  const candidates = /^Candidate bindings: (.*)$/.exec(hints.find((one) => one !== '') ?? '')?.[1];
  if (candidates !== undefined) return `Did you mean ${candidates}?`;
  if (kind === 'Conversion') return 'TRY_CAST gives null where a value does not fit.';
  return 'Mend it where it is marked, and ask again.';
}
