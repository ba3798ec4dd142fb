/** Subjects of reports, from little. */
import { FillLog } from '../../../../src/domain/execution/fill-log.ts';
import type { MeasuredRun } from '../../../../src/domain/metrics/measured.ts';
import { metricsOfAll } from '../../../../src/domain/metrics/metrics.ts';
import type { ReportedRun, Subject } from '../../../../src/present/report/subject.ts';
import type { DatedTrades } from '../../../../src/domain/run.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { runOf } from '../../domain/metrics-runs.ts';

const digest = (character: string): string => character.repeat(64);

type Sketch = Partial<Omit<Subject, 'run'>> & { readonly run?: Partial<ReportedRun> };

/** What a report of this run is written from; 100 in cash, one symbol, nothing examined. */
export function subjectOf(measured: MeasuredRun, { run = {}, ...rest }: Sketch = {}): Subject {
  return {
    run: {
      study: completeStudy({ name: 'A study' }),
      studyDigest: digest('a'),
      engine: { outsample: '9.9.9', duckdb: 'v9' },
      fingerprint: digest('b'),
      symbols: ['ACME'],
      bars: measured.equity.day.length,
      trades: dated(measured),
      fills: new FillLog().fills(),
      equity: measured.equity,
      benchmark: measured.benchmark,
      metrics: metricsOfAll(measured),
      digests: { trades: digest('c'), equity: digest('d'), metrics: digest('e') },
      unfilledValue: 0,
      ambiguity: null,
      notes: [{ level: 'info', text: 'Signals at a close fill at the open of the next bar.' }],
      ...run,
    },
    dataset: {
      files: [
        { name: 'C:\\me\\acme.csv', role: 'bars', rows: 3, from: 0, to: 2, sha256: digest('f') },
      ],
      facts: { currency: null },
    },
    initialCash: measured.initialCash,
    findings: [],
    walkForward: null,
    link: null,
    synthetic: false,
    remarks: [],
    ...rest,
  };
}

function dated({ trades, equity: { day } }: MeasuredRun): DatedTrades {
  const dayOf = (session: number): number => day[session] ?? 0;
  return {
    ...trades,
    gross: trades.net.slice(),
    signalDay: trades.signalRow.map(dayOf),
    entryDay: trades.entryStep.map(dayOf),
    exitDay: trades.exitStep.map(dayOf),
  };
}

/** A year of sessions that gain a little, lose a little, and rest. */
export const year: MeasuredRun = runOf(
  Array.from({ length: 365 }, (_, i) => 100 + (i % 7 === 0 ? 0 : ((i * 37) % 11) - 4) + i / 20),
  {
    benchmark: Array.from({ length: 365 }, (_, i) => 100 + i / 10),
    trades: [
      { quantity: 2, entry: 1, exit: 4, entryPrice: 10, exitPrice: 12, net: 3.5, commission: 0.5 },
      { side: -1, quantity: 1.5, entry: 9, exit: -1, entryPrice: 10, net: -1, slippage: 0.25 },
    ],
  },
);

/** The text of one section, tags and all. */
export function sectionIn(report: string, id: string): string {
  const from = report.indexOf(`<section id="${id}"`);
  if (from < 0) throw new Error(`There is no section ${id}.`);
  return report.slice(from, report.indexOf('</section>', from));
}

/** What a reader reads of it. */
export const wordsIn = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
