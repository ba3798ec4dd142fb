/** What this browser keeps between visits. Storage may be forbidden or full; then nothing is kept. */
export function keep(key: string, value: string): void {
  put(() => localStorage, key, value);
}

export function kept(key: string): string | null {
  return got(() => localStorage, key);
}

/** What a tab keeps over a reload, whatever other tabs do; one that is opened later begins with what any kept last. */
export function keepHere(key: string, value: string): void {
  put(() => sessionStorage, key, value);
  keep(key, value);
}

export function keptHere(key: string): string | null {
  return got(() => sessionStorage, key) ?? kept(key);
}

/** The same of this tab alone; null in a tab that is new. */
export const keepInTab = (key: string, value: string): void =>
  put(() => sessionStorage, key, value);
export const keptInTab = (key: string): string | null => got(() => sessionStorage, key);

function put(storage: () => Storage, key: string, value: string): void {
  try {
    storage().setItem(`outsample.${key}`, value);
  } catch {
    // Nothing depends on it.
  }
}

function got(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(`outsample.${key}`);
  } catch {
    return null;
  }
}
