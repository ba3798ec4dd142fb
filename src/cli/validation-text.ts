import { isAdaptive } from '../domain/search/adaptive.ts';
import type { Candidate } from '../domain/search/candidates.ts';
import type { Study } from '../domain/study/study.ts';
import type { Learning } from '../domain/validation/learning.ts';
import { type SearchResult, begunOf } from '../domain/validation/search.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';
import { count, counted, missingWord, percent, ratio, weight } from '../present/format.ts';
import { rungSentences, tieSentence, valueWord } from '../present/search-words.ts';
import { chosenColumns, foldColumns } from '../present/tables/folds.ts';
import { chosen, ordered } from '../present/tables/table.ts';
import { metricColumn, settingColumns } from '../present/tables/trials.ts';
import { textOf, textTable } from '../present/text-table.ts';

/** The values of a candidate in words. */
const valuesOf = (
  { dimensions }: Pick<SearchResult, 'dimensions'>,
  candidate: Candidate,
): readonly string[] => candidate.map((value, d) => valueWord(dimensions[d]?.path ?? '', value));
const setText = (found: SearchResult, candidate: Candidate): string =>
  valuesOf(found, candidate)
    .map((value, d) => `${found.titles[d] ?? ''} ${value}`)
    .join(', ');

const most = 10;

/** The best trials, how good their neighbours are, and how many there were. */
export function searchText(found: SearchResult, study: Study): string[] {
  const { candidates, metrics, titles, asked, leftOut, best, plateau, own } = found;
  const ties = tieSentence(found, study.validation.walkForward.minimumTrades);
  const sharpe = metricColumn('sharpe', found);
  const ranked = ordered(candidates.length, (trial) => metrics.sharpe[trial]!, true)
    .filter((trial) => !Number.isNaN(metrics.sharpe[trial]))
    .slice(0, most);
  const columns = [
    ...settingColumns(found, titles),
    sharpe,
    ...(['totalReturn', 'maxDrawdown', 'trades', 'plateau'] as const).map((metric) =>
      metricColumn(metric, found),
    ),
  ];
  return [
    `${study.name} — ${count(candidates.length)} of ${counted(asked, 'trial')} over ${titles.join(', ')}, ${counted(found.sessions, 'session')}`,
    ...(leftOut.count > 0
      ? [`${counted(leftOut.count, 'combination')} left out: ${leftOut.reason}`]
      : []),
    ...rungSentences(found),
    '',
    ...textOf(columns, found, ranked),
    '',
    best < 0
      ? `  No trial has ${counted(study.validation.walkForward.minimumTrades, 'trade')} and a value of the objective.`
      : `  Best by ${found.objective}: ${setText(found, candidates[best]!)}; its neighbours' mean is ${ratio(plateau[best])}.`,
    ...(ties === '' ? [] : [`  ${ties}`]),
    ...(own < 0
      ? []
      : [`  The study's own set has a Sharpe ratio of ${ratio(metrics.sharpe[own])}.`]),
    `  The best of ${counted(begunOf(found), 'trial')} is good by luck alone: ${howGood(study)}`,
  ];
}

const howGood = ({ validation: { search } }: Study): string =>
  isAdaptive(search)
    ? 'audit says how good; a walk-forward takes sets that were drawn without looking.'
    : 'walk-forward and audit say how good.';

/** Fold by fold, then the stitched curve beside the fixed parameters. */
export function walkForwardText(found: WalkForward, study: Study): string[] {
  const { folds, outOfSample, fixed, efficiency, winningFolds } = found;
  const columns = [
    ...chosen(foldColumns, ['test']),
    ...chosenColumns(found, found.titles),
    ...chosen(foldColumns, ['sharpe_in', 'sharpe_out', 'return_out', 'trades_out']),
  ];
  const line = (name: string, { quick, trades }: WalkForward['fixed']) => [
    name,
    percent(quick.totalReturn),
    ratio(quick.sharpe),
    percent(quick.maxDrawdown),
    count(trades.length),
  ];
  return [
    `${study.name} — walk-forward of ${counted(found.trials, 'parameter set')} over ${counted(folds.length, 'fold')}, best by ${found.objective}`,
    '',
    ...textOf(columns, found, folds.keys()),
    '',
    ...textTable(
      ['Out of sample', 'Return', 'Sharpe', 'Drawdown', 'Trades'],
      [line('chosen by fold', outOfSample), line('fixed parameters', fixed)],
    ),
    '',
    `  Efficiency ${efficiency.value === null ? missingWord(efficiency.reason) : percent(efficiency.value)}, ` +
      `winning folds ${percent(winningFolds)}.`,
    ...found.stability.map(
      ({ title, kept, drift }) =>
        `  ${title}: ${kept === null ? 'too few choices to compare' : `${percent(kept)} of folds keep the choice before`}` +
        `${drift === null ? '' : `, mean step ${percent(drift)} of its span`}.`,
    ),
    ...found.notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
    '',
    `  trades   ${outOfSample.digests.trades}`,
    `  equity   ${outOfSample.digests.equity}`,
    `  metrics  ${outOfSample.digests.metrics}`,
  ];
}

export function crossValidationText(found: CrossValidation): string[] {
  const rows = found.paths.map(({ totalReturn, sharpe, maxDrawdown }, i) => [
    `path ${i + 1}`,
    percent(totalReturn),
    ratio(sharpe),
    percent(maxDrawdown),
  ]);
  return [
    `Combinatorial purged cross-validation: ${counted(found.splits.length, 'split')}, ${counted(found.paths.length, 'path')}`,
    '',
    ...textTable(['', 'Return', 'Sharpe', 'Drawdown'], rows),
    '',
    `  Median Sharpe ratio ${ratio(found.medianSharpe)}; ${percent(found.losing)} of the paths lose money.`,
    ...found.notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
  ];
}

export function learningText(found: Learning): string[] {
  const rows = found.coefficients.map(({ name, value, fixed }) => {
    const known = Array.from(value).filter((one) => !Number.isNaN(one));
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
    return [
      name,
      weight(fixed),
      weight(mean),
      weight(Math.min(...known)),
      weight(Math.max(...known)),
    ];
  });
  return [
    'Learned weights',
    '',
    ...textTable(['', 'Fixed', 'Mean', 'Lowest', 'Highest'], rows),
    '',
    `  ${found.sentence}`,
    ...found.notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
  ];
}
