import { isoFromDay } from '../domain/calendar.ts';
import type { Candidate } from '../domain/search/candidates.ts';
import type { Study } from '../domain/study/study.ts';
import type { Learning } from '../domain/validation/learning.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';

const percent = (value: number | null): string =>
  value === null ? '—' : `${(value * 100).toFixed(2)} %`;
const ratio = (value: number | null): string => (value === null ? '—' : value.toFixed(2));
const numberAt = (values: Float64Array, place: number): number | null =>
  Number.isFinite(values[place]) ? values[place]! : null;
const valueText = (value: Candidate[number]): string => (value === null ? 'off' : String(value));
const setText = (titles: readonly string[], candidate: Candidate): string =>
  candidate.map((value, d) => `${titles[d] ?? ''} ${valueText(value)}`).join(', ');

/** Rows under a head, columns as wide as they need be; the first is on the left, numbers on the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, c) => Math.max(cell.length, ...rows.map((row) => row[c]!.length)));
  return [head, ...rows].map(
    (row) =>
      `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`,
  );
}

const most = 10;

/** The best trials, how good their neighbours are, and how many there were. */
export function searchText(found: SearchResult, study: Study): string {
  const { candidates, metrics, titles, asked, leftOut, best, plateau, own } = found;
  const ranked = Array.from(candidates, (_, i) => i)
    .filter((i) => !Number.isNaN(metrics.sharpe[i]))
    .sort((a, b) => metrics.sharpe[b]! - metrics.sharpe[a]! || a - b);
  const rows = ranked
    .slice(0, most)
    .map((i) => [
      ...candidates[i]!.map(valueText),
      ratio(numberAt(metrics.sharpe, i)),
      percent(numberAt(metrics.totalReturn, i)),
      percent(numberAt(metrics.maxDrawdown, i)),
      String(metrics.trades[i]),
      ratio(numberAt(plateau, i)),
    ]);
  return [
    `${study.name} — ${candidates.length} of ${asked} trials over ${titles.join(', ')}, ${found.sessions} sessions`,
    ...(leftOut.count > 0 ? [`${leftOut.count} combinations left out: ${leftOut.reason}`] : []),
    '',
    ...table([...titles, 'Sharpe', 'Return', 'Drawdown', 'Trades', 'Neighbours'], rows),
    '',
    best < 0
      ? `  No trial has ${study.validation.walkForward.minimumTrades} trades and a value of the objective.`
      : `  Best by ${found.objective}: ${setText(titles, candidates[best]!)}; its neighbours' mean is ${ratio(numberAt(plateau, best))}.`,
    ...(own < 0
      ? []
      : [`  The study's own set has a Sharpe ratio of ${ratio(numberAt(metrics.sharpe, own))}.`]),
    `  The best of ${candidates.length} trials is good by luck alone: walk-forward and audit say how good.`,
  ].join('\n');
}

/** Fold by fold, then the stitched curve beside the fixed parameters. */
export function walkForwardText(found: WalkForward, study: Study): string {
  const { folds, outOfSample, fixed, efficiency, winningFolds } = found;
  const rows = folds.map(({ days, chosen, inSample, outOfSample: test }) => [
    `${isoFromDay(days.testFrom)} to ${isoFromDay(days.testTo)}`,
    chosen === null ? 'cash' : chosen.map(valueText).join(' / '),
    ratio(inSample?.sharpe ?? null),
    ratio(test.sharpe),
    percent(test.totalReturn),
    String(test.trades),
  ]);
  const line = (name: string, { quick, trades }: WalkForward['fixed']) => [
    name,
    percent(quick.totalReturn),
    ratio(quick.sharpe),
    percent(quick.maxDrawdown),
    String(trades.length),
  ];
  return [
    `${study.name} — walk-forward of ${found.trials} parameter sets over ${folds.length} folds, best by ${found.objective}`,
    '',
    ...table(
      ['Test', found.titles.join(' / '), 'Sharpe in', 'Sharpe out', 'Return out', 'Trades'],
      rows,
    ),
    '',
    ...table(
      ['Out of sample', 'Return', 'Sharpe', 'Drawdown', 'Trades'],
      [line('chosen by fold', outOfSample), line('fixed parameters', fixed)],
    ),
    '',
    `  Efficiency ${efficiency.value === null ? `— (${efficiency.reason ?? ''})` : percent(efficiency.value)}, ` +
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
  ].join('\n');
}

export function crossValidationText(found: CrossValidation): string {
  const rows = found.paths.map(({ totalReturn, sharpe, maxDrawdown }, i) => [
    `path ${i + 1}`,
    percent(totalReturn),
    ratio(sharpe),
    percent(maxDrawdown),
  ]);
  return [
    `Combinatorial purged cross-validation: ${found.splits.length} splits, ${found.paths.length} paths`,
    '',
    ...table(['', 'Return', 'Sharpe', 'Drawdown'], rows),
    '',
    `  Median Sharpe ratio ${ratio(found.medianSharpe)}; ${percent(found.losing)} of the paths lose money.`,
    ...found.notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
  ].join('\n');
}

export function learningText(found: Learning): string {
  const rows = found.coefficients.map(({ name, value, fixed }) => {
    const known = Array.from(value).filter((one) => !Number.isNaN(one));
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
    const shown = (one: number) => (known.length === 0 ? '—' : one.toFixed(3));
    return [
      name,
      fixed.toFixed(3),
      shown(mean),
      shown(Math.min(...known)),
      shown(Math.max(...known)),
    ];
  });
  return [
    'Learned weights',
    '',
    ...table(['', 'Fixed', 'Mean', 'Lowest', 'Highest'], rows),
    '',
    `  ${found.sentence}`,
    ...found.notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
  ].join('\n');
}

/** Typed arrays as lists, NaN as null. */
export const asJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, one: unknown) =>
      ArrayBuffer.isView(one) ? Array.from(one as unknown as Iterable<number>) : one,
    2,
  );
