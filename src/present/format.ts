import { format } from 'd3-format';
import { isoFromDay } from '../domain/calendar.ts';
import type { MetricUnit } from '../domain/metrics/metric.ts';
import type { Bps, Day, Price, Ratio } from '../domain/units.ts';

/**
 * Numbers and dates in words, the same on the page, in the report and in the command, whatever the locale: a true minus,
 * commas between thousands, and a dash where there is none.
 */
export const dash = '—';
export const thinSpace = '\u202f';
const [whole, tenth, hundredth] = [format(',.0f'), format(',.1f'), format(',.2f')];

export type Numeric<U extends number = number> = U | null | undefined;

/** These words for numbers of a unit, the dash for what is none. */
const finite =
  <U extends number = number>(words: (value: U) => string) =>
  (value: Numeric<U>): string =>
    value != null && Number.isFinite(value) ? words(value) : dash;

export const count = finite(whole);
export const money = finite(hundredth);
export const ratio = finite(hundredth);
export const tenths = finite(tenth);
/** Weights and small probabilities. */
export const weight = finite(format(',.3f'));
/** 0.1234 as 12.34 % */
export const percent = finite((value: Ratio) => `${hundredth(value * 100)}${thinSpace}%`);
/** The same with one decimal, in sentences: 12.3 % */
export const shortPercent = finite((value: Ratio) => `${tenth(value * 100)}${thinSpace}%`);
/** The same without its sign, in cells under a head that says so. */
export const cellPercent = (value: Ratio, digits: 1 | 2): string =>
  finite(digits === 1 ? tenth : hundredth)(value * 100);
export const bps = finite((value: Bps) => `${tenth(value)} bps`);
/** Prices: six significant digits as far as they are not zeros, in two decimals at least. */
export const price = finite((value: Price) => inDecimals(value, decimalsOf(value, 2)));
export const quantity = finite((value) => inDecimals(value, decimalsOf(value, 0)));

/** Decimals of a float are its own only so far. */
const mostDecimals = 20;

/** So many decimals show the first six digits of a number, zeros at the end aside, and at least so many. */
export function decimalsOf(value: number, least: number): number {
  const size = Math.abs(value);
  if (!(size > 0 && size < Infinity)) return least;
  const wanted = Math.min(Math.max(5 - Math.floor(Math.log10(size)), 2), mostDecimals);
  const digits = size.toFixed(wanted).replace(/0+$/, '');
  return Math.max(digits.length - digits.indexOf('.') - 1, least);
}

/** A number in so many decimals: zeros stand where it has no digits of its own. */
export function inDecimals(value: number, decimals: number): string {
  const own = Math.min(decimalsOf(value, 0), decimals);
  const text = format(`,.${own}f`)(value);
  return own === decimals ? text : `${text}${own === 0 ? '.' : ''}${'0'.repeat(decimals - own)}`;
}
/** A setting's number, as typed. */
export const amount = finite(format(',.12~g'));
/** A number that a query gave: as many digits as a double keeps, whatever they are. */
export const exact = finite(format(',.15~g'));
/** A ratio that someone typed: 0.005 as 0.5 % */
export const share = finite((value: Ratio) => `${amount(value * 100)}${thinSpace}%`);
/** A number on a scale that was divided, a third of 1 say: six decimals at most, below 1 six digits. */
export const decimal = finite((value) => format(Math.abs(value) < 1 ? ',.6~r' : ',.6~f')(value));

/** Days since 1970-01-01 as 2014-01-02. */
export const date = finite(isoFromDay);
/** First and last date of a file that may have none. */
export const dates = ({ from, to }: { readonly from?: Day; readonly to?: Day }): string =>
  from === undefined ? dash : `${date(from)} to ${date(to)}`;
/** From one day to another: 2016-01-04 to 2018-12-28. */
export const spanWord = (days: ArrayLike<number>): string =>
  `${date(days[0] ?? NaN)} to ${date(days[days.length - 1] ?? NaN)}`;

/** Milliseconds since 1970-01-01 as 2014-01-02 12:05. */
export const minute = finite((value) =>
  new Date(value).toISOString().slice(0, 16).replace('T', ' '),
);

export const bytes = finite((size) => {
  if (size < 1000) return `${whole(size)} B`;
  if (size < 1e6) return `${whole(size / 1e3)} kB`;
  return size < 1e9 ? `${tenth(size / 1e6)} MB` : `${tenth(size / 1e9)} GB`;
});

/** 1500 ms as 1.5 s: one decimal or two. */
export const seconds = finite((value) => `${hundredth(value / 1000).replace(/0$/, '')} s`);

/** “about 12 s left”: coarser the longer it is. */
export function timeLeft(milliseconds: number): string {
  const left = milliseconds / 1000;
  if (left < 1) return 'nearly done';
  const step = left < 10 ? 1 : 5;
  return left < 60
    ? `about ${count(Math.round(left / step) * step)} s left`
    : `about ${count(Math.round(left / 60))} min left`;
}

/** “1 bar”, “2,516 bars”; means with one decimal. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${Number.isInteger(value) ? count(value) : finite(tenth)(value)} ${value === 1 ? one : many}`;

const units: Readonly<Record<MetricUnit, (value: number) => string>> = {
  percent,
  ratio,
  currency: money,
  count: (value) => (Number.isInteger(value) ? count(value) : ratio(value)),
  days: (value) => counted(Math.round(value * 10) / 10, 'day'),
  bars: (value) => counted(Math.round(value * 10) / 10, 'bar'),
  date,
};

/** A metric's number with its unit. */
export const measured = (value: Numeric, unit: MetricUnit): string => finite(units[unit])(value);

/** Why there is no number: “— (There are no trades.)” */
export const missingWord = (reason?: string | null): string =>
  reason == null || reason === '' ? dash : `${dash} (${reason})`;

interface Measured {
  readonly value: number | null;
  readonly unit: MetricUnit;
  readonly reason?: string;
}

/** A metric's number with its unit, or why there is none. */
export const metricWord = (metric: Measured): string =>
  metric.value === null
    ? missingWord(metric.reason ?? 'not recorded')
    : measured(metric.value, metric.unit);

/** A setting's value, where nothing more is known of it. */
export function setting(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
