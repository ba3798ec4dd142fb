import { OptionalKind, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/**
 * A setting that came after studies had been shared. A complete study leaves it out where it is at its default, so that
 * the studies of before keep their digests: code reads what is missing as the default.
 */
export const later = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);

/** Leaves out what came later and is at its default, where the strategy suggests nothing else. */
export function withoutLater(value: unknown, schema: TSchema, suggested: unknown): unknown {
  if (!holdsLater(schema)) return value;
  const properties = schema['properties'] as Readonly<Record<string, TSchema>>;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value as object) as [string, unknown][]) {
    const own = properties[key];
    const said = (suggested as Record<string, unknown> | null | undefined)?.[key];
    if (own === undefined) kept[key] = inner;
    else if (
      !(OptionalKind in own) ||
      said !== undefined ||
      JSON.stringify(inner) !== presetOf(own)
    )
      kept[key] = withoutLater(inner, own, said);
  }
  return kept;
}

const holders = new WeakMap<TSchema, boolean>();

/** Whether anything inside came later. */
function holdsLater(schema: TSchema): boolean {
  const known = holders.get(schema);
  if (known !== undefined) return known;
  const inside = Object.values((schema['properties'] ?? {}) as Record<string, TSchema>);
  const holds = inside.some((own) => OptionalKind in own || holdsLater(own));
  holders.set(schema, holds);
  return holds;
}

const presets = new WeakMap<TSchema, string | undefined>();

/** What stands where nothing is said, as JSON; of a group, all of its settings. Made once for each schema. */
function presetOf(schema: TSchema): string | undefined {
  if (!presets.has(schema)) {
    const preset: unknown =
      schema['properties'] === undefined ? schema.default : Value.Default(schema, {});
    presets.set(schema, JSON.stringify(preset));
  }
  return presets.get(schema);
}
