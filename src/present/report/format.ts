import type { Metric } from '../../domain/metrics/metric.ts';
import { dash, measured as measuredText } from '../format.ts';
import { type Html, html } from './html.ts';

/** A metric's number with its unit, or the dash with its reason. */
export const measured = (metric: Metric): Html | string =>
  metric.value === null ? missing(metric.reason) : measuredText(metric.value, metric.unit);

/** Why there is no number. */
export const missing = (reason: string): Html => html`${dash} <small class="why">${reason}</small>`;
