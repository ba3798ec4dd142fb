import { reportHtml } from '../../src/present/report/report.ts';
import type { ReportExtras, TextFile } from '../../src/wire/lab.ts';
import type { Dataset } from './dataset.ts';
import type { Run } from './run.ts';

/** A run as one self-contained HTML file. */
export function report(
  { result }: Run,
  { summary }: Dataset,
  { findings, walkForward, link, synthetic, remarks }: ReportExtras,
): TextFile {
  const content = reportHtml({
    run: result,
    dataset: summary,
    initialCash: result.initialCash,
    findings,
    walkForward,
    link,
    synthetic,
    remarks,
  });
  return { name: 'report.html', type: 'text/html', content };
}
