import type { TSchema } from '@sinclair/typebox';
import { isoDate } from './tools.ts';

/** What is wrong with a setting, in the words of a study or, with another `orNull`, of a form. */
export const mustBe = (what: string, orNull: string): string => `This must be ${what}${orNull}.`;

export const isNull = (schema: TSchema): boolean => schema['type'] === 'null';

/** 'a whole number from 1 to 1000', 'one of sma, wilder', 'true or false', ... */
export function expectation(schema: TSchema): string {
  const alternatives = schema['anyOf'] as TSchema[] | undefined;
  if (alternatives !== undefined)
    return alternatives.map((one) => (isNull(one) ? 'null' : expectation(one))).join(' or ');
  const values = schema['enum'] as unknown[] | undefined;
  if (values !== undefined) return `one of ${values.join(', ')}`;
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  switch (schema['type']) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${bounds(schema)}`;
    case 'number':
      return `a number${bounds(schema)}`;
    case 'array':
      return `a list${lengths(schema, 'Items', 'entries')}, each ${expectation(schema['items'] as TSchema)}`;
    case 'string':
      return schema['pattern'] === undefined
        ? `text${lengths(schema, 'Length', 'characters')}`
        : schema['pattern'] === isoDate
          ? 'a date of the form YYYY-MM-DD'
          : 'the place of a setting that can be varied, such as /strategy/parameters/entryThreshold or /exits/stop';
    default:
      return 'a group of settings';
  }
}

function lengths(schema: TSchema, of: 'Items' | 'Length', unit: string): string {
  const { [`min${of}`]: least, [`max${of}`]: most } = schema as Record<string, unknown>;
  const bounds = [
    ...(typeof least === 'number' ? [`at least ${least}`] : []),
    ...(typeof most === 'number' ? [`at most ${most}`] : []),
  ];
  return bounds.length === 0 ? '' : ` of ${bounds.join(' and ')} ${unit}`;
}

function bounds(schema: TSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<
    string,
    number | undefined
  >;
  const low =
    minimum !== undefined
      ? ` of at least ${minimum}`
      : exclusiveMinimum !== undefined
        ? ` above ${exclusiveMinimum}`
        : '';
  const high =
    maximum !== undefined
      ? `at most ${maximum}`
      : exclusiveMaximum !== undefined
        ? `below ${exclusiveMaximum}`
        : '';
  return low && high ? `${low} and ${high}` : low || (high && ` of ${high}`);
}
