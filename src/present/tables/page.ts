import { columnsCsv } from '../csv.ts';
import type { Year } from '../charts/years.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import type { Finding } from '../../domain/validation/finding.ts';

/** Tables of the page as files. A cell is empty where there is no value. */
export { foldsCsv } from './folds.ts';

/** One line for each calendar year. */
export const yearsCsv = (years: readonly Year[]): string =>
  columnsCsv(
    ['year', 'sessions', 'equity', 'change', 'buy_and_hold_change', 'deepest_drawdown'],
    [
      years.map(({ year }) => year),
      years.map(({ sessions }) => sessions),
      years.map(({ equity }) => equity),
      years.map(({ change }) => change),
      years.map(({ benchmarkChange }) => benchmarkChange),
      years.map(({ deepest }) => deepest),
    ],
  );

/** One line for each metric, with its definition, or why there is no value. Percentages are ratios, dates days since 1970. */
export const metricsCsv = (metrics: readonly Metric[]): string =>
  columnsCsv(
    ['id', 'group', 'metric', 'value', 'unit', 'reason', 'definition', 'formula'],
    [
      metrics.map(({ id }) => id),
      metrics.map(({ group }) => group),
      metrics.map(({ label }) => label),
      metrics.map(({ value }) => value),
      metrics.map(({ unit }) => unit),
      metrics.map((metric) => (metric.value === null ? metric.reason : null)),
      metrics.map(({ definition }) => definition),
      metrics.map(({ formula }) => formula),
    ],
  );

/** One line for each finding, in their order. */
export const findingsCsv = (findings: readonly Finding[]): string =>
  columnsCsv(
    ['id', 'level', 'finding', 'text', 'threshold', 'source', 'change'],
    [
      findings.map(({ id }) => id),
      findings.map(({ level }) => level),
      findings.map(({ title }) => title),
      findings.map(({ text }) => text),
      findings.map(({ threshold }) => threshold),
      findings.map(({ source }) => source),
      findings.map(({ change }) => change),
    ],
  );
