import { LabError } from '../../../src/domain/errors.ts';
import type { DateOrder } from '../../../src/protocol/lab.ts';
import { importSql } from '../../../src/sql/catalogue.ts';
import { setVariables } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';

/** Formats tried where not all dates are ISO; day-first and month-first twins stand together. */
const formats = [
  'iso', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d', '%d.%m.%Y',
  '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%m-%d-%Y', '%d/%m/%y', '%m/%d/%y',
  '%d-%b-%Y', '%d-%b-%y', '%d %b %Y', '%b %d, %Y', '%b %d %Y', '%d %B %Y', '%B %d, %Y',
  'seconds', 'milliseconds',
] as const;

const twins: Readonly<Record<string, string>> = {
  '%d/%m/%Y': '%m/%d/%Y',
  '%d-%m-%Y': '%m-%d-%Y',
  '%d/%m/%y': '%m/%d/%y',
};

/** The format that reads every date of `staged`, or the one that reads most (its first failure is then located). */
export async function findDateFormat(
  engine: Engine,
  file: string,
  order: DateOrder | undefined,
  signal?: AbortSignal,
): Promise<string> {
  const share = async (format: string): Promise<number> => {
    engine.run(setVariables({ date_format: format }));
    const { parsed, present } = (await engine.query(importSql.datesRead, signal)).get(0)?.toJSON() as {
      parsed: number;
      present: number;
    };
    return present === 0 ? 1 : parsed / present;
  };
  if ((await share('iso')) === 1) return 'iso';
  const shares = new Map<string, number>();
  for (const format of formats) shares.set(format, await share(format));
  const complete = formats.filter((format) => shares.get(format) === 1);
  const ambiguous = complete.find((name) => {
    const twin = twins[name];
    return twin !== undefined && complete.includes(twin as (typeof formats)[number]);
  });
  if (ambiguous !== undefined) {
    if (order === 'day-first') return ambiguous;
    if (order === 'month-first') return twins[ambiguous] ?? ambiguous;
    const sample = (await engine.query('SELECT date FROM staged WHERE NOT is_blank(date) LIMIT 1', signal)).get(0);
    throw new LabError({
      kind: 'import',
      problem: 'These dates can be read day first or month first.',
      remedy: 'Write them as YYYY-MM-DD, or say which it is (--date-order day-first or month-first).',
      place: { file, column: 'date', value: String((sample?.toJSON() as { date?: unknown } | undefined)?.date) },
    });
  }
  if (complete[0] !== undefined) return complete[0];
  return [...formats].sort((a, b) => (shares.get(b) ?? 0) - (shares.get(a) ?? 0))[0] ?? 'iso';
}
