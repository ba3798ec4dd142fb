import { at, differences, isAt } from './pointer.ts';
import { canonicalJson, withEverySetting } from './study.ts';
import { type Field, type FieldGroup, formOf, validationGroups } from './form.ts';

/** A setting that is not the same in all of some studies. */
export interface DifferingSetting {
  /** JSON pointer into a study. */
  readonly path: string;
  /** What its field is called; the path where no field has it. */
  readonly title: string;
  readonly field: Field | null;
  /** One for each study; undefined where a study has no such setting. */
  readonly values: readonly unknown[];
}

/** Settings of one group of the form. */
export interface SettingSection {
  readonly title: string;
  /**
   * What they belong to: which strategy it is, the strategy’s own settings, those that every study has, or the
   * validation, which changes no trade of the run.
   */
  readonly of: 'strategy' | 'own' | 'shared' | 'validation';
  readonly settings: readonly DifferingSetting[];
}

/** Settings that no form shows, with what they are called. */
const unshown: Readonly<Record<string, string>> = { '/validation/search/parameters': 'Varied' };

/** Which settings differ between studies, as the form groups them, the strategy first. Their names do not count. */
export function differingSections(given: readonly unknown[]): SettingSection[] {
  const studies = given.map(withEverySetting);
  const paths = new Set(studies.flatMap((study) => differences({}, study).map(({ path }) => path)));
  paths.delete('/name');
  const differing = (path: string, title: string, field: Field | null): DifferingSetting[] => {
    if (!paths.delete(path)) return [];
    const values = studies.map((study) => at(study, path));
    const distinct = new Set(values.map((value) => canonicalJson(value ?? null)));
    return distinct.size < 2 ? [] : [{ path, title, field, values }];
  };
  const strategy = section('Strategy', 'strategy', differing('/strategy/id', 'Strategy', null));
  const grouped = groupsOf(studies).map(({ title, of, fields }) =>
    section(
      title,
      of,
      fields.flatMap((field) => differing(field.path, field.title, field)),
    ),
  );
  const left = [...paths].flatMap((path) => differing(path, unshown[path] ?? path, null));
  const tested = (path: string) => isAt(path, '/validation');
  return [
    strategy,
    ...grouped.filter(({ of }) => of !== 'validation'),
    section(
      'Other settings',
      'shared',
      left.filter(({ path }) => !tested(path)),
    ),
    section(
      'Parameter search',
      'validation',
      left.filter(({ path }) => tested(path)),
    ),
    ...grouped.filter(({ of }) => of === 'validation'),
  ]
    .reduce<SettingSection[]>(joined, [])
    .filter(({ settings }) => settings.length > 0);
}

const section = (
  title: string,
  of: SettingSection['of'],
  settings: readonly DifferingSetting[],
): SettingSection => ({ title, of, settings });

/** Groups of one name are one: those of two strategies, say. */
function joined(sections: readonly SettingSection[], next: SettingSection): SettingSection[] {
  const same = sections.find(({ title, of }) => title === next.title && of === next.of);
  if (same === undefined) return [...sections, next];
  const both = { ...same, settings: [...same.settings, ...next.settings] };
  return sections.map((one) => (one === same ? both : one));
}

interface DifferingGroup extends Pick<FieldGroup, 'title' | 'fields'> {
  readonly of: SettingSection['of'];
}

/** The groups of all the studies’ strategies, their own ones first. */
function groupsOf(studies: readonly unknown[]): DifferingGroup[] {
  const ids = [...new Set(studies.map((study) => String(at(study, '/strategy/id'))))];
  const own = ids.flatMap((id) => formOf(id).filter((group) => group.own));
  const shared = formOf(ids.find((id) => formOf(id).length > 0) ?? '').filter(({ own }) => !own);
  const as = (of: DifferingGroup['of']) => (group: FieldGroup) => ({ ...group, of });
  return [
    ...own.map(as('own')),
    ...shared.map(as('shared')),
    ...validationGroups.map(as('validation')),
  ];
}
