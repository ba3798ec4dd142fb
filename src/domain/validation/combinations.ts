/** Every choice of `size` of the numbers 0 … count − 1, each in order, in lexicographic order. */
export function combinations(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  for (let first = 0; first <= count - size; first++) {
    for (const rest of combinations(count - first - 1, size - 1))
      found.push([first, ...rest.map((value) => value + first + 1)]);
  }
  return found;
}

/**
 * The paths of a combinatorial cross-validation: the j-th path tests each group by the j-th split that tests it
 * (López de Prado 2018, section 12.4). By path, the split of each group.
 */
export function pathsOf(splits: readonly (readonly number[])[], groups: number): number[][] {
  const testing = Array.from({ length: groups }, (_, group) =>
    splits.flatMap((tested, split) => (tested.includes(group) ? [split] : [])),
  );
  const paths = testing[0]?.length ?? 0;
  return Array.from({ length: paths }, (_, j) => testing.map((splits) => splits[j]!));
}
