import { strategies } from '../../src/domain/strategies/registry.ts';
import { withValue } from '../../src/domain/study/pointer.ts';
import { studyJsonSchema } from '../../src/domain/study/study.ts';
import type { Attack } from './attack.ts';
import { labWithMarket, wrongInRun } from './lab.ts';
import { outcomeOf } from './outcome.ts';

/** As much of JSON Schema as a study's has. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}
interface Setting {
  readonly strategy: string;
  readonly path: string;
  readonly values: readonly unknown[];
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

/** What no setting is, or hardly any. */
const strangers: readonly unknown[] = [
  ...[null, true, -1, 0, 0.5, 1e308, -1e308, 5e-324, 2 ** 53, '', '1', '\u202egpj', '\0', '{x}'],
  ...[[], [null], {}, { toString: 1 }, nested(200), 'x'.repeat(5000)],
];

/** A setting's values at and just outside its bounds. */
function edgesOf(schema: Schema): unknown[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, maxLength, maxItems } = schema;
  const bounds = [minimum, maximum, exclusiveMinimum, exclusiveMaximum].filter(
    (one) => one !== undefined,
  );
  const step = schema.type === 'integer' ? 1 : 1e-9;
  const items = schema.items === undefined ? [] : edgesOf(schema.items);
  return [
    ...bounds.flatMap((bound) => [bound, bound - step, bound + step]),
    ...(schema.enum ?? []),
    ...(schema.type === 'boolean' ? [true, false] : []),
    ...(maxLength === undefined ? [] : ['é'.repeat(maxLength), 'x'.repeat(maxLength + 1)]),
    ...(schema.type === 'string' ? ['2019-02-30', '2019-03-01', '0000-00-00', '9999-12-31'] : []),
    ...items.map((item) => [item]),
    ...(maxItems === undefined ? [] : [Array.from({ length: maxItems + 1 }, () => items[0] ?? 1)]),
    ...(schema.anyOf ?? []).flatMap(edgesOf),
  ];
}

/** Every setting and every group of settings below a schema. */
const settingsIn = (strategy: string, { properties = {} }: Schema, path = ''): Setting[] =>
  Object.entries(properties).flatMap(([key, schema]) => {
    const here = { strategy, path: `${path}/${key}`, values: [...edgesOf(schema), ...strangers] };
    return [here, ...settingsIn(strategy, schema, here.path)];
  });

/** The settings that all strategies share once, and each strategy's own. */
const settings: readonly Setting[] = (studyJsonSchema() as { anyOf: Schema[] }).anyOf.flatMap(
  (schema, i) => {
    const own = settingsIn(strategies[i]!.id, schema);
    return i === 0 ? own : own.filter(({ path }) => path.startsWith('/strategy/parameters/'));
  },
);
const single = settings.flatMap(({ values, ...setting }) =>
  values.map((value) => ({ ...setting, value })),
);

/** Settings that only a study of this strategy has, or any. */
const together = strategies.map(({ id }) =>
  settings.filter(({ strategy, path }) => strategy === id || !path.startsWith('/strategy/')),
);

export const studies: Attack = {
  name: 'studies',
  what: 'studies with a setting at and beyond its bounds and of another type, each by itself; then two to six at random',
  cases: single.length + 600,
  sample: 60,
  async begin() {
    const lab = await labWithMarket();
    return async ({ stream, place }) => {
      const alone = single[place];
      const pool = together[stream.below(together.length)]!;
      const chosen =
        alone === undefined
          ? Array.from({ length: 2 + stream.below(5) }, () => {
              const { values, ...setting } = pool[stream.below(pool.length)]!;
              return { ...setting, value: values[stream.below(values.length)] };
            })
          : [alone];
      const study = chosen.reduce<unknown>(
        (made, { path, value }) => withValue(made, path, value),
        { strategy: { id: alone?.strategy ?? pool.at(-1)!.strategy } },
      );
      return {
        tried: JSON.stringify(study),
        outcome: await outcomeOf(() => wrongInRun(lab, study, place % 10 === 0), 'study', 'data'),
      };
    };
  },
};
