import { randomStream } from '../../src/domain/random.ts';

/** A weekday in January 2015, in days since 1970-01-01. */
const start = 16_440;

/** So many sessions, Monday to Friday. */
export function sessions(count: number): Int32Array {
  const day = new Int32Array(count);
  let next = start;
  for (let i = 0; i < count; next++) if (isWeekday(next)) day[i++] = next;
  return day;
}

const isWeekday = (day: number) => ![0, 6].includes(new Date(day * 86_400_000).getUTCDay());

/** A made-up account or price: each name has its own, and always the same. */
export function walk(name: string, count: number, from: number, drift: number): Float64Array {
  const random = randomStream(1, name);
  let value = from;
  return Float64Array.from({ length: count }, (_, i) =>
    i === 0 ? from : (value *= 1 + drift + 0.01 * random.normal()),
  );
}

/** Normal numbers around a mean. */
export function draws(name: string, count: number, mean: number, spread: number): number[] {
  const random = randomStream(1, name);
  return Array.from({ length: count }, () => mean + spread * random.normal());
}
