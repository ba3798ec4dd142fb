import { studyJsonSchema } from './study.ts';
import { clockTime } from './tools.ts';

export type FieldKind =
  'number' | 'choice' | 'flag' | 'text' | 'date' | 'time' | 'numbers' | 'expression';

/** Values of another setting of the group without which this one has no effect. */
export interface Condition {
  readonly path: string;
  readonly values: readonly unknown[];
  /** It must be none of them. */
  readonly none?: true;
}

/** Whether a setting with this value meets a condition. */
export const holds = ({ values, none }: Condition, value: unknown): boolean =>
  values.includes(value) !== (none === true);

/** One setting as a form shows it; everything but the value comes from the study's schema. */
export interface Field {
  /** JSON pointer into a study. */
  readonly path: string;
  readonly title: string;
  /** What holds for every value. */
  readonly description: string;
  readonly kind: FieldKind;
  readonly unit: string;
  readonly choices: readonly string[];
  /** What single choices mean, as far as the schema says. */
  readonly meanings: Readonly<Record<string, string>>;
  /** It can be switched off (null). */
  readonly optional: boolean;
  /** What switching it on takes where the default is off. */
  readonly onValue: unknown;
  /** All must hold, or the setting has no effect. */
  readonly when: readonly Condition[];
  readonly limits: Limits;
}

/** What a number must keep to. */
export interface Limits {
  readonly whole: boolean;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

export interface FieldGroup {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /** Belongs to the strategy, not to every study. */
  readonly own: boolean;
}

/** What distances are in, where another setting says which of two it is. */
export interface DistanceUnits {
  readonly exits: 'atr' | 'ratio';
  readonly offsets: 'atr' | 'ratio';
}

const either = '× ATR or ratio';

/** The groups, with the one unit that each distance has in a study. */
export const withDistances = (
  groups: readonly FieldGroup[],
  { exits, offsets }: DistanceUnits,
): readonly FieldGroup[] =>
  groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) => {
      if (field.unit !== either) return field;
      const unit = field.path.startsWith('/exits/') ? exits : offsets;
      return { ...field, unit: unit === 'atr' ? '× ATR' : 'ratio' };
    }),
  }));

interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly language?: string;
  readonly when?: Readonly<Record<string, readonly unknown[]>>;
  readonly unless?: Readonly<Record<string, readonly unknown[]>>;
}

const roots = (studyJsonSchema() as { anyOf: readonly SchemaNode[] }).anyOf;

/** The groups of settings of one strategy, its own first. */
export function formOf(strategyId: string): readonly FieldGroup[] {
  const root = roots.find((node) => strategyOf(node)['id']?.const === strategyId);
  if (root === undefined) return [];
  const parameters = strategyOf(root)['parameters']?.properties ?? {};
  const at = '/strategy/parameters';
  const own: FieldGroup[] = [
    {
      id: 'parameters',
      title: 'Parameters',
      description: '',
      fields: fieldsOf(parameters, at),
      own: true,
    },
    ...groupsOf(parameters, at, true),
  ];
  const { outsample: _, strategy: __, ...shared } = root.properties ?? {};
  const study: FieldGroup = {
    id: 'study',
    title: 'Study',
    description: 'What this study is called, and its seed.',
    fields: fieldsOf(shared, ''),
    own: false,
  };
  // How weights are held is part of what a strategy of weights is.
  const { portfolio, ...others } = shared;
  return [
    ...own,
    ...(portfolio ? groupsOf({ portfolio }, '', true).map(onlyWith(parameters['weight'])) : []),
    ...groupsOf(others, '', false),
    study,
  ].filter(({ fields }) => fields.length > 0);
}

/** Of a strategy that gives weights only where it is told some, the portfolio has an effect only there. */
const onlyWith =
  (weight: SchemaNode | undefined) =>
  (group: FieldGroup): FieldGroup => {
    if (weight === undefined) return group;
    const given = { path: '/strategy/parameters/weight', values: [''], none: true } as const;
    return {
      ...group,
      fields: group.fields.map((field) => ({ ...field, when: [given, ...field.when] })),
    };
  };

