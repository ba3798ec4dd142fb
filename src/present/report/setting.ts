import { type Study, settingAt, titleAt } from '../../domain/study/study.ts';
import { choiceWord } from '../words.ts';
import { setting } from '../format.ts';
import { withUnit } from '../field-words.ts';

interface SchemaNode {
  readonly unit?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly SchemaNode[];
}

/** A setting's value with its unit, as its field shows it: “2.5 × ATR”, “0.5 %”, “off”, “Next open”. */
export function valueText(study: Study, path: string, value: unknown): string {
  const node = (settingAt(study, path) ?? {}) as SchemaNode;
  const inner = node.anyOf?.[0] ?? node;
  if (typeof value === 'number')
    return withUnit(value, inner.unit ?? node.unit ?? '').replace('\u202f', ' ');
  if (typeof value === 'string' && inner.enum?.includes(value)) return choiceWord(path, value);
  return Array.isArray(value) ? JSON.stringify(value) : setting(value);
}

/** “Execution, Fill”: a setting with the group that it stands in. */
export function pathText(study: Study, path: string): string {
  const above = path.slice(0, path.lastIndexOf('/'));
  const group = above === '' || above === '/strategy/parameters' ? '' : titleAt(study, above);
  const title = titleAt(study, path);
  return group === '' || group === above ? title : `${group}, ${lowered(title)}`;
}

/** A title inside a line; what begins with capitals, such as ATR, keeps them. */
const lowered = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.slice(0, 1).toLowerCase() + title.slice(1) : title;
