import { makeVector } from 'apache-arrow';
import type { Place } from '../../../src/domain/errors.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { reading } from '../../../src/sql/query.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { placeAt } from './cells.ts';
import type { Checked } from './checks.ts';
import { int32s, putTable, textVector } from './tables.ts';

/** The setting that says how many decimals of a value exact sums keep. */
type Decimals = keyof Study['precision'];

/** The largest value that shares a setting of precision, and where a file has it. */
export interface Largest {
  readonly decimals: Decimals;
  readonly value: number;
  readonly place: Place;
}

/** Fields of next_bars and next_attention; the least value whose line is worth a search in its file. */
const fields = {
  bars: [
    ['high', 'priceDecimals', 1e5],
    ['volume', 'volumeDecimals', 1e11],
  ],
  attention: [['value', 'attentionDecimals', 1e9]],
} as const;

/** The largest values of a role's table to come; exact sums are of integers, which have an end. */
export async function largestOf(
  { engine, sources, signal }: Checked,
  role: 'bars' | 'attention',
): Promise<Largest[]> {
  const found: Largest[] = [];
  for (const [field, decimals, searched] of fields[role]) {
    const query = reading(
      `SELECT row::INTEGER AS row, ${field}::DOUBLE AS value FROM next_${role} WHERE ${field} IS NOT NULL ORDER BY ${field} DESC, row LIMIT 1`,
      { row: 'integer', value: 'number' },
    );
    const [largest] = await ask(engine, query, {}, signal);
    if (largest === undefined) continue;
    const { row, value } = largest;
    const place = await placeAt(engine, sources, { row, field }, { withLine: value >= searched });
    found.push({ decimals, value, place });
  }
  return found;
}

/** Into the engine, beside the dataset to come. */
export function putLargest(engine: Engine, largest: readonly Largest[]): void {
  putTable(engine, 'next_largest', {
    decimals: textVector(largest.map(({ decimals }) => decimals)),
    value: makeVector(Float64Array.from(largest, ({ value }) => value)),
    file: textVector(largest.map(({ place }) => place.file ?? null)),
    line: int32s(largest.map(({ place }) => place.line ?? null)),
    column_name: textVector(largest.map(({ place }) => place.column ?? null)),
    text: textVector(largest.map(({ place }) => place.value ?? null)),
  });
}

const kept = reading('SELECT * FROM largest', {
  decimals: 'text',
  value: 'number',
  file: 'text or null',
  line: 'integer or null',
  column_name: 'text or null',
  text: 'text or null',
});

/** The value of the dataset that comes nearest to the end of exact sums at the study's precision; null where none is known. */
export async function nearestTheEnd(engine: Engine, { precision }: Study): Promise<Largest | null> {
  const rows = await ask(engine, kept, {});
  const scaled = (decimals: string, value: number): number =>
    value * Number(`1e${precision[decimals as Decimals]}`);
  const [first] = rows.sort((a, b) => scaled(b.decimals, b.value) - scaled(a.decimals, a.value));
  if (first === undefined) return null;
  const { decimals, value, file, line, column_name: column, text } = first;
  return {
    decimals: decimals as Decimals,
    value,
    place: {
      file: file ?? undefined,
      line: line ?? undefined,
      column: column ?? undefined,
      value: text ?? undefined,
    },
  };
}
