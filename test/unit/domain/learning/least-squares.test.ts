import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inexactMath } from '../../../../scripts/lint-equal-bits.mjs';
import { LeastSquares, type LinearFit } from '../../../../src/domain/learning/least-squares.ts';
import { expectNear, golden } from './golden.ts';

function squaresOf(x: readonly (readonly number[])[], y: readonly number[]): LeastSquares {
  const squares = new LeastSquares(x[0]!.length);
  for (const [i, row] of x.entries()) squares.add(row, y[i]!);
  return squares;
}

function fitted(x: readonly (readonly number[])[], y: readonly number[]): LinearFit {
  const fit = squaresOf(x, y).fit();
  if (typeof fit === 'string') throw new Error(fit);
  return fit;
}

describe('linear regression', () => {
  it('gives numpy’s coefficients, standard errors and R²', () => {
    const { x, y, intercept, coefficients, errors, explained } = golden.linear;
    const fit = fitted(x, y);
    expectNear(fit.coefficients, coefficients);
    expectNear(fit.errors, errors);
    expectNear([fit.intercept, fit.explained!], [intercept, explained]);
    expect(fit.observations).toBe(y.length);
  });

  it('solves the normal equations, held to exact fractions', () => {
    const whole = fc.integer({ min: -50, max: 50 });
    const rows = fc.array(fc.tuple(whole, whole, whole), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(rows, (rows) => {
        const exact = normalEquations(
          rows.map(([a, b]) => [1, a, b]),
          rows.map(([, , y]) => y),
        );
        fc.pre(exact !== null);
        const { intercept, coefficients } = fitted(
          rows.map(([a, b]) => [a, b]),
          rows.map(([, , y]) => y),
        );
        expectNear([intercept, ...coefficients], exact, 1e-9);
      }),
      { seed: 11 },
    );
  });

  it('finds what the rows were made by, whatever their order', () => {
    const x = Array.from({ length: 50 }, (_, i) => [i % 7, (i * i) % 11]);
    const y = x.map(([a, b]) => 3 + 0.5 * a! - 2 * b!);
    const fit = fitted(x.toReversed(), y.toReversed());
    expectNear([fit.intercept, ...fit.coefficients], [3, 0.5, -2], 1e-13);
    expect(fit.explained).toBeCloseTo(1, 12);
  });

  it('measures the standard deviation of a weighted sum', () => {
    const { x, y } = golden.linear;
    const score = x.map(([a, b, c]) => a! + b! - 0.5 * c!);
    const mean = score.reduce((sum, value) => sum + value, 0) / score.length;
    const squares = score.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    expect(squaresOf(x, y).deviationOf([1, 1, -0.5])).toBeCloseTo(
      Math.sqrt(squares / (score.length - 1)),
      12,
    );
  });

  it.each([
    ['too few rows', 29, (i: number) => [i, i * i]],
    ['no variation', 100, (i: number) => [i, 0.1]],
    ['collinear', 100, (i: number) => [i / 7, 3 - i / 3]],
  ])('says %s', (why, length, row) => {
    const x = Array.from({ length }, (_, i) => row(i));
    expect(
      squaresOf(
        x,
        x.map(([a]) => a! % 5),
      ).fit(),
    ).toBe(why);
  });
});

describe('equal bits in every engine', () => {
  afterEach(() => vi.restoreAllMocks());

  it('calls none of the functions whose last bits differ', () => {
    const calls = inexactMath.map((name) =>
      vi.spyOn(Math, name as 'exp').mockImplementation(() => {
        throw new Error(`Math.${name} was called.`);
      }),
    );
    fitted(golden.linear.x, golden.linear.y);
    for (const call of calls) expect(call).not.toHaveBeenCalled();
  });

  it('takes a path through ml-regression and ml-matrix that has no such call and no power', () => {
    const load = createRequire(createRequire(import.meta.url).resolve('ml-regression'));
    type Class = { readonly prototype: Record<string, () => unknown> };
    const { Matrix, SVD } = load('ml-matrix') as { Matrix: Class; SVD: Class };
    const methods = ['mmul', 'transpose', 'to2DArray', 'get', 'set'];
    const sources = [SVD, ...methods.map((name) => Matrix.prototype[name]!)].map(String);
    for (const source of sources) expect(source).not.toMatch(inexact);
    const regression = String(load('ml-regression-multivariate-linear'));
    const [fit, statistics] = regression.split('if (statistics)');
    expect(fit).not.toMatch(inexact);
    expect(statistics).toMatch(inexact); // Hence statistics: false.
  });
});

const inexact = new RegExp(`Math\\.(${inexactMath.join('|')})\\b|[^/*]\\*\\*[^*/]`);

/** Least squares by Cramer's rule in whole numbers; null where the equations are singular. */
function normalEquations(x: readonly number[][], y: readonly number[]): number[] | null {
  const dot = (a: (row: number) => number, b: (row: number) => number): bigint =>
    x.reduce((sum, _, i) => sum + BigInt(a(i)) * BigInt(b(i)), 0n);
  const column = (j: number) => (i: number) => x[i]![j]!;
  const matrix = [0, 1, 2].map((j) => [0, 1, 2].map((k) => dot(column(j), column(k))));
  const right = [0, 1, 2].map((j) => dot(column(j), (i) => y[i]!));
  const whole = determinant(matrix);
  if (whole === 0n) return null;
  return [0, 1, 2].map((place) => {
    const replaced = matrix.map((row, j) => row.map((v, k) => (k === place ? right[j]! : v)));
    return Number((determinant(replaced) * 10n ** 15n) / whole) / 1e15;
  });
}

const determinant = ([a, b, c]: bigint[][]): bigint =>
  a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) -
  a![1]! * (b![0]! * c![2]! - b![2]! * c![0]!) +
  a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!);
