import type { LogLine } from './line.ts';

/** The newest lines, so many at most. */
export class Ring {
  #lines: readonly LogLine[] = [];
  #onChange = (): void => undefined;

  constructor(private readonly most: number) {}

  /** Oldest first. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  take(line: string): void {
    this.#lines = [...this.#lines.slice(1 - this.most), JSON.parse(line) as LogLine];
    this.#onChange();
  }

  clear(): void {
    this.#lines = [];
    this.#onChange();
  }

  /** Calls back after every change, in place of who was called before. */
  watch(onChange: () => void): void {
    this.#onChange = onChange;
  }
}
