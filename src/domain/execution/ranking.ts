/**
 * Orders that meet at one open, served by score (higher first, unknown scores last), then by symbol number,
 * which is code-unit order. A binary heap: only as many orders are ranked as find a slot.
 */
export class Ranking {
  size = 0;
  readonly #symbol: Int32Array;
  readonly #score: Float64Array;

  constructor(symbols: number) {
    this.#symbol = new Int32Array(symbols);
    this.#score = new Float64Array(symbols);
  }

  clear(): void {
    this.size = 0;
  }

  add(symbol: number, score: number): void {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#precedes(symbol, score, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#symbol[at] = symbol;
    this.#score[at] = score;
  }

  /** Takes the best order out and returns its symbol. Only where size > 0. */
  take(): number {
    const best = this.#symbol[0]!;
    const last = --this.size;
    const symbol = this.#symbol[last]!;
    const score = this.#score[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (
        child + 1 < last &&
        this.#precedes(this.#symbol[child + 1]!, this.#score[child + 1]!, child)
      )
        child++;
      if (this.#precedes(symbol, score, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#symbol[at] = symbol;
    this.#score[at] = score;
    return best;
  }

  /** Whether this order is served before the one at `place`. */
  #precedes(symbol: number, score: number, place: number): boolean {
    const other = this.#score[place]!;
    if (score > other) return true;
    if (score < other) return false;
    const known = !Number.isNaN(score);
    if (known !== !Number.isNaN(other)) return known;
    return symbol < this.#symbol[place]!;
  }

  #move(from: number, to: number): void {
    this.#symbol[to] = this.#symbol[from]!;
    this.#score[to] = this.#score[from]!;
  }
}
