import type { Signals } from '../../src/domain/market.ts';

const mostBytes = 64 * 1024 * 1024;

/** Signals that a search may ask for again: those that come first, as many as there is room for. */
export class KeptSignals {
  readonly #kept = new Map<string, Signals>();
  #bytes = 0;

  constructor(private readonly most = mostBytes) {}

  get(key: string): Signals | undefined {
    return this.#kept.get(key);
  }

  keep(key: string, signals: Signals): void {
    const columns: readonly unknown[] = Object.values(signals);
    const bytes = columns.reduce<number>(
      (sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
      0,
    );
    if (this.#bytes + bytes > this.most) return;
    this.#bytes += bytes;
    this.#kept.set(key, signals);
  }
}
