import type { Dimension, ParameterValue } from '../study/validation.ts';

/** A setting varied over a span, in so many equal steps. */
export const span = (path: string, from: number, to: number, steps: number): Dimension => ({
  path,
  values: null,
  from,
  to,
  steps,
});

/** A setting varied over a list. */
export const list = (path: string, values: readonly ParameterValue[]): Dimension => ({
  path,
  values,
  from: null,
  to: null,
  steps: values.length,
});

/** Fewer digits than a double holds, so that 2.3 is not written 2.3000000000000003. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/** The values of a grid along a dimension, in order; a span of whole numbers stays whole where `whole`. */
export function gridValues(
  { values, from, to, steps }: Dimension,
  whole: boolean,
): ParameterValue[] {
  if (values !== null) return [...values];
  const [start, end] = [from ?? 0, to ?? 0];
  const stops = Array.from({ length: steps }, (_, i) => {
    const value = steps === 1 ? start : start + ((end - start) * i) / (steps - 1);
    return whole ? Math.round(value) : rounded(value);
  });
  return [...new Set(stops)];
}

/**
 * The value at a share of a dimension, 0 ≤ share < 1: each value of a list has an equal part. Rounding leads to no value
 * beyond the span's ends.
 */
export function valueAt(dimension: Dimension, share: number, whole: boolean): ParameterValue {
  const { values, from, to } = dimension;
  if (values !== null) return values[Math.floor(share * values.length)] ?? null;
  const [start, end] = [from ?? 0, to ?? 0];
  const within = (value: number): number =>
    Math.min(Math.max(value, Math.min(start, end)), Math.max(start, end));
  return whole
    ? Math.floor(within(start + share * (end - start + 1)))
    : within(Number((start + share * (end - start)).toPrecision(6)));
}
