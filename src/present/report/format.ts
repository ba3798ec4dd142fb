import { format } from 'd3-format';
import { isoFromDay } from '../../domain/calendar.ts';
import type { Metric, MetricUnit } from '../../domain/metrics/metric.ts';
import { type Html, html } from './html.ts';

/** Numbers of the report, without a locale: a true minus, commas between thousands, “—” where there is none. */
export const dash = '—';
const thin = '\u202f';
const [whole, tenth, hundredth] = [format(',.0f'), format(',.1f'), format(',.2f')];

const finite =
  (words: (value: number) => string) =>
  (value: number | null | undefined): string =>
    value != null && Number.isFinite(value) ? words(value) : dash;

export const count = finite(whole);
export const money = finite(hundredth);
export const ratio = finite(hundredth);
/** 0.1234 as 12.34 % */
export const percent = finite((value) => `${hundredth(value * 100)}${thin}%`);
/** The same without its sign, in cells under a head that says so. */
export const cellPercent = (value: number, digits: 1 | 2): string =>
  finite(digits === 1 ? tenth : hundredth)(value * 100);
export const bps = finite((value) => `${tenth(value)} bps`);
/** As many decimals as its size deserves. */
export const price = finite((value) => {
  const size = Math.abs(value);
  return format(`,.${size >= 100 ? 2 : size >= 1 ? 4 : 6}f`)(value);
});
export const quantity = finite((value) => (Number.isInteger(value) ? whole(value) : price(value)));
/** A setting's number, as typed. */
export const amount = finite(format(',.12~g'));
/** Days since 1970-01-01 as 2014-01-02. */
export const date = finite(isoFromDay);

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

/** A metric's number with its unit, or the dash with its reason. */
export const measured = (metric: Metric): Html | string =>
  metric.value === null ? missing(metric.reason) : units[metric.unit](metric.value);

/** Why there is no number. */
export const missing = (reason: string): Html => html`${dash} <small class="why">${reason}</small>`;
