import { type Feature, atr } from '../../features.ts';
import type { SignalPlan } from '../../strategies/strategy.ts';
import sql from './signals.sql?raw';

/** Enters where a cheating column is above a threshold. */
export function planOver(column: string, cheat: Feature, enterAbove: number): SignalPlan {
  const range = atr('sma', 5);
  return {
    sql,
    inputs: { cheat, atr: range },
    values: { enter_above: enterAbove },
    columns: {
      [column]: { feature: cheat, column: 'value' },
      atr: { feature: range, column: 'value' },
    },
    sessions: null,
    chart: { column, label: column, threshold: enterAbove },
    notes: [],
  };
}
