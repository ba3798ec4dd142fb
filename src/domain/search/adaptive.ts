import type { Validation } from '../study/validation.ts';
import { type budgets, adaptivePresets } from './methods.ts';

type Search = Validation['search'];

/** Whether what a search tries depends on what it has found: its trials were not drawn without looking. */
export const isAdaptive = ({ method }: Pick<Search, 'method'>): boolean =>
  method === 'successive-halving' || method === 'differential-evolution';

export type Budget = (typeof budgets)[number];

export interface HalvingSettings {
  /** What sets are given more of from rung to rung. */
  readonly budget: Budget;
  readonly rungs: number;
  /** η of the paper. */
  readonly factor: number;
}

export const halvingSettings = ({
  budget = adaptivePresets.budget,
  rungs = adaptivePresets.rungs,
  factor = adaptivePresets.factor,
}: Search): HalvingSettings => ({ budget, rungs, factor });

export const populationOf = ({ population = adaptivePresets.population }: Search): number =>
  population;

/** What a search by its method depends on beside its draws; null where that is nothing. */
export function adaptiveSettings(search: Search): HalvingSettings | number | null {
  if (search.method === 'successive-halving') return halvingSettings(search);
  return search.method === 'differential-evolution' ? populationOf(search) : null;
}
