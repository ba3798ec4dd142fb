import { assumptions } from './assumptions.ts';
import { costTable, costs } from './costs.ts';
import { distribution } from './distribution.ts';
import { drawdownTable, drawdowns } from './drawdowns.ts';
import { equity } from './equity.ts';
import { findings } from './findings.ts';
import { headlineOf } from './headline.ts';
import { Html, html } from './html.ts';
import { metricTable, metrics } from './metrics.ts';
import { monthly } from './months.ts';
import { digestTable, fileTable, files, verification } from './provenance.ts';
import { notes } from './notes.ts';
import { rolling } from './rolling.ts';
import { sectionOf } from './section.ts';
import { settingTable, study } from './study.ts';
import { stylesOf } from './styles.ts';
import { curveFiguresOf } from '../figures/curve.ts';
import type { Subject } from './subject.ts';
import { fillTable, fills, tradeTable, trades } from './trades.ts';
import { underwater } from './underwater.ts';
import { foldTable, walkForward } from './walk-forward.ts';

const styles = new Html(
  stylesOf([
    costTable,
    digestTable,
    drawdownTable,
    fileTable,
    fillTable,
    foldTable,
    metricTable,
    settingTable,
    tradeTable,
  ]),
);

/**
 * A run as one HTML document that needs nothing else: no script, no other file, no network. It does not tell the
 * time, so equal subjects make equal bytes.
 */
export function reportHtml(subject: Subject): string {
  const figures = curveFiguresOf(subject.run.equity, subject.initialCash);
  const sections = [
    equity(subject),
    assumptions(subject),
    ...notes(subject),
    underwater(subject),
    monthly(figures),
    rolling(subject, figures),
    distribution(figures),
    drawdowns(subject),
    costs(subject),
    trades(subject),
    ...fills(subject),
    walkForward(subject),
    findings(subject),
    metrics(subject),
    study(subject),
    files(subject),
    verification(subject),
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${subject.run.study.name} – Outsample report</title>
        <style>
          ${styles}
        </style>
      </head>
      <body>
        <main>
          ${headlineOf(subject)}
          <nav class="contents" aria-label="Contents">
            ${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}
          </nav>
          ${sections.map(sectionOf)}
          <footer>
            Made by Outsample ${subject.run.engine.outsample}. A backtest is no promise.
          </footer>
        </main>
      </body>
    </html> `.toString();
}
