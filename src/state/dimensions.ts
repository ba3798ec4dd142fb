import { dimensionsIn } from '../domain/search/varied.ts';
import { gridValues, list, span } from '../domain/search/dimensions.ts';
import { at } from '../domain/study/pointer.ts';
import { type Study, integerAt } from '../domain/study/study.ts';
import { boundsInPercent, numberTyped, typedNumber } from '../present/typed.ts';
import { type Dimension, type ParameterValue, mostTrials } from '../domain/study/validation.ts';
import { type Field, type FieldGroup, type Limits, formOf } from '../domain/study/form.ts';

const searchable = /^\/(strategy\/parameters|execution|size|exits|risk|costs)\//;

/** The settings that a search can vary, in the groups of the form. */
export function variableGroups(strategyId: string): FieldGroup[] {
  return formOf(strategyId)
    .map((group) => ({
      ...group,
      fields: group.fields.filter(
        ({ path, kind }) =>
          searchable.test(path) && (kind === 'number' || kind === 'choice' || kind === 'flag'),
      ),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** The settings of some groups by path. */
export const fieldsByPath = (groups: readonly FieldGroup[]): ReadonlyMap<string, Field> =>
  new Map(groups.flatMap(({ fields }) => fields.map((field) => [field.path, field] as const)));

/** A sensible start for a setting: all its choices, or five values with its own in the middle. */
export function startOf(field: Field, study: Study): Dimension {
  const { path, kind, choices, onValue, limits } = field;
  if (kind === 'choice') return list(path, choices);
  if (kind === 'flag') return list(path, [false, true]);
  const value = at(study, path) ?? onValue;
  const middle = typeof value === 'number' ? value : 1;
  const quarter = Math.abs(middle) / 4 || 0.25;
  const step = limits.whole ? Math.max(Math.round(quarter), 1) : quarter;
  return span(path, clamped(middle - 2 * step, limits), clamped(middle + 2 * step, limits), 5);
}

function clamped(value: number, { minimum = -Infinity, maximum = Infinity }: Limits): number {
  return Math.min(Math.max(Number(value.toPrecision(6)), minimum), maximum);
}

/** What was typed for a setting of a search. */
export interface Typed {
  readonly from: string;
  readonly to: string;
  readonly steps: string;
  /** Separated by commas; null for a span. */
  readonly values: string | null;
}

export function typedOf({ values, from, to, steps }: Dimension, { unit }: Field): Typed {
  const text = (value: ParameterValue): string =>
    typeof value === 'number' ? typedNumber(value, unit) : String(value);
  return {
    from: from === null ? '' : text(from),
    to: to === null ? '' : text(to),
    steps: String(steps),
    values: values === null ? null : values.map((value) => text(value ?? 'off')).join(', '),
  };
}

/** The dimension of a number setting that was typed, or what is wrong with it. */
export function readNumbers(field: Field, typed: Typed): Dimension | string {
  if (typed.values !== null) return readList(field, typed.values);
  const from = numberTyped(typed.from, field.unit);
  const to = numberTyped(typed.to, field.unit);
  const steps = numberTyped(typed.steps, '');
  const wrong = wrongIn(field, from, 'From') ?? wrongIn(field, to, 'To');
  if (wrong !== null) return wrong;
  if (!Number.isInteger(steps) || steps < 1 || steps > 200)
    return 'Steps must be a whole number from 1 to 200.';
  return span(field.path, from, to, steps);
}

function readList(field: Field, text: string): Dimension | string {
  const parts = text.split(',').map((part) => part.trim());
  const values = parts.map((part) =>
    part === 'off' && field.optional ? null : numberTyped(part, field.unit),
  );
  const wrong = values.map((value) =>
    value === null ? null : wrongIn(field, value, 'Each value'),
  );
  const first = wrong.find((one) => one !== null);
  if (first !== undefined) return first;
  if (values.length > 200) return 'At most 200 values are tried.';
  return list(field.path, [...new Set(values)]);
}

/** Null where the number may stand. */
function wrongIn({ limits, optional, unit }: Field, value: number, name: string): string | null {
  const { whole, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = limits;
  const fits =
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= (minimum ?? -Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value < (exclusiveMaximum ?? Infinity);
  if (fits) return null;
  const bounds = [
    minimum === undefined ? '' : `of at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter(Boolean);
  const off = optional && name === 'Each value' ? ', or off' : '';
  const said = `${[`${name} must be a ${whole ? 'whole ' : ''}number`, bounds.join(' and ')].filter(Boolean).join(' ')}${off}.`;
  return unit === 'ratio' ? boundsInPercent(said) : said;
}

/** How many values each dimension of a grid has, and how many trials the search asks for. */
export interface Extent {
  readonly values: readonly number[];
  readonly trials: number;
  readonly tooMany: boolean;
}

export function extentOf(study: Study): Extent {
  const dimensions = dimensionsIn(study);
  const values = dimensions.map((dimension) => valuesOf(study, dimension).length);
  const { method, trials } = study.validation.search;
  const wanted = method === 'grid' ? values.reduce((product, one) => product * one, 1) : trials;
  return { values, trials: dimensions.length === 0 ? 0 : wanted, tooMany: wanted > mostTrials };
}

/** The values of a grid along a dimension. */
export const valuesOf = (study: Study, dimension: Dimension): readonly ParameterValue[] =>
  gridValues(dimension, integerAt(study, dimension.path));
