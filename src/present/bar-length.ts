import { counted } from './format.ts';

const units = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** A length in seconds as sentences have it: “5 minutes”, “1 hour”, “1 month” of 28 days or more. */
export function lengthInWords(seconds: number): string {
  const months = Math.round(seconds / 2_629_746);
  if (months >= 1 && seconds % 604_800 !== 0) return counted(months, 'month');
  const [size, word] = units.find(([one]) => seconds % one === 0)!;
  return counted(seconds / size, word);
}

/** The length of bars where there is little room: '5 min', '1 h', 'session', 'month'. */
export function shortLength(seconds: number): string {
  const days = seconds / 86_400;
  if (days === 1) return 'session';
  if (days === 7) return 'week';
  if (days >= 28 && days <= 31) return 'month';
  if (Number.isInteger(days)) return `${days} days`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
