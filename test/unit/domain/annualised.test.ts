import { describe, expect, test } from 'vitest';
import {
  leastDays,
  leastSessions,
  told,
  tooShort,
} from '../../../src/domain/metrics/annualised.ts';
import type { Convention } from '../../../src/domain/metrics/convention.ts';
import { metricsOfAll } from '../../../src/domain/metrics/metrics.ts';
import { runOf } from './metrics-runs.ts';

/** Six sessions that gain a tenth: 345 million percent a year. */
const six = metricsOfAll(runOf([101, 103, 104, 106, 108, 110]));
const reasonOf = (id: string, convention: Convention = 'outsample') => {
  const metric = told(six[convention], convention).find((one) => one.id === id)!;
  return metric.value === null ? metric.reason : metric.value;
};

describe('a number a year', () => {
  test('is withheld of a run that is too short for it, with the reason', () => {
    for (const id of ['cagr', 'annual-return', 'alpha'])
      expect(reasonOf(id)).toBe('Too short to annualise: 6 sessions, less than a year.');
    for (const id of ['volatility', 'sharpe', 'turnover'])
      expect(reasonOf(id)).toBe('Too short to annualise: 6 sessions, fewer than 30.');
    expect(reasonOf('total-return')).toBeCloseTo(0.1, 9);
    expect(reasonOf('max-drawdown')).toBe(0);
  });

  test('stands as a peer shows it', () => {
    expect(reasonOf('sharpe', 'vectorbt')).toBeGreaterThan(0);
  });

  test('is told from a year, of scatter from thirty sessions', () => {
    const length = { sessions: leastSessions, days: leastDays };
    expect([tooShort('cagr', length), tooShort('sharpe', length)]).toEqual([null, null]);
    expect(tooShort('cagr', { ...length, days: leastDays - 1 })).not.toBeNull();
    expect(tooShort('sharpe', { ...length, sessions: leastSessions - 1 })).not.toBeNull();
    expect(tooShort('max-drawdown', { sessions: 1, days: 0 })).toBeNull();
  });
});
