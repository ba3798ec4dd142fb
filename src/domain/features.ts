/**
 * Feature columns as a small expression graph. A feature is one .sql file (src/sql/features), the features
 * that stand in its `{placeholders}`, and the values its variables take. Equal features have equal keys and
 * are computed once.
 */
export type FeatureName =
  | 'bars'
  | 'true_range'
  | 'atr_sma'
  | 'atr_wilder'
  | 'z_score'
  | 'bar_return'
  | 'direction'
  | 'attention'
  | 'fresh'
  | 'crowd_reactivity'
  | 'tradable'
  | 'member'
  | 'macro_known'
  | 'g_score'
  | 'g_factor'
  | 'panic_score'
  | 'constant';

export type SqlValue = number | boolean | string;

export interface Feature {
  readonly name: FeatureName;
  /** Features whose tables replace the placeholders of the same name. */
  readonly inputs: Readonly<Record<string, Feature>>;
  /** Column names that replace placeholders. */
  readonly columns: Readonly<Record<string, string>>;
  /** Variables, read in SQL by getvariable('name'). */
  readonly values: Readonly<Record<string, SqlValue>>;
  /** How many rows before a bar the feature may read directly. */
  readonly reach: number;
}

/** The bars themselves, which every feature file reads. */
export const bars: Feature = { name: 'bars', inputs: {}, columns: {}, values: {}, reach: 0 };

function feature(
  name: FeatureName,
  parts: Partial<Pick<Feature, 'inputs' | 'columns' | 'values' | 'reach'>>,
): Feature {
  return { name, inputs: {}, columns: {}, values: {}, reach: 1, ...parts };
}

export type AtrMethod = 'sma' | 'wilder';

export const trueRange = (): Feature => feature('true_range', {});

export const atr = (method: AtrMethod, period: number): Feature =>
  feature(method === 'sma' ? 'atr_sma' : 'atr_wilder', {
    inputs: { true_range: trueRange() },
    values: { period },
    reach: period,
  });

/** z-score of an integer column of `series`. */
export const zScore = (series: Feature, column: string, window: number, minimum: number): Feature =>
  feature('z_score', {
    inputs: { series },
    columns: { column },
    values: { window, minimum },
    reach: window,
  });

export const barReturn = (count: number): Feature =>
  feature('bar_return', { values: { bars: count }, reach: count });

export const direction = (count: number): Feature =>
  feature('direction', { values: { bars: count }, reach: count });

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

export const member = (): Feature => feature('member', {});

export interface GScoreRules {
  readonly vixAbove: number;
  readonly indexFall: number;
  readonly indexBars: number;
  readonly oilRise: number;
  readonly oilBars: number;
  readonly maximumAge: number;
  readonly vixStandIn: boolean;
}

/** One row per session (day, vix, index_return, oil_return, value), not per bar. */
export const gScore = (rules: GScoreRules): Feature =>
  feature('g_score', {
    inputs: {
      macro_known: feature('macro_known', {
        values: { steps: Math.max(rules.indexBars, rules.oilBars, rules.vixStandIn ? 14 : 0) },
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
    },
  });

export const gFactor = (score: Feature, reduceAt: number, reduceFactor: number): Feature =>
  feature('g_factor', {
    inputs: { g_score: score },
    values: { reduce_at: reduceAt, reduce_factor: reduceFactor },
  });

/** The same value on every bar. */
export const constant = (value: number | boolean): Feature =>
  feature('constant', { values: { value } });

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

/** The text that names a feature's table: equal for equal features, readable in an error. */
export function featureKey({ name, inputs, columns, values }: Feature): string {
  const parts = [
    ...Object.entries(inputs).map(([slot, input]) => `${slot}=${featureKey(input)}`),
    ...Object.entries(columns).map(([slot, column]) => `${slot}=${column}`),
    ...Object.entries(values).map(([variable, value]) => `${variable}=${String(value)}`),
  ];
  return parts.length === 0 ? name : `${name}(${parts.join(', ')})`;
}

/** All features that `roots` need, inputs before those that read them, each once. */
export function featureOrder(roots: readonly Feature[]): Feature[] {
  const ordered = new Map<string, Feature>();
  const visit = (node: Feature): void => {
    if (ordered.has(featureKey(node))) return;
    for (const input of Object.values(node.inputs)) visit(input);
    ordered.set(featureKey(node), node);
  };
  for (const root of roots) visit(root);
  return [...ordered.values()];
}
