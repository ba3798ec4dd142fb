import type { MetricUnit } from '../domain/metrics/metric.ts';

/** All formatting of numbers and dates is here; nothing that is not finite gets onto the screen. */
const thin = '\u202f';
const none = '–';
const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, least: number, most: number): string {
  if (!Number.isFinite(value)) return none;
  const key = `${least} ${most}`;
  let numbers = formats.get(key);
  if (numbers === undefined) {
    numbers = new Intl.NumberFormat('en', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    formats.set(key, numbers);
  }
  // Nothing is minus zero, not even after rounding.
  return numbers
    .format(value)
    .replace(/^-(?=[0.]*$)/, '')
    .replace(/^-/, '−');
}

export const count = (value: number) => format(value, 0, 0);
export const money = (value: number) => format(value, 2, 2);
export const ratio = (value: number) => format(value, 2, 2);
/** 0.1234 as 12.34 % */
export const percent = (value: number) =>
  Number.isFinite(value) ? `${format(value * 100, 2, 2)}${thin}%` : none;
/** Basis points */
export const bps = (value: number) =>
  Number.isFinite(value) ? `${format(value, 1, 1)} bps` : none;
/** A ratio that someone typed: 0.005 as 0.5 % */
export const share = (value: number) =>
  Number.isFinite(value) ? `${format(value * 100, 0, 4)}${thin}%` : none;
/** Prices and scores: as many decimals as their size deserves, the same within a column of like values. */
export function price(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 2 : size >= 1 ? 4 : 6;
  return format(value, digits, digits);
}
/** Quantities, whole or fractional. */
export const quantity = (value: number) => (Number.isInteger(value) ? count(value) : price(value));
/** A setting's number, as typed. */
export const amount = (value: number) => format(value, 0, 6);

/** Days since 1970-01-01 as 2014-01-02. */
export const date = (day: number) =>
  Number.isFinite(day) ? new Date(day * 86_400_000).toISOString().slice(0, 10) : none;

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${format(size / 1e3, 0, 0)} kB` : `${format(size / 1e6, 1, 1)} MB`;
}

export const seconds = (milliseconds: number) => `${format(milliseconds / 1000, 1, 2)} s`;

/** "about 12 s left": coarser the longer it is. */
export function timeLeft(milliseconds: number): string {
  const whole = milliseconds / 1000;
  if (whole < 1) return 'nearly done';
  const step = whole < 10 ? 1 : 5;
  return whole < 60
    ? `about ${count(Math.round(whole / step) * step)} s left`
    : `about ${count(Math.round(whole / 60))} min left`;
}

/** A metric’s number with its unit. */
export function measured(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'percent':
      return percent(value);
    case 'ratio':
      return ratio(value);
    case 'currency':
      return money(value);
    case 'count':
      return Number.isInteger(value) ? count(value) : ratio(value);
    case 'days':
      return counted(rounded(value), 'day');
    case 'bars':
      return counted(rounded(value), 'bar');
    case 'date':
      return date(value);
  }
}

/** Means of days and bars with one decimal. */
const rounded = (value: number) => Math.round(value * 10) / 10;

/** "1 bar", "2,516 bars" */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${format(value, 0, 1)} ${value === 1 ? one : many}`;

/** A setting as the words beside its field say it. */
export function setting(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
