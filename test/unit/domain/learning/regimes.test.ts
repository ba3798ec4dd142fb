import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baumWelch, filtered } from '../../../../src/domain/learning/hidden-markov.ts';
import { fitRegimes, regimesOf } from '../../../../src/domain/learning/regimes.ts';
import { randomStream } from '../../../../src/domain/random.ts';
import { expectNear, golden } from './golden.ts';

const { values, guess, log_likelihood, filtered: chances, fitted } = golden.hidden_markov;

describe('a hidden Markov model', () => {
  it('has hmmlearn’s likelihood and filtered chances', () => {
    const found = filtered(guess, values);
    expect(found.logLikelihood).toBeCloseTo(log_likelihood, 8);
    expectNear(found.chance, chances.flat());
  });

  it('is where hmmlearn is after 30 iterations of Baum and Welch', () => {
    const { model, logLikelihood } = baumWelch(guess, values, 0, {
      most: 30,
      tolerance: -Infinity,
    });
    expect(logLikelihood).toBeCloseTo(fitted.log_likelihood, 8);
    expectNear(model.mean, fitted.mean, 1e-8);
    expectNear(model.variance, fitted.variance, 1e-8);
    expectNear(model.transition.flat(), fitted.transition.flat(), 1e-8);
    expectNear(model.start, fitted.start, 1e-8);
  });

  it('never loses likelihood, stops, and keeps its floor', () => {
    const floor = 1e-4;
    let before = -Infinity;
    for (const most of [1, 2, 5, 20]) {
      const { logLikelihood } = baumWelch(guess, values, 0, { most, tolerance: -Infinity });
      expect(logLikelihood).toBeGreaterThanOrEqual(before);
      before = logLikelihood;
    }
    expect(baumWelch(guess, values, 0).iterations).toBeLessThan(200);
    expect(Math.min(...baumWelch(guess, values, floor).model.variance)).toBe(floor);
  });

  it('survives a value that no state expects', () => {
    const { chance, logLikelihood } = filtered(guess, [0, 1000, 0]);
    expect([...chance].every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(logLikelihood)).toBe(true);
  });
});

/** Log ranges of 600 sessions: calm, a panic from 300 to 360, volatile from 450 to 520. */
function market(seed = 5): Float64Array {
  const { normal } = randomStream(seed, 'market');
  const level = (t: number) => (t >= 300 && t < 360 ? -3 : t >= 450 && t < 520 ? -3.8 : -4.6);
  return Float64Array.from({ length: 600 }, (_, t) => level(t) + 0.25 * normal());
}

describe('regimes of the market', () => {
  it('are ordered by range, and recognised within days', () => {
    const range = market();
    const model = fitRegimes(range)!;
    expectNear(model.mean, [-4.6, -3.8, -3], 0.02);
    const regime = regimesOf(model, range);
    const share = (from: number, to: number, wanted: number) =>
      regime.slice(from, to).filter((r) => r === wanted).length / (to - from);
    expect(share(5, 300, 0)).toBeGreaterThan(0.97);
    expect(share(303, 360, 2)).toBeGreaterThan(0.97);
    expect(share(455, 520, 1)).toBeGreaterThan(0.95);
  });

  it('at a session do not change with what comes after it', () => {
    const range = market();
    const model = fitRegimes(range.subarray(0, 400))!;
    const whole = regimesOf(model, range);
    const anything = fc.oneof(fc.double({ min: -9, max: 0, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.nat(599), fc.array(anything), (t, other) => {
        const past = range.slice(0, t + 1);
        expect(regimesOf(model, past)).toEqual(whole.slice(0, t + 1));
        expect(regimesOf(model, Float64Array.of(...past, ...other)).slice(0, t + 1)).toEqual(
          whole.slice(0, t + 1),
        );
      }),
      { seed: 3 },
    );
  });

  it('take a session without a range for what the one before was', () => {
    const range = market();
    const model = fitRegimes(range)!;
    range.fill(Number.NaN, 330, 334);
    range[0] = Number.NaN;
    const regime = regimesOf(model, range);
    expect([...regime.slice(328, 336)]).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expectNear(fitRegimes(range)!.mean, model.mean, 0.01);
  });

  it('need sixty sessions that vary', () => {
    expect(fitRegimes(market().subarray(0, 59))).toBeNull();
    expect(fitRegimes(new Float64Array(300))).toBeNull();
    expect(fitRegimes(new Float64Array(300).fill(Number.NaN))).toBeNull();
  });
});
