/** A dataset that ships with the page, as its manifest has it. */
export interface ShippedDataset {
  readonly id: string;
  readonly synthetic?: unknown;
  readonly files: readonly { readonly sha256: string }[];
}

/** The shipped dataset that consists of just these files; undefined where there is none. */
export function shippedOf<T extends ShippedDataset>(
  files: readonly { readonly sha256: string }[],
  shipped: readonly T[],
): T | undefined {
  const given = new Set(files.map(({ sha256 }) => sha256));
  return shipped.find(
    (dataset) =>
      dataset.files.length === files.length &&
      dataset.files.every(({ sha256 }) => given.has(sha256)),
  );
}
