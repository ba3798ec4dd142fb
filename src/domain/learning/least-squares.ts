// @ts-expect-error -- The package has no types; `Solver` below says what is used of it.
import { MultivariateLinearRegression } from 'ml-regression';

/**
 * What is used of ml-regression. With `statistics: false` it calls nothing but + − × ÷, Math.abs, Math.max and
 * Math.sqrt (it would take Math.pow for its statistics), so that every engine gives the same bits: held by
 * test/unit/domain/learning/least-squares.test.ts.
 */
type Solver = new (
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
  options: { readonly intercept: false; readonly statistics: false },
) => { readonly weights: readonly (readonly number[])[] };

/** A least-squares fit with intercept: y = intercept + Σ coefficient · x. */
export interface LinearFit {
  readonly coefficients: readonly number[];
  /** Standard errors: the roots of the diagonal of s²·(XᵀX)⁻¹ with s² = RSS ÷ (n − p − 1). */
  readonly errors: readonly number[];
  readonly intercept: number;
  readonly observations: number;
  /** R²: share of the variance of y; null where y does not vary. */
  readonly explained: number | null;
}

/** Why rows could not be fitted. */
export type Unfit = 'too few rows' | 'no variation' | 'collinear';

/** Rows that each coefficient, the intercept included, must have at least. */
const rowsPerCoefficient = 10;

/** Share of a column's variance that the columns before it must leave unexplained. */
const tolerance = 1e-10;

/**
 * Linear regression over rows that come one by one. Each is folded into the triangular factor of (1, X) by Givens
 * rotations (Golub & Van Loan, Matrix Computations, section 5.2; Gentleman 1974, AS 75), so that a million rows take a
 * few numbers; `fit` hands that small system, which has the same solution, to ml-regression.
 */
export class LeastSquares {
  readonly #size: number;
  /** Upper triangle, row by row; column 0 is the intercept's. */
  readonly #r: Float64Array;
  readonly #q: Float64Array;
  readonly #row: Float64Array;
  #residual = 0;
  #observations = 0;

  constructor(readonly terms: number) {
    this.#size = terms + 1;
    this.#r = new Float64Array(this.#size * this.#size);
    this.#q = new Float64Array(this.#size);
    this.#row = new Float64Array(this.#size);
  }

  get observations(): number {
    return this.#observations;
  }

  add(x: ArrayLike<number>, y: number): void {
    const row = this.#row;
    const size = this.#size;
    row[0] = 1;
    for (let j = 1; j < size; j++) row[j] = x[j - 1]!;
    let rest = y;
    for (let k = 0; k < size; k++) {
      const below = row[k]!;
      if (below === 0) continue;
      const diagonal = this.#r[k * size + k]!;
      const length = Math.sqrt(diagonal * diagonal + below * below);
      const cosine = diagonal / length;
      const sine = below / length;
      this.#r[k * size + k] = length;
      for (let j = k + 1; j < size; j++) {
        const above = this.#r[k * size + j]!;
        this.#r[k * size + j] = cosine * above + sine * row[j]!;
        row[j] = cosine * row[j]! - sine * above;
      }
      const above = this.#q[k]!;
      this.#q[k] = cosine * above + sine * rest;
      rest = cosine * rest - sine * above;
    }
    this.#residual += rest * rest;
    this.#observations += 1;
  }

  /** Standard deviation (n − 1) of Σ weight · x over the rows; NaN with fewer than two. */
  deviationOf(weights: readonly number[]): number {
    let squares = 0;
    for (let k = 1; k < this.#size; k++) {
      let sum = 0;
      for (let j = k; j < this.#size; j++) sum += this.#r[k * this.#size + j]! * weights[j - 1]!;
      squares += sum * sum;
    }
    return this.#observations < 2 ? Number.NaN : Math.sqrt(squares / (this.#observations - 1));
  }

  fit(): LinearFit | Unfit {
    const size = this.#size;
    const n = this.#observations;
    if (n < rowsPerCoefficient * size) return 'too few rows';
    const unfit = this.#unfit();
    if (unfit !== null) return unfit;

    // y = (Qᵀy, I): the first column is solved for the coefficients, the others for the inverse of R.
    const places = Array.from({ length: size }, (_, k) => k);
    const { weights } = new (MultivariateLinearRegression as Solver)(
      places.map((k) => places.map((j) => this.#r[k * size + j]!)),
      places.map((k) => [this.#q[k]!, ...places.map((j) => Number(j === k))]),
      { intercept: false, statistics: false },
    );
    const variance = this.#residual / (n - size);
    const errors = weights.map(([, ...inverse]) =>
      Math.sqrt(variance * inverse.reduce((sum, value) => sum + value * value, 0)),
    );
    const solved = weights.map(([value]) => value!);
    let total = this.#residual;
    for (const k of places.slice(1)) total += this.#q[k]! * this.#q[k]!;
    return {
      coefficients: solved.slice(1),
      errors: errors.slice(1),
      intercept: solved[0]!,
      observations: n,
      explained: total > 0 ? 1 - this.#residual / total : null,
    };
  }

  #unfit(): Unfit | null {
    for (let j = 1; j < this.#size; j++) {
      let squares = 0;
      for (let k = 1; k <= j; k++) {
        const value = this.#r[k * this.#size + j]!;
        squares += value * value;
      }
      const mean = this.#r[j]!;
      const left = this.#r[j * this.#size + j]!;
      if (squares <= tolerance * mean * mean) return 'no variation';
      if (left * left <= tolerance * squares) return 'collinear';
    }
    return null;
  }
}
