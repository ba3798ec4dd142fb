import { type Study, withEverySetting } from '../study/study.ts';
import type { Validation, budgets } from '../study/validation.ts';

type Search = Validation['search'];

/** Whether what a search tries depends on what it has found: its trials were not drawn without looking. */
export const isAdaptive = ({ method }: Pick<Search, 'method'>): boolean =>
  method === 'halving' || method === 'evolution';

export type Budget = (typeof budgets)[number];

/** What sets are given more of, from rung to rung; how many rungs there are; η, the factor between them. */
export type HalvingSettings = Readonly<Required<Pick<Search, 'budget' | 'rungs' | 'factor'>>>;

/** The search of a study, with what a complete study leaves out. */
export const everySettingOfSearch = (study: Study): Required<Search> =>
  withEverySetting(study).validation.search as Required<Search>;