/** The groups of settings that say how a study is put to the test; they are the same for every strategy. */
export const validationGroups: readonly FieldGroup[] = groupsOf(
  roots[0]?.properties?.['validation']?.properties ?? {},
  '/validation',
  false,
);

function strategyOf(root: SchemaNode): Readonly<Record<string, SchemaNode>> {
  return root.properties?.['strategy']?.properties ?? {};
}

function groupsOf(properties: Readonly<Record<string, SchemaNode>>, at: string, own: boolean) {
  return Object.entries(properties)
    .filter(([, node]) => node.properties !== undefined)
    .map(([key, node]) => ({
      id: key,
      title: node.title ?? key,
      description: node.description ?? '',
      fields: fieldsOf(node.properties ?? {}, `${at}/${key}`),
      own,
    }));
}

function fieldsOf(properties: Readonly<Record<string, SchemaNode>>, at: string): Field[] {
  return Object.entries(properties)
    .filter(([, node]) => node.properties === undefined && node.items?.properties === undefined)
    .map(([key, node]) => fieldOf(node, at, key));
}

function fieldOf(node: SchemaNode, at: string, key: string): Field {
  const inner = node.anyOf?.find((one) => one.type !== 'null') ?? node;
  const kind = kindOf(inner);
  const choices = inner.enum ?? [];
  const { lead, meanings } = parted(onScreen(node.description ?? '', kind), choices);
  return {
    path: `${at}/${key}`,
    title: node.title ?? '',
    description: lead,
    kind,
    unit: inner.unit ?? node.unit ?? '',
    choices,
    meanings,
    optional: node.anyOf !== undefined && kind !== 'date',
    onValue: inner.default,
    when: [
      ...conditionsOf(node.when, at),
      ...conditionsOf(node.unless, at).map((one) => ({ ...one, none: true as const })),
    ],
    limits: limitsOf(inner),
  };
}

function conditionsOf(
  settings: Readonly<Record<string, readonly unknown[]>> = {},
  at: string,
): Condition[] {
  return Object.entries(settings).map(([name, values]) => ({ path: `${at}/${name}`, values }));
}

function limitsOf(node: SchemaNode): Limits {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = node;
  return {
    whole: node.type === 'integer',
    ...(minimum !== undefined && { minimum }),
    ...(exclusiveMinimum !== undefined && { exclusiveMinimum }),
    ...(maximum !== undefined && { maximum }),
    ...(exclusiveMaximum !== undefined && { exclusiveMaximum }),
  };
}

function kindOf({ type, enum: choices, pattern, language }: SchemaNode): FieldKind {
  if (type === 'boolean') return 'flag';
  if (type === 'array') return 'numbers';
  if (type === 'number' || type === 'integer') return 'number';
  if (choices !== undefined) return 'choice';
  if (language === 'expression') return 'expression';
  return pattern === undefined ? 'text' : pattern === clockTime ? 'time' : 'date';
}

/** The schema speaks of null, as a study's JSON has it; the form has a switch, or an empty field. */
function onScreen(description: string, kind: FieldKind): string {
  return kind === 'date'
    ? description.replace('null is', 'empty is')
    : description.replace(' null switches it off.', '');
}

/** A choice's description names its values, “sma: simple mean. wilder: …”: each part goes with its value. */
function parted(description: string, choices: readonly string[]) {
  const starts = choices
    .map((choice) => ({ choice, at: ` ${description}`.indexOf(` ${choice}: `) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const meanings: Record<string, string> = {};
  starts.forEach(({ choice, at }, index) => {
    const said = description.slice(at + choice.length + 2, starts[index + 1]?.at).trim();
    meanings[choice] = said.slice(0, 1).toUpperCase() + said.slice(1);
  });
  return { lead: description.slice(0, starts[0]?.at).trim(), meanings };
}
