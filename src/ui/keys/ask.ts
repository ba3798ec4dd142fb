/** This system's keyboards have ⌘ in place of Ctrl. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys that open the palette. */
export const paletteKeys = isApple ? '⌘ K' : 'Ctrl K';

/** Opens the palette as its keys do: what listens to them is fetched at the first. */
export function askForPalette(): void {
  dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
}
