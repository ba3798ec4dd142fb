/** What CSS variables stand for where an element is; known until theme or colours change. */
export class Colours {
  readonly #probe = document.createElement('span');
  readonly #known = new Map<string, string>();
  #dark: MediaQueryList | null = null;
  #observer: MutationObserver | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.#probe.hidden = true;
    host.append(this.#probe);
    this.#dark = matchMedia('(prefers-color-scheme: dark)');
    this.#dark.addEventListener('change', this.#forget);
    this.#observer = new MutationObserver(this.#forget);
    this.#observer.observe(document.documentElement, {
      attributeFilter: ['data-theme', 'data-colours'],
    });
  }

  /** `equity` as what --equity is here. */
  readonly of = (variable: string): string => {
    let found = this.#known.get(variable);
    if (found === undefined) {
      this.#probe.style.color = `var(--${variable})`;
      found = getComputedStyle(this.#probe).color;
      this.#known.set(variable, found);
    }
    return found;
  };

  get font(): string {
    return getComputedStyle(this.host).fontFamily;
  }

  destroy(): void {
    this.#dark?.removeEventListener('change', this.#forget);
    this.#observer?.disconnect();
    this.#probe.remove();
  }

  readonly #forget = (): void => {
    this.#known.clear();
    this.changed();
  };
}
