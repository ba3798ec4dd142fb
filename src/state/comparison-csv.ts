import type { SharpeComparison } from '../domain/journal.ts';
import { columnsCsv } from '../present/csv.ts';
import type { ComparisonState } from './comparison.svelte.ts';
import { type GrowthLine, daysOf, growthOn } from './growth.ts';
import { letterAt } from '../present/history-words.ts';

/** What stands on the screen of a comparison, as files. A cell is empty where there is no value. */

const lettersOf = ({ runs }: ComparisonState) => runs.map(({ place }) => letterAt(place));

/** One line for each session of any run: growth since the first session shown, as a ratio. */
export function curvesCsv(lines: readonly GrowthLine[]): string {
  const days = daysOf(lines);
  return columnsCsv(
    ['date', ...lines.map(({ place }) => `growth_${letterAt(place)}`)],
    [{ days }, ...lines.map((line) => Array.from(days, (day) => growthOn(line, day)))],
  );
}

/** One line for each metric: what it is in each run, and how far that is from the first run. */
export function numbersCsv(comparison: ComparisonState): string {
  const { metrics } = comparison;
  const [base, ...others] = lettersOf(comparison);
  const value = (i: number) => metrics.map(({ cells }) => cells[i]?.metric?.value ?? null);
  return columnsCsv(
    ['metric', 'unit', base ?? '', ...others, ...others.map((letter) => `${letter}_less_${base}`)],
    [
      metrics.map(({ label }) => label),
      metrics.map(({ unit }) => unit),
      ...comparison.runs.map((_, i) => value(i)),
      ...others.map((_, i) => metrics.map(({ cells }) => cells[i + 1]?.difference ?? null)),
    ],
  );
}

/** One line for each setting that differs, its values as JSON. */
export function settingsCsv(comparison: ComparisonState): string {
  const settings = comparison.sections.flatMap((section) =>
    section.settings.map((setting) => ({ ...setting, section: section.title })),
  );
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  return columnsCsv(
    ['section', 'setting', 'path', ...lettersOf(comparison)],
    [
      settings.map(({ section }) => section),
      settings.map(({ title }) => title),
      settings.map(({ path }) => path),
      ...comparison.runs.map((_, i) => settings.map(({ values }) => json(values[i]))),
    ],
  );
}

const testColumns = [
  'base',
  'run',
  'difference',
  'low',
  'high',
  'pValue',
  'corrected',
  'sessions',
  'blockLength',
  'samples',
] as const;

/** One line for each run but the first: its Sharpe ratio a year against the first run’s. */
export function sharpeCsv(
  comparison: ComparisonState,
  sharpe: readonly SharpeComparison[],
): string {
  const [base, ...others] = lettersOf(comparison);
  return columnsCsv(
    [
      'run',
      'against',
      'outcome',
      `sharpe_of_base`,
      'sharpe_of_run',
      'difference',
      'low_95',
      'high_95',
      'p',
      'p_holm',
      'sessions',
      'block_length',
      'resamples',
    ],
    [
      others,
      others.map(() => base ?? ''),
      sharpe.map(({ kind }) => kind),
      ...testColumns.map((name) => sharpe.map((one) => (one.kind === 'tested' ? one[name] : null))),
    ],
  );
}
