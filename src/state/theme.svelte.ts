import { keep, kept } from './kept.ts';

const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const colourPairs = ['blue-orange', 'green-red'] as const;
export type ColourPair = (typeof colourPairs)[number];

/** How the page looks: its theme, of which auto follows the system, and what gains and losses are drawn in. */
export class ThemeState {
  readonly all = themes;
  readonly pairs = colourPairs;
  value = $state<Theme>(themes.find((theme) => theme === kept('theme')) ?? 'auto');

  colours = $state<ColourPair>(
    colourPairs.find((pair) => pair === kept('colours')) ?? 'blue-orange',
  );

  constructor() {
    this.#show();
  }

  choose(theme: Theme): void {
    this.value = theme;
    keep('theme', theme);
    this.#show();
  }

  paint(colours: ColourPair): void {
    this.colours = colours;
    keep('colours', colours);
    this.#show();
  }

  #show(): void {
    const { dataset } = document.documentElement;
    dataset['theme'] = this.value;
    dataset['colours'] = this.colours;
  }
}
