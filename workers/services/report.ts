import { reportHtml } from '../../src/present/report/report.ts';
import { startingCash } from '../../src/domain/trial.ts';
import type { ExportFile, ReportExtras } from '../../src/wire/lab.ts';
import type { Dataset } from './dataset.ts';
import type { Run } from './run.ts';

/** A run as one self-contained HTML file. */
export function report(
  { result, sessions }: Run,
  { market, summary }: Dataset,
  { findings, walkForward, link, synthetic }: ReportExtras,
): ExportFile {
  const content = reportHtml({
    run: result,
    dataset: summary,
    initialCash: startingCash(result.study, market, sessions),
    findings,
    walkForward,
    link,
    synthetic,
  });
  return { name: 'report.html', type: 'text/html', content };
}
