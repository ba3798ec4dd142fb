import { monthOf, yearOf } from '../../domain/calendar.ts';
import { type BasedCurve, returnsBy } from '../../domain/metrics/periods.ts';
import type { Ratio } from '../../domain/units.ts';
import { cellPercent } from '../format.ts';
import { monthWords } from '../month-words.ts';
import { type Column, ofList } from '../tables/table.ts';

/** Steps of colour on each side of zero. */
export const monthSteps = [1, 2, 3, 4] as const;

export interface MonthsOfYear {
  readonly year: number;
  /** Return of each calendar month; null where the run has no session in it. */
  readonly months: readonly (Ratio | null)[];
  readonly total: Ratio;
}

/** Returns by calendar month; the first and the last are those parts of them that the run has. */
export interface MonthGrid {
  readonly years: readonly MonthsOfYear[];
  /** Width of a step of colour, a ratio; 0 where nothing moved. */
  readonly step: number;
  /** Decimals of a percent in a cell. */
  readonly digits: 1 | 2;
}

export function monthGridOf(curve: BasedCurve): MonthGrid {
  const all = returnsBy(curve, monthOf);
  const byKey = new Map(all.map(({ key, returned }) => [key, returned]));
  const step = stepOf(all.map(({ returned }) => returned));
  return {
    years: returnsBy(curve, yearOf).map(({ key: year, returned: total }) => ({
      year,
      months: monthWords.map((_, i) => byKey.get((year - 1970) * 12 + i) ?? null),
      total,
    })),
    step,
    digits: step > 0 && step * monthSteps.length < 0.01 ? 2 : 1,
  };
}

/** Which step of colour a return has: 1 … 4 above zero, −1 … −4 below, 0 at zero. */
export function monthStep(returned: Ratio, step: number): number {
  if (returned === 0) return 0;
  const size = Math.min(Math.max(Math.ceil(Math.abs(returned) / step), 1), monthSteps.length);
  return returned > 0 ? size : -size;
}

/** A round width of the steps, such that nine months in ten lie inside them; 0 where nothing moved. */
function stepOf(all: readonly Ratio[]): number {
  const sizes = Float64Array.from(all, Math.abs)
    .filter((size) => size > 0)
    .sort();
  const usual = sizes[Math.floor(0.9 * (sizes.length - 1))] ?? 0;
  if (usual === 0) return 0;
  for (let unit = 0.000_01; ; unit *= 10)
    for (const nice of [1, 2, 2.5, 5])
      if (nice * unit * monthSteps.length >= usual) return nice * unit;
}

export const monthColumns = ({ digits }: MonthGrid): readonly Column<readonly MonthsOfYear[]>[] =>
  ofList<MonthsOfYear>([
    { id: 'year', title: 'Year', unit: 'text', stored: 'integer', cell: ({ year }) => year },
    ...monthWords.map((title, i) => ({
      id: title.toLowerCase(),
      title: `${title}, %`,
      unit: 'percent' as const,
      cell: ({ months }: MonthsOfYear) => months[i] ?? null,
      words: ({ months }: MonthsOfYear) => {
        const returned = months[i];
        return returned == null ? '' : cellPercent(returned, digits);
      },
    })),
    { id: 'total', title: 'Year’s return', unit: 'percent', cell: ({ total }) => total },
  ]);
