import type { ChartPart } from '../domain/strategies/strategy.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Day, Instant } from '../domain/units.ts';
import { date, decimal, percent, ratio } from './format.ts';
import { instantWord, toldZone } from './times.ts';

/** What a strategy saw at one bar; NaN where that is unknown. */
export interface Seen {
  readonly label: string;
  readonly threshold: number | null;
  readonly value: number;
  readonly parts: readonly (Pick<ChartPart, 'label' | 'unit' | 'weight' | 'least'> & {
    readonly value: number;
  })[];
}

/** What a strategy saw at many bars, as columns. */
export interface SeenColumns extends Pick<Seen, 'label' | 'threshold'> {
  readonly value: Float64Array;
  readonly parts: readonly (Omit<Seen['parts'][number], 'value'> & {
    readonly value: Float64Array;
  })[];
}

/** What was seen at one row of them. */
export const seenIn = ({ label, threshold, value, parts }: SeenColumns, row: number): Seen => ({
  ...{ label, threshold, value: value[row] ?? NaN },
  parts: parts.map((part) => ({ ...part, value: part.value[row] ?? NaN })),
});

/** 'Panic Score was 4.50, above the threshold of 3 (z of the range 2.50 × 1)'; null where it is unknown. */
export function seenWords({ label, threshold, value, parts }: Seen): string | null {
  if (Number.isNaN(value)) return null;
  const known = parts.flatMap(({ label, unit, weight, least, value }) => {
    if (Number.isNaN(value)) return [];
    const words = `${label} ${unit === 'percent' ? percent(value) : ratio(value)}`;
    if (weight !== undefined) return [`${words} × ${decimal(weight)}`];
    return [least === undefined ? words : `${words}, at least ${decimal(least)} wanted`];
  });
  const made = known.length > 0 ? ` (${known.join(', ')})` : '';
  return `${label} was ${ratio(value)}${against(value, threshold)}${made}`;
}

function against(value: number, threshold: number | null): string {
  if (threshold === null) return '';
  const place = value > threshold ? 'above' : value < threshold ? 'below' : 'at';
  return `, ${place} the threshold of ${decimal(threshold)}`;
}

/** The date of a bar, or that it is the one that opens at a time: '2024-03-08', 'the bar of 2024-03-08 09:30'. */
export function barWord(
  clock: BarClock | undefined,
  day: Day | undefined,
  at: Instant | undefined,
): string {
  const zone = toldZone(clock);
  return zone === null || at === undefined ? date(day) : `the bar of ${instantWord(at, zone)}`;
}
