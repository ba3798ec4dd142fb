import { strategyById } from '../strategies/registry.ts';
import type { Study } from '../study/study.ts';
import type { Dimension } from '../study/validation.ts';

/** Whether there is anything to vary. */
export const isSearchable = (study: Study): boolean => dimensionsIn(study).length > 0;

/** What the study's search varies: its own list, or else its strategy's suggestion; empty where there is neither. */
export function dimensionsIn({ validation, strategy }: Study): readonly Dimension[] {
  const { parameters } = validation.search;
  return parameters.length > 0 ? parameters : (strategyById(strategy.id)?.search ?? []);
}
