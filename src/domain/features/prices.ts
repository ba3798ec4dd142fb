import { type Feature, bars, feature } from './graph.ts';

export type AtrMethod = 'sma' | 'wilder';

export const trueRange = (): Feature => feature('true_range', {});

/**
 * Exponential smoothing of an integer column: the mean of the first `period` values from bar `first` on, then
 * v + (x − v) · weight.
 */
function smoothed(
  series: Feature,
  column: string,
  { period, first, weight }: { period: number; first: 0 | 1; weight: number },
): Feature {
  return feature('smoothed', {
    inputs: { series },
    columns: { column },
    values: { period, first, keep: 1 - weight },
  });
}

/** Wilder's own smoothing; the first bar has no bar before it and takes no part. */
const wilder = (series: Feature, column: string, period: number): Feature =>
  smoothed(series, column, { period, first: 1, weight: 1 / period });

export const atr = (method: AtrMethod, period: number): Feature =>
  method === 'sma'
    ? feature('atr_sma', {
        inputs: { true_range: trueRange() },
        values: { period },
        reach: period,
      })
    : feature('atr_wilder', { inputs: { smoothed: wilder(trueRange(), 'ticks', period) } });

/** z-score of an integer column of `series`, which has a row beside each of `rows`: the bars, where nothing is said. */
export const zScore = (
  series: Feature,
  column: string,
  window: number,
  minimum: number,
  rows = bars,
): Feature =>
  feature('z_score', {
    inputs: { rows, series },
    columns: { column },
    values: { window, minimum },
    reach: window,
  });

export const barReturn = (count: number): Feature =>
  feature('bar_return', { values: { bars: count }, reach: count });

export const direction = (count: number): Feature =>
  feature('direction', { values: { bars: count }, reach: count });

/** Columns `ticks` (exact sum of the closes) and `value` (price units). */
export const sma = (period: number): Feature =>
  feature('sma', { values: { period }, reach: period });

export const ema = (period: number): Feature =>
  feature('ema', {
    inputs: {
      smoothed: smoothed(bars, 'close_ticks', { period, first: 0, weight: 2 / (period + 1) }),
    },
  });

/** Fast mean ÷ slow mean − 1. */
export const averageGap = (fast: Feature, slow: Feature): Feature =>
  feature('average_gap', { inputs: { fast, slow } });

/** Highest high of the last `period` bars, the current one included. */
export const highest = (period: number): Feature => extreme('highest', bars, 'high', 1, period);

/** Lowest low of the last `period` bars, the current one included. */
export const lowest = (period: number): Feature => extreme('lowest', bars, 'low', 1, period);

/** Grows the window of `series` from `span` bars to `period`, up to 16 times a table. */
function extreme(
  name: 'highest' | 'lowest',
  series: Feature,
  column: string,
  span: number,
  period: number,
): Feature {
  let grown = span;
  const steps = [1, 2, 3, 4].map((k) => {
    const step = Math.min(grown, period - grown);
    grown += step;
    return [`step_${k}`, step] as const;
  });
  const window = feature(name, {
    inputs: { series },
    columns: { column },
    values: { period: grown, ...Object.fromEntries(steps) },
    reach: grown,
  });
  return grown < period ? extreme(name, window, 'value', grown, period) : window;
}

export type RsiMethod = 'wilder' | 'cutler';

/** Relative Strength Index of the close, 0–100. */
export function rsi(method: RsiMethod, period: number): Feature {
  const moves = feature('moves', {});
  return method === 'wilder'
    ? feature('rsi_wilder', {
        inputs: { gain: wilder(moves, 'gain', period), loss: wilder(moves, 'loss', period) },
      })
    : feature('rsi_cutler', { inputs: { moves }, values: { period }, reach: period + 1 });
}

/** Population standard deviations between the close and its mean (John Bollinger). */
export const bollinger = (window: number): Feature =>
  feature('bollinger', {
    inputs: { z: zScore(bars, 'close_ticks', window, window) },
    values: { window },
  });

/** Return from `lookback` to `skip` bars ago, a ratio; `ticks` is the growth to be ranked. */
export const momentum = (lookback: number, skip: number): Feature =>
  feature('momentum', { values: { lookback, skip }, reach: lookback });

/** Whether a bar is its symbol's first of a calendar month or an ISO week. */
export const newPeriod = (unit: 'month' | 'week'): Feature =>
  feature('new_period', { values: { unit } });

/** Estimated half spread, a ratio (Corwin & Schultz 2012), from the 20 latest pairs of bars. */
export const spreadEstimate = (): Feature => feature('corwin_schultz', { reach: 21 });
