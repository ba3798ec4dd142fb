import type { MadeLength } from '../study/bar-length.ts';

/**
 * Feature columns as a small expression graph. A feature is one .sql file (src/sql/features), the features
 * that stand in its `{placeholders}`, and the values its variables take. Equal features have equal keys and
 * are computed once.
 */
export type FeatureName =
  | 'bars'
  | 'atr_sma'
  | 'atr_wilder'
  | 'attention'
  | 'average_gap'
  | 'bar_return'
  | 'bollinger'
  | 'constant'
  | 'corwin_schultz'
  | 'crowd_reactivity'
  | 'direction'
  | 'ema'
  | 'expression'
  | 'fresh'
  | 'g_by_bar'
  | 'g_factor'
  | 'g_score'
  | 'highest'
  | 'longer'
  | 'lowest'
  | 'macro_known'
  | 'member'
  | 'momentum'
  | 'momentum_rank'
  | 'moves'
  | 'new_period'
  | 'pair_ratio'
  | 'pair_score'
  | 'panic_score'
  | 'rsi_cutler'
  | 'rsi_wilder'
  | 'sma'
  | 'smoothed'
  | 'tradable'
  | 'true_range'
  | 'z_score'
  | CheatName;

/** Features of the look-ahead audit's demonstrations (src/sql/cheats). */
export type CheatName =
  | 'centred_attention'
  | 'full_sample_score'
  | 'future_member'
  | 'revised_macro'
  | 'session_close'
  | 'unfinished_bar'
  | 'other_place';

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
  /** The length of the bars that it is computed over; the study's own where it is not given. */
  readonly every?: MadeLength;
  /** Its query, where it has no file. */
  readonly text?: string;
}

/** The study's bars themselves, which every feature file reads. */
export const bars: Feature = { name: 'bars', inputs: {}, columns: {}, values: {}, reach: 0 };

/** A feature of its parts; it reads one row before a bar where nothing is said. */
export function feature(name: FeatureName, parts: Partial<Omit<Feature, 'name'>>): Feature {
  return { name, inputs: {}, columns: {}, values: {}, reach: 1, ...parts };
}

/** The same value on every bar. */
export const constant = (value: number | boolean): Feature =>
  feature('constant', { values: { value } });

/** The text that names a feature's table: equal for equal features, readable in an error. */
export function featureKey({ name, inputs, columns, values, every, text }: Feature): string {
  const parts = [
    ...Object.entries(inputs).map(([slot, input]) => `${slot}=${featureKey(input)}`),
    ...Object.entries(columns).map(([slot, column]) => `${slot}=${column}`),
    ...Object.entries(values).map(([variable, value]) => `${variable}=${String(value)}`),
    ...(text === undefined ? [] : [text]),
  ];
  const over = every === undefined ? name : `${name}@${every}`;
  return parts.length === 0 ? over : `${over}(${parts.join(', ')})`;
}

/** All features that `roots` need, inputs before those that read them, each once; `readBy` says which are read. */
export function featureOrder(
  roots: readonly Feature[],
  readBy = ({ inputs }: Feature): readonly Feature[] => Object.values(inputs),
): Feature[] {
  const ordered = new Map<string, Feature>();
  const visit = (node: Feature): void => {
    if (ordered.has(featureKey(node))) return;
    for (const input of readBy(node)) visit(input);
    ordered.set(featureKey(node), node);
  };
  for (const root of roots) visit(root);
  return [...ordered.values()];
}
