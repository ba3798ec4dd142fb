import type { FileTable } from '../../domain/file-table.ts';
import type { MetricBySide } from '../../domain/metrics/by-side.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import { fileTable } from '../file-table.ts';
import { metricWord } from '../format.ts';
import { groupWords } from '../words.ts';
import { ofList } from './table.ts';

/** A reason beside a value is why that is not shown. */
type ToldMetric = Metric & { readonly reason?: string };

export const metricColumns = ofList<ToldMetric>([
  { id: 'id', title: 'Id', unit: 'text', cell: ({ id }) => id },
  {
    id: 'group',
    title: 'Group',
    unit: 'text',
    cell: ({ group }) => group,
    words: ({ group }) => groupWords[group],
  },
  { id: 'metric', title: 'Metric', unit: 'text', cell: ({ label }) => label },
  { id: 'value', title: 'Value', unit: 'ratio', cell: ({ value }) => value, words: metricWord },
  { id: 'unit', title: 'Unit', unit: 'text', cell: ({ unit }) => unit },
  {
    id: 'reason',
    title: 'Reason',
    unit: 'text',
    cell: ({ reason }) => reason ?? null,
  },
  { id: 'definition', title: 'Definition', unit: 'text', cell: ({ definition }) => definition },
  { id: 'formula', title: 'Formula', unit: 'text', cell: ({ formula }) => formula },
]);

/** A file of metrics: one line for each metric, with its definition, and why there is no value or why it is not shown. */
export const metricsTable = (metrics: readonly Metric[], shown: readonly Metric[]): FileTable =>
  fileTable(
    metricColumns,
    metrics.map((metric, i) => {
      const told = shown[i]!;
      return told.value === null ? { ...metric, reason: told.reason } : metric;
    }),
    metrics.length,
  );

const ofSide = (id: 'all' | 'long' | 'short', title: string) =>
  ({
    id,
    title,
    unit: 'ratio',
    cell: (row: MetricBySide) => row[id].value,
    words: (row: MetricBySide) => metricWord(row[id]),
  }) as const;

/** A metric of trades beside itself, counted over all of them and over each side. */
export const sideColumns = ofList<MetricBySide>([
  { id: 'metric', title: 'Metric', unit: 'text', cell: ({ all }) => all.label },
  ofSide('all', 'All'),
  ofSide('long', 'Long'),
  ofSide('short', 'Short'),
  { id: 'unit', title: 'Unit', unit: 'text', cell: ({ all }) => all.unit },
]);
