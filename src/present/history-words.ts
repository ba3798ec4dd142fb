import { type MetricCell, headlineOf } from '../domain/metric-differences.ts';
import type { HeadlineMetric, ListedRun, RunSummary } from '../domain/journal.ts';
import { strategies } from '../domain/strategies/registry.ts';
import { count, dash, measured, metricWord, money, percent, ratio } from './format.ts';

/** What a pinned run is called by its place, from 1, so that runs of one name are told apart; empty for others. */
export const letterAt = (place: number): string => 'ABCD'[place - 1] ?? '';

/** What a strategy is called; its id where this version has none of that name. */
export const strategyTitle = (id: string): string =>
  strategies.find((strategy) => strategy.id === id)?.title ?? id;

/** What a run in the list is called: its own name, or what differs in it. */
export const runTitle = ({ marks, changes }: Pick<ListedRun, 'marks' | 'changes'>): string =>
  marks.name === '' ? changes : marks.name;

/** One number of a run, or why there is none; a dash for a run that an older version recorded without it. */
export const headlineWord = (metric: HeadlineMetric | undefined): string =>
  metric === undefined ? dash : metricWord(metric);

export const headlineAt = (run: RunSummary, id: string): string =>
  headlineWord(headlineOf(run).find((one) => one.id === id));

/** A difference with its sign; of percentages in percentage points. */
export function differenceWord(difference: number, unit: HeadlineMetric['unit']): string {
  const size = Math.abs(difference);
  const word = sizeWord(size, unit);
  if (!/[1-9]/.test(word)) return word;
  return `${difference < 0 ? '−' : '+'}${word}`;
}

/** How far a run’s number is from the first one’s, and how that counts: what is too small to be seen is no lead. */
export function distanceWords(
  { difference, verdict }: Pick<MetricCell, 'difference' | 'verdict'>,
  unit: HeadlineMetric['unit'],
): { readonly words: string; readonly verdict: MetricCell['verdict'] } | null {
  if (difference === null) return null;
  if (verdict === 'same' || difference === 0) return { words: 'same', verdict: 'same' };
  const words = differenceWord(difference, unit);
  if (!/[1-9]/.test(words)) return { words: `${words} apart`, verdict: 'same' };
  return { words: verdict === null ? words : `${words} ${verdict}`, verdict };
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

/** 0.123 as +12.30 %; a dash where the run has no session. */
export const growthWord = (growth: number | null): string =>
  growth === null ? dash : differenceWord(growth, 'percent').replace('pp', '%');
