/** Worked examples that the papers on the Sharpe ratio’s statistics print. */
import { describe, expect, it } from 'vitest';
import {
  deflatedSharpe,
  expectedMaximum,
  expectedMaximumSharpe,
  minimumBacktestYears,
} from '../../../src/domain/validation/statistics/deflated-sharpe.ts';
import {
  minimumTrackRecord,
  probabilisticSharpe,
} from '../../../src/domain/validation/statistics/probabilistic-sharpe.ts';

describe('Bailey & López de Prado 2012, “The Sharpe ratio efficient frontier”', () => {
  const monthly = { count: 24, sharpe: 0.458, skewness: -2.448, kurtosis: 10.164 };

  it('PSR(0) of two years of monthly returns', () => {
    expect(probabilisticSharpe(monthly, 0)).toBeCloseTo(0.9134, 3);
    expect(probabilisticSharpe({ ...monthly, skewness: 0, kurtosis: 3 }, 0)).toBeCloseTo(0.9817, 3);
  });

  it.each([
    ['daily', 250, 0, 3, 2.73],
    ['weekly', 52, 0, 3, 2.83],
    ['monthly', 12, 0, 3, 3.24],
    ['monthly, hedge fund', 12, -0.72, 5.78, 4.99],
  ])('MinTRL in years, annual 2 against 1, %s', (_, perYear, skewness, kurtosis, years) => {
    const sharpe = 2 / Math.sqrt(perYear);
    const moments = { count: 0, sharpe, skewness, kurtosis };
    const found = minimumTrackRecord(moments, 1 / Math.sqrt(perYear), 0.95)!;
    expect(found / perYear).toBeCloseTo(years, 2);
  });
});

describe('Bailey & López de Prado 2014, “The deflated Sharpe ratio”, its worked example', () => {
  const moments = { count: 1250, sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10 };
  const variance = 0.5 / 250;

  it('SR₀ and DSR after 100 trials, DSR after 46', () => {
    expect(expectedMaximumSharpe(100, variance)).toBeCloseTo(0.113172, 4);
    expect(deflatedSharpe(moments, 100, variance)).toBeCloseTo(0.9004, 3);
    expect(deflatedSharpe(moments, 46, variance)).toBeCloseTo(0.9505, 3);
  });
});

describe('Bailey, Borwein, López de Prado & Zhu 2014, “Pseudo-mathematics”', () => {
  it('the best of ten is expected at 1.57; five years stand 45 trials at a Sharpe ratio of 1', () => {
    expect(expectedMaximum(10)).toBeCloseTo(1.57, 2);
    expect(minimumBacktestYears(45, 1)).toBeCloseTo(5, 2);
  });
});
