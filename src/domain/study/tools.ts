import {
  Kind,
  type Static,
  type TInteger,
  type TNumber,
  type TObject,
  type TSchema,
  Type,
  TypeRegistry,
} from '@sinclair/typebox';
import type { UnitOf } from '../units.ts';

/** What a date in a study looks like. */
export const isoDate = '^\\d{4}-\\d{2}-\\d{2}$';

/** What a time of day looks like. */
export const clockTime = '^([01]\\d|2[0-3]):[0-5]\\d$';

/**
 * How a setting is written down: type, default, bounds and the words shown on screen, all in one place.
 *
 * `unit` is shown beside the number: bars, days, bps, ratio (0.01 is 1 %), × ATR, currency. `when` names values
 * of settings in the same group: elsewhere this one has no effect, and the form leaves it out.
 */
export interface Extras {
  readonly when?: Readonly<Record<string, readonly (string | boolean)[]>>;
  /** The same of values with which this one has none. */
  readonly unless?: Readonly<Record<string, readonly (string | boolean)[]>>;
}

interface NumberOptions extends Extras {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly unit?: string;
}

/** A number in the unit that its word stands for. */
type TMeasured<Options> = TNumber & {
  readonly static: UnitOf<Options extends { readonly unit: infer Word } ? Word : null>;
};

export const number = <const Options extends NumberOptions>(
  title: string,
  description: string,
  preset: number,
  options?: Options,
): TMeasured<Options> =>
  Type.Number({ title, description, default: preset, ...options }) as TMeasured<Options>;

export const integer = (
  title: string,
  description: string,
  preset: number,
  options: NumberOptions = {},
) => Type.Integer({ title, description, default: preset, ...options });

/** A number that can be switched off with null; with `off` it is so by default, and switching it on takes its own default. */
export const optional = <Schema extends TNumber | TInteger>(
  schema: Schema,
  { off = false }: { off?: boolean } = {},
) =>
  Type.Unsafe<Static<Schema> | null>(
    Type.Union([schema, Type.Null()], {
      title: schema.title ?? '',
      description: `${schema.description ?? ''} null switches it off.`,
      default: off ? null : (schema.default as unknown),
      ...(schema['when'] === undefined ? {} : { when: schema['when'] as unknown }),
    }),
  );

export const flag = (title: string, description: string, preset: boolean, extras: Extras = {}) =>
  Type.Boolean({ title, description, default: preset, ...extras });

export const choice = <const T extends readonly string[]>(
  title: string,
  description: string,
  values: T,
  preset: T[number],
  extras: Extras = {},
) =>
  Type.Unsafe<T[number]>({
    [Kind]: 'Choice',
    type: 'string',
    enum: [...values],
    title,
    description,
    default: preset,
    ...extras,
  });

TypeRegistry.Set<{ enum: readonly unknown[] }>('Choice', (schema, value) =>
  schema.enum.includes(value),
);

export const group = <T extends Record<string, TSchema>>(
  title: string,
  description: string,
  properties: T,
): TObject<T> =>
  Type.Object(properties, { title, description, default: {}, additionalProperties: false });

/** A list of numbers. */
export const numbers = (
  title: string,
  description: string,
  preset: readonly number[],
  each: NumberOptions,
  extras: Extras & { readonly unit?: string; readonly maxItems?: number } = {},
) =>
  Type.Array(Type.Number(each), {
    title,
    description,
    default: [...preset],
    maxItems: 20,
    ...extras,
  });

/** Text on one line. */
const text = (title: string, description: string, preset: string, extras: object = {}) =>
  Type.String({ title, description, default: preset, maxLength: 4000, ...extras });

export const schemaTools = { number, integer, optional, flag, choice, numbers, text, group };
