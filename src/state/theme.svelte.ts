import { keep, kept } from './kept.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Which theme the page shows; auto follows the system. */
export class ThemeState {
  readonly all = themes;
  value = $state<Theme>(themes.find((theme) => theme === kept('theme')) ?? 'auto');

  constructor() {
    this.#show();
  }

  choose(theme: Theme): void {
    this.value = theme;
    keep('theme', theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.value;
  }
}
