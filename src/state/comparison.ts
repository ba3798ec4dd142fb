import { canonicalJson } from '../domain/study/study.ts';
import { type Field, formOf } from './form.ts';
import { at, differences, isAt } from '../domain/study/pointer.ts';

/** A setting that is not the same in all of some studies. */
export interface DifferingSetting {
  /** JSON pointer into a study. */
  readonly path: string;
  /** What its field is called; the path where no field has it. */
  readonly title: string;
  readonly kind: Field['kind'] | null;
  /** One for each study; undefined where a study has no such setting. */
  readonly values: readonly unknown[];
}

/**
 * Which settings differ between studies, the strategy’s own first. What changes no run, the name and the validation,
 * does not count.
 */
export function differingSettings(studies: readonly unknown[]): DifferingSetting[] {
  const paths = new Set(studies.flatMap((study) => differences({}, study).map(({ path }) => path)));
  const fields = new Map(
    studies
      .flatMap((study) => formOf(String(at(study, '/strategy/id'))))
      .flatMap((group) => group.fields)
      .map((field) => [field.path, field] as const),
  );
  const ofStrategy = (path: string) => Number(isAt(path, '/strategy'));
  const ordered = [...paths].sort((a, b) => ofStrategy(b) - ofStrategy(a));
  return ordered.flatMap((path) => {
    if (path === '/name' || isAt(path, '/validation')) return [];
    const values = studies.map((study) => at(study, path));
    if (new Set(values.map((value) => canonicalJson(value))).size < 2) return [];
    const field = fields.get(path);
    return [{ path, title: field?.title ?? titleOf(path), kind: field?.kind ?? null, values }];
  });
}

const titleOf = (path: string): string => (path === '/strategy/id' ? 'Strategy' : path);
