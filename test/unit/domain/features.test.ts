import { describe, expect, it } from 'vitest';
import { atr, bars, featureKey, featureOrder, zScore } from '../../../src/domain/features.ts';

describe('the feature graph', () => {
  it('names a feature by what it reads and how', () => {
    expect(featureKey(zScore(atr('sma', 14), 'ticks', 90, 30))).toBe(
      'z_score(rows=bars, series=atr_sma(true_range=true_range, period=14), column=ticks, window=90, minimum=30)',
    );
  });

  it('puts inputs before their readers, each once', () => {
    const order = featureOrder([
      zScore(atr('sma', 14), 'ticks', 90, 30),
      zScore(bars, 'close_ticks', 20, 20),
      atr('sma', 14),
    ]);
    expect(order.map(({ name }) => name)).toEqual([
      'bars',
      'true_range',
      'atr_sma',
      'z_score',
      'z_score',
    ]);
  });
});
