import pow from '@stdlib/math-base-special-pow';

/**
 * ω² = the variance of √n·mean under the stationary bootstrap, exactly: γ₀ + 2·Σ κ(i)·γᵢ over the lags 1 … n − 1, with
 * κ(i) = (1 − i/n)·qⁱ + (i/n)·qⁿ⁻ⁱ and q = 1 − 1/blockLength. Hansen 2005, “A test for superior predictive ability”, p. 372.
 *
 * By lag j and n − j together these are circular autocovariances with weights (1 − j/n)·qʲ, so that two sums that are
 * carried backwards from value to value replace the loop over lags.
 */
export function longRunVariance(values: Float64Array, mean: number, blockLength: number): number {
  const n = values.length;
  const q = 1 - 1 / blockLength;
  const whole = pow(q, n); // What falls out of the sums after a full round.
  let own = 0;
  // Σ qʲ·x and Σ j·qʲ·x over the n − 1 values that follow the last one, around the end.
  let level = 0;
  let slope = 0;
  let weight = 1;
  for (let j = 1; j < n; j++) {
    weight *= q;
    const value = values[j - 1]! - mean;
    level += weight * value;
    slope += j * weight * value;
  }
  let joint = 0;
  for (let i = n - 1; i >= 0; i--) {
    const value = values[i]! - mean;
    own += value * value;
    joint += value * (level - slope / n);
    // One step back: `value` enters at lag 1, the value before this one leaves at lag n.
    const before = values[i === 0 ? n - 1 : i - 1]! - mean;
    slope = q * (value + slope + level) - n * whole * before;
    level = q * (value + level) - whole * before;
  }
  return (own + 2 * joint) / n;
}
