import { OptionalKind, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { at } from './pointer.ts';

/**
 * A setting that came after studies had been shared. A complete study leaves it out where it is at its default, so that
 * the studies of before keep their digests: code reads what is missing as the default.
 */
export const later = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);

/** Leaves out what came later and is at its default, where the strategy suggests nothing else. */
export function withoutLater(value: unknown, schema: TSchema, suggested: unknown): unknown {
  const properties = schema['properties'] as Readonly<Record<string, TSchema>> | undefined;
  if (properties === undefined) return value;
  const kept = Object.entries(value as object).flatMap(([key, inner]: [string, unknown]) => {
    const own = properties[key];
    if (own === undefined) return [[key, inner]];
    const said = at(suggested, `/${key}`);
    const isPreset = OptionalKind in own && said === undefined && same(inner, presetOf(own));
    return isPreset ? [] : [[key, withoutLater(inner, own, said)]];
  });
  return Object.fromEntries(kept);
}

/** What stands where nothing is said; of a group, all of its settings. */
const presetOf = (schema: TSchema): unknown =>
  schema['properties'] === undefined ? schema.default : Value.Default(schema, {});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
