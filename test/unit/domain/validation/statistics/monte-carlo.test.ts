import { describe, expect, it } from 'vitest';
import { resampledBars } from '../../../../../src/domain/validation/statistics/monte-carlo-bars.ts';
import {
  monteCarloTrades,
  netOfClosed,
} from '../../../../../src/domain/validation/statistics/monte-carlo-trades.ts';
import { finish, foundBy, noise, stream } from './series.ts';

describe('trades in other orders', () => {
  const net = Float64Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? -1500 : 1000));
  const { trades, shuffled, resampled } = foundBy(monteCarloTrades(net, 100_000, 500, stream()));

  it('end where the run ended; only the drawdown differs', () => {
    expect(trades).toBe(60);
    expect(shuffled.finalReturn.p5).toBe(shuffled.finalReturn.p95);
    expect(shuffled.finalReturn.median).toBeCloseTo(0.1, 12);
    expect(shuffled.maxDrawdown.p5).toBeLessThan(shuffled.maxDrawdown.p95);
    expect(shuffled.maxDrawdown.p95).toBeLessThanOrEqual(-0.015);
    // The run’s own order, a loss after every two gains, is nearly the gentlest.
    expect(shuffled.deeperThanOwn).toBeGreaterThan(0.9);
  });

  it('end elsewhere when they are drawn with replacement', () => {
    expect(resampled.finalReturn.p5).toBeLessThan(resampled.finalReturn.p95);
    expect(resampled.losing).toBeGreaterThan(0);
    expect(resampled.losing).toBeLessThan(0.5);
    expect(resampled.deeper.map(({ drawdown }) => drawdown)).toEqual([-0.1, -0.2, -0.3, -0.5]);
    const shares = resampled.deeper.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('lose at most everything', () => {
    const ruin = foundBy(monteCarloTrades(Float64Array.of(-90, -90, 10), 100, 20, stream()));
    expect(ruin.shuffled.maxDrawdown.p5).toBe(-1);
  });

  it('need two closed trades', () => {
    expect(finish(monteCarloTrades(Float64Array.of(1), 100, 10, stream()))).toEqual({
      reason: 'There are fewer than two closed trades.',
    });
  });

  it('stand in the order of their exits, without the open ones', () => {
    const log = {
      length: 4,
      reason: Int8Array.of(0, -1, 1, 2),
      exitStep: Int32Array.of(9, -1, 5, 5),
      net: Float64Array.of(1, 2, 3, 4),
    };
    expect(netOfClosed(log)).toEqual(Float64Array.of(3, 4, 1));
  });
});

describe('sessions resampled', () => {
  const options = { samples: 400, blockLength: 5, free: 0 };

  it('spread around the run', () => {
    const returns = noise(500, 3, 0.0005);
    const found = foundBy(resampledBars(returns, { ...options, stream: stream() }));
    const final = returns.reduce((wealth, one) => wealth * (1 + one), 1) - 1;
    expect(found.finalReturn.p5).toBeLessThan(final);
    expect(found.finalReturn.p95).toBeGreaterThan(final);
    expect(found.sharpe.p5).toBeLessThan(found.sharpe.median);
    expect(found.maxDrawdown.p95).toBeLessThan(0);
    // Two standard errors of the Sharpe ratio are about 2/√n.
    expect(found.sharpe.p95 - found.sharpe.p5).toBeCloseTo((2 * 1.645) / Math.sqrt(500), 1);
  });

  it('give the same numbers for the same seed', () => {
    const twice = [1, 2].map(() =>
      finish(resampledBars(noise(100), { ...options, stream: stream(5) })),
    );
    expect(twice[0]).toEqual(twice[1]);
  });

  it('take the risk-free rate off the Sharpe ratio only', () => {
    const of = (free: number) =>
      foundBy(resampledBars(noise(100), { ...options, free, stream: stream() }));
    expect(of(0.001).sharpe.median).toBeLessThan(of(0).sharpe.median);
    expect(of(0.001).finalReturn).toEqual(of(0).finalReturn);
  });

  it('need returns that vary', () => {
    const flat = resampledBars(new Float64Array(50), { ...options, stream: stream() });
    expect(finish(flat)).toEqual({ reason: 'Returns don’t vary.' });
  });

  it('yield the ratio done', () => {
    const seen = [...resampledBars(noise(2000), { ...options, samples: 1000, stream: stream() })];
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(1);
  });
});
