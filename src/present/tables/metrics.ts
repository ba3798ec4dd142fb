import type { Metric } from '../../domain/metrics/metric.ts';
import { csvOf } from '../csv.ts';
import { metricWord } from '../format.ts';
import { groupWords } from '../words.ts';
import { ofList } from './table.ts';

export const metricColumns = ofList<Metric>([
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
    cell: (metric) => (metric.value === null ? metric.reason : null),
  },
  { id: 'definition', title: 'Definition', unit: 'text', cell: ({ definition }) => definition },
  { id: 'formula', title: 'Formula', unit: 'text', cell: ({ formula }) => formula },
]);

/** metrics.csv: one line for each metric, with its definition, or why there is no value. */
export const metricsCsv = (metrics: readonly Metric[]): Iterable<string> =>
  csvOf(metricColumns, metrics, metrics.length);
