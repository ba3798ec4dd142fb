import { counted } from './format.ts';

const units = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** A length in seconds as people say it: “5 minutes”, “1 hour”, “1 month” of 28 days or more. */
export function lengthWords(seconds: number): string {
  const months = Math.round(seconds / 2_629_746);
  if (months >= 1 && seconds % 604_800 !== 0) return counted(months, 'month');
  const [size, word] = units.find(([one]) => seconds % one === 0)!;
  return counted(seconds / size, word);
}
