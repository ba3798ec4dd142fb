import { makeVector } from 'apache-arrow';
import type { Place } from '../../../src/domain/errors.ts';
import type { Decimals, Extent } from '../../../src/domain/precision.ts';
import { reading } from '../../../src/sql/query.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { placeAt } from './cells.ts';
import type { Checked } from './checks.ts';
import { int32s, putTable, textVector } from './tables.ts';

/** The largest value that shares a setting of precision, and where a file has it. */
export interface Largest {
  /** The setting that says how many decimals exact sums keep. */
  readonly decimals: keyof Decimals;
  readonly value: number;
  readonly place: Place;
  /** From which the decimals follow; null of prices, which keep those that are asked for. */
  readonly extent: Extent | null;
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
      `SELECT min(row)::INTEGER AS row, any_value(most)::DOUBLE AS value
       FROM next_${role}, (SELECT max(${field}) AS most FROM next_${role}) WHERE ${field} = most HAVING count(*) > 0`,
      { row: 'integer', value: 'number' },
    );
    const [largest] = await ask(engine, query, {}, signal);
    if (largest === undefined) continue;
    const { row, value } = largest;
    const place = await placeAt(engine, sources, { row, field }, { withLine: value >= searched });
    let extent: Extent | null = null;
    if (decimals !== 'priceDecimals') {
      const [sums] = await ask(engine, extentOf(role, field), {}, signal);
      // A value of attention stands on each bar until the next.
      const squares = role === 'attention' ? sums!.bars * value * value : sums!.squares;
      extent = { largest: value, squares, needed: sums!.needed };
    }
    found.push({ decimals, value, place, extent });
  }
  return found;
}

/** A value has so many decimals where the nearest double to it, rounded to them, is itself. */
const writtenWith = (field: string): string =>
  Array.from(
    { length: 16 },
    (_, n) => `WHEN round(${field} * 1e${n}) / 1e${n} = ${field} THEN ${n}`,
  ).join(' ');

const extentOf = (role: 'bars' | 'attention', field: string) =>
  reading(
    `SELECT coalesce(sum(${field} * ${field}), 0)::DOUBLE AS squares,
            coalesce(max(CASE ${writtenWith(field)} ELSE 16 END), 0)::INTEGER AS needed,
            (SELECT count(*) FROM next_bars)::DOUBLE AS bars
     FROM (SELECT ${field}::DOUBLE AS ${field} FROM next_${role} WHERE ${field} IS NOT NULL)`,
    { squares: 'number', needed: 'integer', bars: 'number' },
  );

/** Into the engine, beside the dataset to come. */
export function putLargest(engine: Engine, largest: readonly Largest[]): void {
  putTable(engine, 'next_largest', {
    decimals: textVector(largest.map(({ decimals }) => decimals)),
    value: makeVector(Float64Array.from(largest, ({ value }) => value)),
    file: textVector(largest.map(({ place }) => place.file ?? null)),
    line: int32s(largest.map(({ place }) => place.line ?? null)),
    column_name: textVector(largest.map(({ place }) => place.column ?? null)),
    text: textVector(largest.map(({ place }) => place.value ?? null)),
    squares: makeVector(Float64Array.from(largest, ({ extent }) => extent?.squares ?? 0)),
    needed: int32s(largest.map(({ extent }) => extent?.needed ?? null)),
  });
}

const kept = reading('SELECT * FROM largest', {
  decimals: 'text',
  value: 'number',
  file: 'text or null',
  line: 'integer or null',
  column_name: 'text or null',
  text: 'text or null',
  squares: 'number',
  needed: 'integer or null',
});

/** The largest values of the imported dataset; none of data that no file gave. */
export async function keptLargest(engine: Engine): Promise<Largest[]> {
  const rows = await ask(engine, kept, {});
  return rows.map(({ decimals, value, file, line, column_name, text, squares, needed }) => ({
    decimals: decimals as keyof Decimals,
    value,
    place: {
      file: file ?? undefined,
      line: line ?? undefined,
      column: column_name ?? undefined,
      value: text ?? undefined,
    },
    extent: needed === null ? null : { largest: value, squares, needed },
  }));
}
