import { dateOf, monthOf } from '../domain/calendar.ts';
import type { Day } from '../domain/units.ts';

export const monthWords = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;

/** “Mar”; months before 1970 are negative. */
export const monthWord = (day: Day): string => monthWords[((monthOf(day) % 12) + 12) % 12]!;

/** “14 Mar” */
export const dayMonth = (day: Day): string => `${dateOf(day).getUTCDate()} ${monthWord(day)}`;
