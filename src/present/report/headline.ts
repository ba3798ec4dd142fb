import { insideSentence } from '../ambiguity.ts';
import { headline } from '../../domain/metrics/metrics.ts';
import { strategyById } from '../../domain/strategies/registry.ts';
import type { Verdict } from '../../domain/validation/finding.ts';
import { verdictOf } from '../findings/verdict.ts';
import { conventionWords } from '../words.ts';
import { counted, percent } from '../format.ts';
import { barCount, spanWords, stepsWord } from '../times.ts';
import { measured } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { levelMark } from './level.ts';
import { remark } from './section.ts';
import { type Subject, currencyOf, metricsIn } from './subject.ts';

/** What the study is, what must stand beside its numbers, the verdict, and the numbers themselves. */
export function headlineOf(subject: Subject): Html {
  const { study, symbols, bars, trades, equity, clock } = subject.run;
  const { day } = equity;
  const span =
    day.length === 0 ? 'no sessions' : `${stepsWord(subject.run)} from ${spanWords(subject.run)}`;
  const size = [
    counted(symbols.length, 'symbol'),
    barCount(bars, clock),
    span,
    counted(trades.length, 'trade'),
  ];
  const labels = labelsOf(subject);
  return html`<header>
    <p class="kind">Outsample report</p>
    <h1>${study.name}</h1>
    <p>${strategyById(study.strategy.id)?.title ?? study.strategy.id} on ${size.join(', ')}.</p>
    ${
      labels.length === 0
        ? null
        : html`<p class="labels">${labels.map((label) => html`<strong>${label}</strong> `)}</p> `
    }${verdictText(verdictOf(subject.findings))}
    <dl class="tiles">${tiles(subject)}</dl>
    ${ambiguityText(subject)}${remark(
      html`Ratios follow the definitions of ${conventionWords[study.metrics.convention]}, each in
        <a href="#metrics">All metrics</a>; money is in ${currencyOf(subject)}; returns are after
        the costs of this run.`,
    )}
  </header> `;
}

/** What must be seen wherever the numbers are. */
function labelsOf({ synthetic, run }: Subject): string[] {
  const { fill } = run.study.execution;
  return [
    ...(synthetic ? ['Synthetic data: no market’s history'] : []),
    ...(fill === 'same-close' ? ['Same-close fills: optimistic'] : []),
    ...(fill === 'prior-close' ? ['Prior-close fills: optimistic'] : []),
  ];
}

const verdictText = ({ level, sentence }: Verdict): Html =>
  html`<p class="verdict ${level}">
    ${levelMark(level)} <span>${sentence} <a href="#findings">See the findings</a></span>
  </p>`;

function tiles(subject: Subject): Content {
  const metrics = metricsIn(subject);
  return headline[subject.run.study.metrics.convention].map((id) => {
    const metric = metrics.find((one) => one.id === id);
    if (metric === undefined) return null;
    return html`<div>
      <dt>${metric.label}</dt>
      <dd>${measured(metric)}</dd>
    </div> `;
  });
}

function ambiguityText({ run: { ambiguity, inside, study } }: Subject): Content {
  const decided = insideSentence(inside);
  if (ambiguity === null) return decided === null ? null : remark(decided);
  const { trades, stopFirst, targetFirst } = ambiguity;
  const shown = study.execution.bothTouched;
  return remark(
    `${decided === null ? '' : `${decided} `}${counted(trades, 'trade')} touched stop and target in one bar, and no one knows which came first: total return is ${percent(stopFirst.totalReturn)} with the stop first everywhere, ${percent(targetFirst.totalReturn)} with the target first. Shown is the run with the ${shown} first.`,
  );
}
