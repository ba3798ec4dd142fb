import { studyJsonSchema } from '../domain/study/study.ts';

export type FieldKind = 'number' | 'choice' | 'flag' | 'text' | 'date' | 'numbers';

/** One setting as a form shows it; everything but the value comes from the study's schema. */
export interface Field {
  /** JSON pointer into a study. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly kind: FieldKind;
  readonly unit: string;
  readonly choices: readonly string[];
  /** It can be switched off (null). */
  readonly optional: boolean;
}

export interface FieldGroup {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /** Belongs to the strategy, not to every study. */
  readonly own: boolean;
}

interface Node {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly pattern?: string;
  readonly unit?: string;
}

const roots = (studyJsonSchema() as { anyOf: readonly Node[] }).anyOf;

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
  return [...own, ...groupsOf(shared, '', false), study].filter(({ fields }) => fields.length > 0);
}

function strategyOf(root: Node): Readonly<Record<string, Node>> {
  return root.properties?.['strategy']?.properties ?? {};
}

function groupsOf(properties: Readonly<Record<string, Node>>, at: string, own: boolean) {
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

function fieldsOf(properties: Readonly<Record<string, Node>>, at: string): Field[] {
  return Object.entries(properties)
    .filter(([, node]) => node.properties === undefined)
    .map(([key, node]) => fieldOf(node, `${at}/${key}`));
}

function fieldOf(node: Node, path: string): Field {
  const inner = node.anyOf?.find((one) => one.type !== 'null') ?? node;
  const kind = kindOf(inner);
  return {
    path,
    title: node.title ?? '',
    description: onScreen(node.description ?? '', kind),
    kind,
    unit: inner.unit ?? node.unit ?? '',
    choices: inner.enum ?? [],
    optional: node.anyOf !== undefined && kind !== 'date',
  };
}

function kindOf({ type, enum: choices, pattern }: Node): FieldKind {
  if (type === 'boolean') return 'flag';
  if (type === 'array') return 'numbers';
  if (type === 'number' || type === 'integer') return 'number';
  if (choices !== undefined) return 'choice';
  return pattern === undefined ? 'text' : 'date';
}

/** The schema speaks of null, as a study's JSON has it; the form has a switch, or an empty field. */
function onScreen(description: string, kind: FieldKind): string {
  return kind === 'date'
    ? description.replace('null is', 'empty is')
    : description.replace(' null switches it off.', '');
}
