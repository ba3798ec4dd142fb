import { type Feature, constant, feature } from './graph.ts';

/** Attention is stale when its newest value has been known for more days than these, by its period. */
export const attention = (staleAfterDaily: number, staleAfterWeekly: number): Feature =>
  feature('attention', {
    values: { stale_after_daily: staleAfterDaily, stale_after_weekly: staleAfterWeekly },
  });

export const fresh = (series: Feature): Feature =>
  feature('fresh', { inputs: { attention: series } });

export const crowdReactivity = (series: Feature, window: number, minimumPairs: number): Feature =>
  feature('crowd_reactivity', {
    inputs: { attention: series },
    values: { window, minimum_pairs: minimumPairs },
    reach: window,
  });

export const tradable = (
  series: Feature,
  reactivity: Feature,
  threshold: number,
  staleFactor: number,
): Feature =>
  feature('tradable', {
    inputs: { attention: series, crowd_reactivity: reactivity },
    values: { threshold, stale_factor: staleFactor },
  });

export interface GScoreRules {
  readonly vixAbove: number;
  readonly indexFall: number;
  readonly indexBars: number;
  readonly oilRise: number;
  readonly oilBars: number;
  readonly maximumAge: number;
  readonly vixStandIn: boolean;
  /** What each point counts; 1 where nothing is said. */
  readonly vixWeight?: number;
  readonly indexWeight?: number;
  readonly oilWeight?: number;
}

/** One row per session (day, vix, index_return, oil_return, their points, value), not per bar. */
export const gScore = (rules: GScoreRules): Feature =>
  feature('g_score', {
    inputs: {
      macro_known: feature('macro_known', {
        values: {
          index_steps: Math.max(rules.indexBars, rules.vixStandIn ? 14 : 0),
          oil_steps: rules.oilBars,
        },
      }),
    },
    values: {
      vix_above: rules.vixAbove,
      index_fall: rules.indexFall,
      index_bars: rules.indexBars,
      oil_rise: rules.oilRise,
      oil_bars: rules.oilBars,
      maximum_age: rules.maximumAge,
      vix_stand_in: rules.vixStandIn,
      vix_weight: rules.vixWeight ?? 1,
      index_weight: rules.indexWeight ?? 1,
      oil_weight: rules.oilWeight ?? 1,
    },
  });

export const gFactor = (score: Feature, reduceAt: number, reduceFactor: number): Feature =>
  feature('g_factor', {
    inputs: { g_score: score },
    values: { reduce_at: reduceAt, reduce_factor: reduceFactor },
  });

/** The G-Score of each bar's date. */
export const gByBar = (score: Feature): Feature =>
  feature('g_by_bar', { inputs: { g_score: score } });

export interface PanicTerms {
  readonly zAtr: Feature;
  /** null where the dataset has no such series: the term is left out. */
  readonly zVolume: Feature | null;
  readonly zAttention: Feature | null;
  readonly weights: {
    readonly volatility: number;
    readonly volume: number;
    readonly attention: number;
  };
}

export const panicScore = ({ zAtr, zVolume, zAttention, weights }: PanicTerms): Feature =>
  feature('panic_score', {
    inputs: {
      z_atr: zAtr,
      z_volume: zVolume ?? constant(0),
      z_attention: zAttention ?? constant(0),
    },
    values: {
      weight_volatility: weights.volatility,
      weight_volume: weights.volume,
      weight_attention: weights.attention,
    },
  });
