import type { Field } from '../domain/study/form.ts';
import { amount, setting as plain, share } from './format.ts';
import { choiceWord } from './words.ts';

/** One value of a setting as its field says it: 0.5 %, 14 bars, Next open, off. */
export function fieldWord(field: Field, value: unknown): string {
  if (field.kind === 'date') return value === null ? 'open' : plain(value);
  if (value === null) return 'off';
  if (field.kind === 'choice') return choiceWord(field.path, plain(value));
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((one) => numberWord(field, one)).join(', ');
  return typeof value === 'number' ? numberWord(field, value) : plain(value);
}

const numberWord = ({ unit }: Field, value: unknown): string =>
  typeof value === 'number' ? withUnit(value, unit === 'currency' ? '' : unit) : plain(value);

/** A setting's number: 0.5 %, 14 bars, 2.5 × ATR. */
export function withUnit(value: number, unit: string): string {
  if (unit === 'ratio') return share(value);
  // Of two units, “× ATR or ratio”, another setting says which it is: where it is at hand, see withDistances.
  return unit === '' || unit.includes(' or ') ? amount(value) : `${amount(value)} ${unit}`;
}
