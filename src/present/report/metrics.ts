import { type Metric, metricGroups } from '../../domain/metrics/metric.ts';
import { conventionWords, groupWords } from '../words.ts';
import { measured } from './format.ts';
import { type Html, html } from './html.ts';
import { type Section, paragraph } from './section.ts';
import { type Subject, currencyOf, metricsIn } from './subject.ts';
import { tableOf } from './table.ts';

export const metricTable = tableOf<Metric>('metrics', [
  { head: 'Metric', cell: ({ label }) => label },
  { head: 'Value', numeric: true, cell: measured },
  { head: 'Definition', cell: definition },
]);

/** Every number of the study's convention with how it is defined. */
export function metrics(subject: Subject): Section {
  const { convention } = subject.run.study.metrics;
  const all = metricsIn(subject);
  const groups = metricGroups.map((group) => ({
    group,
    rows: all.filter((metric) => metric.group === group),
  }));
  return {
    id: 'metrics',
    title: 'All metrics',
    content: [
      paragraph(
        `By the definitions of ${conventionWords[convention]}; the digest of the metrics covers these. Money is in ${currencyOf(subject)}.`,
      ),
      groups
        .filter(({ rows }) => rows.length > 0)
        .map(({ group, rows }) => metricTable.render(groupWords[group], rows)),
    ],
  };
}

function definition({ definition: words, formula }: Metric): Html {
  return html`${words} <code>${formula}</code>`;
}
