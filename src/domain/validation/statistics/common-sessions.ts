import type { Days } from '../../units.ts';

/** Closing equity by session; days since 1970-01-01, ascending. */
export interface Curve {
  readonly day: Days;
  readonly equity: Float64Array;
}

/** The days on which all of the curves have a session, ascending; none for no curves. */
export function commonDays(curves: readonly Pick<Curve, 'day'>[]): Days {
  const [first, ...others] = curves;
  if (first === undefined) return new Int32Array();
  return others.reduce((days, { day }) => shared(days, day), first.day);
}

function shared(some: Days, others: Days): Days {
  let at = 0;
  return some.filter((day) => {
    while (at < others.length && others[at]! < day) at++;
    return others[at] === day;
  });
}

/** Equity on each of these days, which must be sessions of the curve. */
export function equityOn({ day, equity }: Curve, days: Days): Float64Array {
  let at = 0;
  return Float64Array.from(days, (wanted) => {
    while (at < day.length && day[at]! < wanted) at++;
    if (day[at] !== wanted) throw new RangeError(`The curve has no session on day ${wanted}.`);
    return equity[at]!;
  });
}

/**
 * Simple returns from each of these days to the next, one fewer than there are days; null where equity fell to zero or
 * below. What a session returned that not all curves have is part of the next one’s, for all of them alike.
 */
export function returnsBetween(curve: Curve, days: Days): Float64Array | null {
  const equity = equityOn(curve, days);
  if (equity.some((value) => !(value > 0))) return null;
  return Float64Array.from(
    { length: Math.max(equity.length - 1, 0) },
    (_, i) => equity[i + 1]! / equity[i]! - 1,
  );
}
