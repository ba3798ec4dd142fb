import type { HeadlineMetric, RunSummary } from '../../state/history.svelte.ts';
import { count, date, measured, money, percent, ratio } from '../format.ts';

/** When a run was made, on this machine's clock: 2026-01-31 12:05. */
export function when({ madeAt }: RunSummary): string {
  const at = new Date(madeAt);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** One number of a run, or why there is none; a dash for a run that an older version recorded without it. */
export function number({ metrics }: RunSummary, id: string): string {
  return metricWord(metrics.find((one) => one.id === id));
}

export const metricWord = (metric: HeadlineMetric | undefined): string =>
  metric === undefined
    ? '–'
    : metric.value === null
      ? `None: ${metric.reason ?? 'not recorded.'}`
      : measured(metric.value, metric.unit);

/** A difference with its sign; of percentages in percentage points. */
export function differenceWord(difference: number, unit: HeadlineMetric['unit']): string {
  const size = Math.abs(difference);
  const word = sizeWord(size, unit);
  if (!/[1-9]/.test(word)) return word;
  return `${difference < 0 ? '−' : '+'}${word}`;
}

function sizeWord(size: number, unit: HeadlineMetric['unit']): string {
  switch (unit) {
    case 'percent':
      return percent(size).replace('%', 'pp');
    case 'currency':
      return money(size);
    case 'count':
      return Number.isInteger(size) ? count(size) : ratio(size);
    case 'date':
      return measured(size, 'days');
    default:
      return measured(size, unit);
  }
}

/** From one day to another: 2016-01-04 to 2018-12-28. */
export const spanWord = (days: ArrayLike<number>): string =>
  `${date(days[0] ?? NaN)} to ${date(days[days.length - 1] ?? NaN)}`;

/** 0.123 as +12.30 %; a dash where the run has no session. */
export const growthWord = (growth: number | null): string =>
  growth === null ? '–' : differenceWord(growth, 'percent').replace('pp', '%');
