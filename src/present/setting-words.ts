import type { DifferingSetting } from '../domain/study/differing.ts';
import type { Field } from '../domain/study/form.ts';
import type { Dimension } from '../domain/study/validation.ts';
import { fieldWord } from './field-words.ts';
import { setting as plain } from './format.ts';
import { strategyTitle } from './history-words.ts';

/** One value of a setting as its field says it: 0.5 %, 14 bars, Next open, off. */
export function settingWord(
  { path, field }: DifferingSetting,
  value: unknown,
  /** Of the settings that a search may vary. */
  fields: ReadonlyMap<string, Field>,
): string {
  if (value === undefined) return 'not used';
  if (path === '/strategy/id') return strategyTitle(plain(value));
  if (path === '/validation/search/parameters')
    return variedWord(value as readonly Dimension[], fields);
  return field === null ? plain(value) : fieldWord(field, value);
}

/** What a search varies: “Entry threshold 2 to 4 in 5 steps; Stop 1 × ATR, 2 × ATR”. */
function variedWord(dimensions: readonly Dimension[], fields: ReadonlyMap<string, Field>): string {
  if (dimensions.length === 0) return 'the strategy’s own suggestion';
  return dimensions.map((one) => dimensionWord(one, fields.get(one.path))).join('; ');
}

function dimensionWord(
  { path, values, from, to, steps }: Dimension,
  field: Field | undefined,
): string {
  const word = (value: unknown) => (field === undefined ? plain(value) : fieldWord(field, value));
  const title = field?.title ?? path;
  if (values !== null) return `${title} ${values.map(word).join(', ')}`;
  return `${title} ${word(from)} to ${word(to)} in ${steps} steps`;
}
