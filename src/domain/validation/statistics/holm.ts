/**
 * p-values of several tests at once, in their order, corrected so that the chance of even one false alarm among them
 * stays below the level that they are held against: Holm 1979, “A simple sequentially rejective multiple test procedure”.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  const adjusted = [...pValues];
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min((pValues.length - rank) * pValues[i]!, 1));
    adjusted[i] = least;
  }
  return adjusted;
}
