import { costPresets, withCosts } from '../domain/costs-presets.ts';
import { LabError } from '../domain/errors.ts';
import { strategies, strategyById } from '../domain/strategies/registry.ts';
import {
  type Study,
  completeStudy,
  exampleNames,
  exampleStudy,
  sampleStudy,
} from '../domain/study/study.ts';
import type { StudyOptions } from './options.ts';

/** A study file with what the command’s options put in its place. */
export function adjusted(
  file: unknown,
  { costs, convention }: Pick<StudyOptions, 'costs' | 'convention'>,
): Study {
  const study = completeStudy(file);
  const preset = costPresets.find(({ id }) => id === costs);
  const priced = preset === undefined ? study : withCosts(study, preset);
  if (convention === undefined) return completeStudy(priced);
  return completeStudy({ ...priced, metrics: { ...priced.metrics, convention } });
}

/** Names that exampleOf takes. */
export const examples = (): string[] => [...strategies.map(({ id }) => id), ...exampleNames()];

/** The sample of a strategy, or a named example. */
export function exampleOf(name: string): Study {
  const study = strategyById(name) ? sampleStudy(name) : exampleStudy(name);
  if (study !== null) return study;
  throw new LabError({
    kind: 'usage',
    problem: 'There is no such example.',
    remedy: `Use one of: ${examples().join(', ')}.`,
    place: { value: name },
  });
}
