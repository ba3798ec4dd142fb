import { ticks as roundTicks } from 'd3-array';
import { format } from 'd3-format';
import { scaleLog } from 'd3-scale';
import { thinSpace } from './format.ts';

/** What the numbers of an axis are: a percent is a ratio, money is shortened from 10k on. */
export type AxisKind = 'number' | 'percent' | 'money';

/** An axis of values: from where to where, the round ones of it, and their words. */
export interface ValueTicks {
  readonly domain: readonly [low: number, high: number];
  readonly values: readonly number[];
  readonly words: readonly string[];
}

/** Nearer than this, as a share of their size, two ends are one: what is between them is roundings. */
const SAME = 1e-9;

/** About so many round values from the lowest to the highest, both finite; something is made of a flat range. */
export function valueTicks(
  low: number,
  high: number,
  wanted: number,
  kind: AxisKind,
  logarithmic = false,
): ValueTicks {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const pad = high - low > size * SAME ? 0 : size * 0.01 || 0.01;
  const domain = [low - pad, high + pad] as const;
  const values = logarithmic
    ? scaleLog(domain, [0, 1]).ticks(wanted)
    : roundTicks(...domain, wanted);
  return { domain, values, words: tickWords(values, kind, logarithmic) };
}

const units = [
  { size: 1e9, name: 'B' },
  { size: 1e6, name: 'M' },
  { size: 1e3, name: 'k' },
] as const;
/** More characters than these are written as a power of ten. */
const longest = 10;

/**
 * Ticks in words, with as many digits as tell them from their neighbours: of even steps all have the same decimals and
 * the same unit, on a logarithmic axis each its own.
 */
export function tickWords(
  ticks: readonly number[],
  kind: AxisKind,
  logarithmic = false,
): readonly string[] {
  const values = kind === 'percent' ? ticks.map((value) => value * 100) : ticks;
  const end = kind === 'percent' ? `${thinSpace}%` : '';
  const most = Math.max(...values.map(Math.abs));
  const places = values.map((value, i): Place => {
    const gap = Math.min(
      Math.abs(value - (values[i - 1] ?? Infinity)),
      Math.abs((values[i + 1] ?? Infinity) - value),
    );
    const size = logarithmic ? Math.abs(value) : most;
    return { value, size, step: exponentOf(Number.isFinite(gap) ? gap : size) };
  });
  const plain = places.map((place) => plainWord(place, kind));
  const words = plain.some(({ length }) => length > longest) ? places.map(powerWord) : plain;
  return words.map((word) => `${word}${end}`);
}

interface Place {
  readonly value: number;
  /** What decides on the unit. */
  readonly size: number;
  /** The power of ten of the distance to the next tick. */
  readonly step: number;
}

/** Steps are a power of ten times 1, 2 or 5, but for a rounding. */
const exponentOf = (size: number): number =>
  size > 0 ? Math.floor(Math.log10(size * (1 + 1e-6))) : 0;

function plainWord({ value, size, step }: Place, kind: AxisKind): string {
  const least = kind === 'money' ? 1e4 : kind === 'number' ? 1e6 : Infinity;
  const unit = units.find(
    (one) => size >= Math.max(one.size, least) && exponentOf(one.size) - step <= 2,
  );
  const decimals = Math.max(exponentOf(unit?.size ?? 1) - step, 0);
  if (value === 0) return '0';
  // Beyond twenty, digits are the float's own; such numbers are written as powers.
  const digits = format(`,.${Math.min(decimals, 20)}f`)(value / (unit?.size ?? 1));
  return `${digits}${unit?.name ?? ''}`;
}

function powerWord({ value, step }: Place): string {
  if (value === 0) return '0';
  const digits = Math.max(exponentOf(Math.abs(value)) - step, 0);
  return format(`.${Math.min(digits, 20)}e`)(value)
    .replace('e-', 'e−')
    .replace('e+', 'e');
}

/** A digit’s width at the size of an axis’ words, in pixels, and what keeps it off the plot and the edge. */
const perCharacter = 7.2;
const aside = 10;

/** Pixels that the longest of these words takes beside an axis, and at least so many. */
export const marginFor = (words: readonly string[], least: number): number =>
  Math.max(
    least,
    Math.ceil(Math.max(...words.map(({ length }) => length), 0) * perCharacter + aside),
  );

/** The lowest and the highest of some values, NaN aside; null where there are none. */
export function spread(...columns: readonly ArrayLike<number>[]): [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns)
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low <= high ? [low, high] : null;
}
