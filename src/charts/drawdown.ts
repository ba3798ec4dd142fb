/** equity ÷ highest equity so far − 1, per session: 0 at a peak, negative under water. */
export function drawdowns(equity: ArrayLike<number>): Float64Array {
  const under = new Float64Array(equity.length);
  let peak = -Infinity;
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    if (value > peak) peak = value;
    under[session] = value / peak - 1;
  }
  return under;
}
