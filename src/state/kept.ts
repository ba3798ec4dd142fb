/** What this browser keeps between visits. Storage may be forbidden or full; then nothing is kept. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`outsample.${key}`, value);
  } catch {
    // Nothing depends on it.
  }
}

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`outsample.${key}`);
  } catch {
    return null;
  }
}
