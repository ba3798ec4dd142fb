/** Makes something at the first call and keeps it; a failure is not kept, so that the next call tries again. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => (made = undefined)); // Offline, say.
    return made;
  };
}
