import type { HeadlineMetric, RunSummary } from '../../state/history.svelte.ts';
import { measured } from '../format.ts';

/** When a run was made, on this machine's clock: 2026-01-31 12:05. */
export function when({ madeAt }: RunSummary): string {
  const at = new Date(madeAt);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** One number of a run, or why there is none; a dash for a run that an older version recorded without it. */
export function number({ metrics }: RunSummary, id: string): string {
  const metric = metrics.find((one) => one.id === id);
  return metric === undefined ? '–' : said(metric);
}

const said = ({ value, unit, reason }: HeadlineMetric): string =>
  value === null ? `None: ${reason ?? 'not recorded.'}` : measured(value, unit);
