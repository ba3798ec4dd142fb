import type { Study } from '../../domain/study/study.ts';
import type { Objective } from '../../domain/study/validation.ts';
import type { FoldResult, WalkForward } from '../../domain/validation/walk-forward.ts';
import { spread } from '../ticks.ts';
import { valueAxis } from './axis.ts';
import { chart, lineMark, uprightMark } from './chart.ts';
import { dayAxis } from './equity.ts';
import { count, counted, money, percent, ratio } from '../format.ts';
import { foldColumns } from '../tables/folds.ts';
import { type Column, chosen } from '../tables/table.ts';
import { missing } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { type Section, paragraph, remark } from './section.ts';
import { valueText } from './setting.ts';
import { type Subject, currencyOf } from './subject.ts';
import { rowsOf, shared, tableOf } from './table.ts';

const objectiveWords: Readonly<Record<Objective, string>> = {
  sharpe: 'Sharpe ratio',
  sortino: 'Sortino ratio',
  'total-return': 'total return',
  'profit-factor': 'profit factor',
};

interface Source extends WalkForward {
  readonly study: Study;
}

/** All settings in one column, since a sheet of paper has room for no more. */
const parameters: Column<Source> = {
  id: 'chosen',
  title: 'Chosen in training',
  unit: 'text',
  cell: (source, i) => chosenText(source.folds[i]!, source),
};

export const foldTable = tableOf(
  'folds',
  shared<Source>([
    ...chosen(foldColumns, ['number', 'training', 'test']),
    parameters,
    ...chosen(foldColumns, ['sharpe_in', 'sharpe_out', 'return_out', 'trades_out']),
  ]),
);

/** What the study earned on sessions that its parameters had not seen. */
export function walkForward(subject: Subject): Section {
  const { run, walkForward: found } = subject;
  const section = { id: 'walk-forward', title: 'Walk-forward' };
  if (found === null) {
    return {
      ...section,
      content: paragraph(
        'It was not done: nothing here says how parameters that were chosen on the past do on sessions they have not seen.',
      ),
    };
  }
  return {
    ...section,
    content: [
      paragraph(
        `Of ${counted(found.trials, 'parameter set')} the one with the best ${objectiveWords[found.objective]} in training, with at least ${counted(found.minimumTrades, 'trade')}, was run on the test window after it, flat at its start, over ${counted(found.folds.length, 'fold')}.`,
      ),
      numbers(found),
      stitched(found, currencyOf(subject)),
      foldTable.render(
        'Folds: windows, the parameters chosen in training, and what became of them',
        rowsOf({ ...found, study: run.study }, found.folds.length),
      ),
      remark('“—”: there is no number, as a Sharpe ratio without any change of equity.'),
      found.notes.length === 0
        ? null
        : html`<ul class="notes small">
            ${found.notes.map(({ level, text }) => html`<li class="${level}">${text}</li>`)}
          </ul>`,
    ],
  };
}

function numbers({ efficiency, outOfSample, winningFolds, folds }: WalkForward): Html {
  const traded = folds.filter(({ trial }) => trial >= 0).length;
  const rows: readonly (readonly [string, Content])[] = [
    [
      'Efficiency: growth a year in the tests ÷ in training',
      efficiency.value === null ? missing(efficiency.reason ?? '') : percent(efficiency.value),
    ],
    ['Sharpe ratio out of sample', ratio(outOfSample.quick.sharpe)],
    ['Total return out of sample', percent(outOfSample.quick.totalReturn)],
    [
      'Traded folds with a gain',
      winningFolds === null
        ? missing('No fold traded.')
        : `${count(Math.round(winningFolds * traded))} of ${count(traded)}`,
    ],
  ];
  return html`<dl class="tiles">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl> `;
}

const height = 220;

function stitched({ outOfSample, fixed, folds }: WalkForward, currency: string): Content {
  const { day, equity } = outOfSample.equity;
  const both = spread(equity, fixed.equity.equity);
  if (both === null) return null;
  const x = dayAxis(day);
  const y = valueAxis(...both, height, 'money');
  return chart({
    id: 'stitched',
    title: 'Out-of-sample equity',
    headed: true,
    summary: `Test windows one after another, each with what the one before left; upright lines mark where a test begins. Chosen in training ends at ${money(equity.at(-1))}, fixed parameters at ${money(fixed.equity.equity.at(-1))}, in ${currency}.`,
    height,
    x: x.ticks,
    y,
    legend: [
      { words: 'Chosen in training', mark: 'equity' },
      { words: 'Fixed parameters', mark: 'benchmark' },
    ],
    marks: [
      folds.map(({ days }) => uprightMark(x.place(days.testFrom), height, 'border')),
      lineMark({ day: fixed.equity.day, value: fixed.equity.equity, x, y }, 'benchmark'),
      lineMark({ day, value: equity, x, y }, 'equity'),
    ],
  });
}

function chosenText({ chosen }: FoldResult, { dimensions, titles, study }: Source): string {
  if (chosen === null) return 'none: stayed in cash';
  return dimensions
    .map(({ path }, d) => `${titles[d] ?? path} ${valueText(study, path, chosen[d] ?? null)}`)
    .join('; ');
}
