import type { Cell, FileTable } from '../../domain/file-table.ts';
import { type ComparedRun, type GrowthLine, daysOf, growthOn } from '../../domain/growth.ts';
import type { SharpeComparison } from '../../domain/journal.ts';
import type { MetricRow } from '../../domain/metric-differences.ts';
import type { SettingSection } from '../../domain/study/differing.ts';
import { fileTable } from '../file-table.ts';
import { letterAt } from '../history-words.ts';
import { type Column, ofList } from './table.ts';

/** Runs side by side, the first being what the others are compared with. */
interface Comparison {
  readonly runs: readonly Pick<ComparedRun, 'place'>[];
  readonly metrics: readonly MetricRow[];
  readonly sections: readonly SettingSection[];
}

const lettersOf = ({ runs }: Pick<Comparison, 'runs'>) => runs.map(({ place }) => letterAt(place));

/** A file of curves: one line for each session of any run, growth since the first session shown, as a ratio. */
export function curvesTable(lines: readonly GrowthLine[]): FileTable {
  const days = daysOf(lines);
  const columns: Column<Int32Array>[] = [
    { id: 'date', title: 'Date', unit: 'date', cell: (days, i) => days[i]! },
    ...lines.map((line): Column<Int32Array> => ({
      id: `growth_${letterAt(line.place)}`,
      title: letterAt(line.place),
      unit: 'percent',
      cell: (days, i) => growthOn(line, days[i]!),
    })),
  ];
  return fileTable(columns, days, days.length);
}

/** A file of numbers: one line for each metric, what it is in each run, and how far that is from the first run. */
export function numbersTable(comparison: Comparison): FileTable {
  const letters = lettersOf(comparison);
  const number = (id: string, cell: (row: MetricRow) => Cell | undefined) =>
    ({ id, title: id, unit: 'ratio', cell: (row: MetricRow) => cell(row) ?? null }) as const;
  const columns = ofList<MetricRow>([
    { id: 'metric', title: 'Metric', unit: 'text', cell: ({ label }) => label },
    { id: 'unit', title: 'Unit', unit: 'text', cell: ({ unit }) => unit },
    ...letters.map((letter, i) => number(letter, ({ cells }) => cells[i]?.metric?.value)),
    ...letters
      .slice(1)
      .map((letter, i) =>
        number(`${letter}_less_${letters[0]}`, ({ cells }) => cells[i + 1]?.difference),
      ),
  ]);
  return fileTable(columns, comparison.metrics, comparison.metrics.length);
}

/** A file of settings: one line for each setting that differs, its values as JSON. */
export function settingsTable(comparison: Comparison): FileTable {
  const settings = comparison.sections.flatMap((section) =>
    section.settings.map((setting) => ({ ...setting, section: section.title })),
  );
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const columns = ofList<(typeof settings)[number]>([
    { id: 'section', title: 'Section', unit: 'text', cell: ({ section }) => section },
    { id: 'setting', title: 'Setting', unit: 'text', cell: ({ title }) => title },
    { id: 'path', title: 'Path', unit: 'text', cell: ({ path }) => path },
    ...lettersOf(comparison).map(
      (letter, i) =>
        ({
          id: letter,
          title: letter,
          unit: 'text',
          cell: ({ values }: (typeof settings)[number]) => json(values[i]),
        }) as const,
    ),
  ]);
  return fileTable(columns, settings, settings.length);
}

/** A file of Sharpe ratios: one line for each run but the first, its Sharpe ratio a year against the first run’s. */
export function sharpeTable(
  comparison: Pick<Comparison, 'runs'>,
  sharpe: readonly SharpeComparison[],
): FileTable {
  const [base, ...others] = lettersOf(comparison);
  const tested = (
    id: string,
    name: Exclude<keyof Extract<SharpeComparison, { kind: 'tested' }>, 'kind'>,
  ) =>
    ({
      id,
      title: id,
      unit: 'ratio',
      cell: (one: SharpeComparison) => (one.kind === 'tested' ? one[name] : null),
    }) as const;
  const columns = ofList<SharpeComparison>([
    { id: 'run', title: 'Run', unit: 'text', cell: (_, i) => others[i] ?? null },
    { id: 'against', title: 'Against', unit: 'text', cell: () => base ?? null },
    { id: 'outcome', title: 'Outcome', unit: 'text', cell: ({ kind }) => kind },
    tested('sharpe_of_base', 'base'),
    tested('sharpe_of_run', 'run'),
    tested('difference', 'difference'),
    tested('low_95', 'low'),
    tested('high_95', 'high'),
    tested('p', 'pValue'),
    tested('p_holm', 'corrected'),
    tested('sessions', 'sessions'),
    tested('block_length', 'blockLength'),
    tested('resamples', 'samples'),
  ]);
  return fileTable(columns, sharpe, sharpe.length);
}
