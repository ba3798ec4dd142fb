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
  const counts = async (names: readonly string[]): Promise<Map<string, { parsed: number; present: number }>> => {
    engine.run(setVariables({ formats: names.join('|') }));
    const table = await engine.query(importSql.dateFormats, signal);
    return new Map(
      table.toArray().map((row) => {
        const { format, parsed, present } = row.toJSON() as { format: string; parsed: bigint; present: bigint };
        return [format, { parsed: Number(parsed), present: Number(present) }];
      }),
    );
  };
  const iso = (await counts(['iso'])).get('iso');
  if (iso && iso.parsed === iso.present) return 'iso';
  const found = await counts(formats);
  const complete = formats.filter((name) => found.get(name)?.parsed === found.get(name)?.present);
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
  return [...formats].sort((a, b) => (found.get(b)?.parsed ?? 0) - (found.get(a)?.parsed ?? 0))[0] ?? 'iso';
}
