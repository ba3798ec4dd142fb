import { dayFromIso, dayOf } from '../calendar.ts';
import type { Day } from '../units.ts';
import { SourceFault } from './source.ts';

/** What answers are read with: each refuses what is not as documented. */

export type Fields = Readonly<Record<string, unknown>>;

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceFault(`This is no JSON: ${text.slice(0, 80)}`);
  }
}

/** A value of an answer, as a sentence can hold it. */
export const shown = (value: unknown): string =>
  value === undefined
    ? 'nothing'
    : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 160);

export const listOf = (value: unknown, what: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new SourceFault(`The answer has no ${what}: ${shown(value)}`);
};

export const fieldsOf = (value: unknown): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new SourceFault(`The answer has not the documented form: ${shown(value)}`);
};

/** A number as it is written; '' where there is none. */
export function figure(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === '.') return '';
  const text = shown(value).trim();
  if (text !== '' && Number.isFinite(Number(text))) return text;
  throw new SourceFault(`This is no number: ${text}`);
}

/** The date at the beginning of an ISO instant. */
export function isoDay(value: unknown): Day {
  try {
    return dayFromIso(shown(value).slice(0, 10));
  } catch {
    throw new SourceFault(`This is no date: ${shown(value)}`);
  }
}

/** The UTC day of seconds since 1970. */
export function secondsDay(value: unknown): Day {
  if (typeof value === 'number' && Number.isFinite(value)) return dayOf(new Date(value * 1000));
  throw new SourceFault(`This is no time: ${shown(value)}`);
}

/** Lines of a CSV without quotes, as cells. */
export const csvLines = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));

/** A query’s text, values escaped. */
export const queryOf = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
