import type { Field } from '../domain/study/form.ts';
import { everySettingOfSearch } from '../domain/search/adaptive.ts';
import { setsByRung } from '../domain/search/halving.ts';
import type { Study } from '../domain/study/study.ts';
import type { Objective, ParameterValue } from '../domain/study/validation.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import { type TrialMetric, columnOf, metricOf } from '../domain/validation/trial-metrics.ts';
import { type Numeric, count, counted, decimal, money, percent, ratio } from './format.ts';
import type { AxisKind } from './ticks.ts';
import { typedNumber, typedUnit } from './typed.ts';
import { choiceWord } from './words.ts';

interface MetricWords {
  readonly label: string;
  readonly format: (value: Numeric) => string;
  /** The same on an axis. */
  readonly axis: AxisKind;
  /** Where colours change sides; null where there is one side only. */
  readonly centre: number | null;
}

export const metricWords: Readonly<Record<TrialMetric, MetricWords>> = {
  sharpe: { label: 'Sharpe ratio', format: ratio, axis: 'number', centre: 0 },
  sortino: { label: 'Sortino ratio', format: ratio, axis: 'number', centre: 0 },
  totalReturn: { label: 'Total return', format: percent, axis: 'percent', centre: 0 },
  cagr: { label: 'CAGR', format: percent, axis: 'percent', centre: 0 },
  maxDrawdown: { label: 'Deepest drawdown', format: percent, axis: 'percent', centre: 0 },
  profitFactor: { label: 'Profit factor', format: ratio, axis: 'number', centre: 1 },
  winRate: { label: 'Win rate', format: percent, axis: 'percent', centre: null },
  trades: { label: 'Trades', format: count, axis: 'number', centre: null },
  costs: { label: 'Costs', format: money, axis: 'money', centre: null },
  plateau: { label: 'Neighbours’ mean', format: ratio, axis: 'number', centre: 0 },
};

/** The neighbours’ mean is in the objective’s unit. */
export const wordsOf = (metric: TrialMetric, objective: Objective): MetricWords =>
  metric === 'plateau'
    ? { ...metricWords[metricOf[objective]], label: metricWords.plateau.label }
    : metricWords[metric];

/** How many trials with so many trades share the best value, and which of them is shown; empty where none does. */
export function tieSentence(found: SearchResult, minimumTrades: number): string {
  const { best, objective, candidates, metrics } = found;
  if (best < 0) return '';
  const values = columnOf(found, metricOf[objective]);
  const equal = candidates.filter(
    (_, i) => values[i] === values[best] && metrics.trades[i]! >= minimumTrades,
  ).length;
  return equal < 2
    ? ''
    : `${counted(equal, 'trial')} share this best value; shown is the first of them in the order of the search.`;
}

/** What becomes of a search's draws where that is not the same for all: begins with a comma, or is empty. */
export function drawsSaid(study: Study): string {
  const search = everySettingOfSearch(study);
  if (search.method === 'evolution')
    return `, ${count(search.population)} at once, each generation made of the better ones before`;
  if (search.method !== 'halving') return '';
  const [, ...further] = setsByRung(search.trials, search);
  const rungs = further.map((sets, i) =>
    i === further.length - 1 ? `${count(sets)} on all ${search.budget}` : `${count(sets)} go on`,
  );
  return rungs.length === 0 ? `, each on all ${search.budget}` : `: ${rungs.join(', ')}`;
}

/** How far sets came in successive halving, rung by rung; empty for other methods. */
export function rungSentences({ halving }: Pick<SearchResult, 'halving'>): readonly string[] {
  if (halving === undefined) return [];
  const { budget, whole, rungs } = halving;
  const of = (part: number): string =>
    part === whole
      ? `all ${counted(whole, budget.slice(0, -1))}`
      : `${budget === 'sessions' ? 'the first ' : ''}${count(part)} of ${counted(whole, budget.slice(0, -1))}`;
  return rungs.map(
    ({ budget, sets, pruned }, i) =>
      `Rung ${i + 1}: ${counted(sets, 'trial')} on ${of(budget)}${pruned > 0 ? `; ${count(pruned)} went no further` : ''}.`,
  );
}

/** One value of the setting at a path: 2.5, off, ATR. */
export function valueWord(path: string, value: ParameterValue): string {
  if (value === null) return 'off';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return decimal(value);
  return choiceWord(path, value);
}

/** «Stop, × ATR» */
export const titleWithUnit = (title: string, field: Field | undefined): string =>
  field === undefined || field.unit === '' ? title : `${title}, ${typedUnit(field.unit)}`;

/** A value in the unit of that title: shares in percent. */
export const inUnit = (value: ParameterValue, field: Field | undefined): ParameterValue =>
  typeof value === 'number' ? Number(typedNumber(value, field?.unit ?? '')) : value;
