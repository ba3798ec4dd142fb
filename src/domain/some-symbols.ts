import type { Clock, Contracts, Detail, Listings, Market, Signals } from './market.ts';

type Column = Int8Array | Int32Array | Float64Array;

/**
 * A market with some of its symbols, as if the others had never been in it, and signals beside it. Numbers of symbols
 * rise. Columns are copies; what signals were made of stays all symbols.
 */
export class SomeSymbols {
  readonly market: Market;
  readonly #from: Market;
  readonly #symbols: ReadonlySet<number>;

  constructor(from: Market, symbols: readonly number[]) {
    this.#from = from;
    this.#symbols = new Set(symbols);
    const { clock, listings, contracts, detail } = from;
    const firstRow = new Int32Array(symbols.length + 1);
    for (const [i, symbol] of symbols.entries())
      firstRow[i + 1] = firstRow[i]! + from.firstRow[symbol + 1]! - from.firstRow[symbol]!;
    this.market = {
      symbols: symbols.map((symbol) => from.symbols[symbol]!),
      firstRow,
      day: this.#rows(from.day),
      open: this.#rows(from.open),
      high: this.#rows(from.high),
      low: this.#rows(from.low),
      close: this.#rows(from.close),
      volume: this.#rows(from.volume),
      ...(clock && { clock: this.#clock(clock) }),
      ...(listings && { listings: this.#listings(listings) }),
      ...(contracts && { contracts: this.#contracts(contracts) }),
      ...(detail && { detail: this.#detail(detail) }),
    };
  }

  /** Signals of the whole market, for these symbols. */
  signals({ halfSpread, weight, rebalance, unknown, ...signals }: Signals): Signals {
    return {
      side: this.#rows(signals.side),
      exit: this.#rows(signals.exit),
      score: this.#rows(signals.score),
      atr: this.#rows(signals.atr),
      sizeFactor: this.#rows(signals.sizeFactor),
      halfSpread: halfSpread && this.#rows(halfSpread),
      ...(weight && { weight: this.#rows(weight) }),
      ...(rebalance && { rebalance: this.#rows(rebalance) }),
      ...(unknown && { unknown: this.#rows(unknown) }),
    };
  }

  /** A column by row. */
  #rows<T extends Column>(column: T): T {
    const { firstRow } = this.#from;
    const parts = Array.from(this.#symbols, (s) => column.subarray(firstRow[s], firstRow[s + 1]));
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const picked = new (column.constructor as new (length: number) => T)(length);
    let at = 0;
    for (const part of parts) {
      picked.set(part, at);
      at += part.length;
    }
    return picked;
  }

  /** A column by symbol. */
  #own<T extends Column>(column: T): T {
    return column.filter((_, symbol) => this.#symbols.has(symbol)) as T;
  }

  #clock({ opens, known, step, hours, perYear }: Clock): Clock {
    return {
      opens: this.#rows(opens),
      known: this.#rows(known),
      step: this.#rows(step),
      ...(hours && { hours: { ...hours, placeOf: this.#own(hours.placeOf) } }),
      ...(perYear !== undefined && { perYear }),
    };
  }

  #listings({ delistedOn, delistingReturn, group, groups }: Listings): Listings {
    return {
      delistedOn: this.#own(delistedOn),
      delistingReturn: this.#own(delistingReturn),
      group: this.#own(group),
      groups,
    };
  }

  #contracts({ multiplier, tick, lot, margin, splits, dividend }: Contracts): Contracts {
    return {
      multiplier: this.#own(multiplier),
      tick: this.#own(tick),
      lot: this.#own(lot),
      margin: this.#own(margin),
      splits: splits && this.#rows(splits),
      dividend: dividend && this.#rows(dividend),
    };
  }

  #detail({ first, end, ...detail }: Detail): Detail {
    return { ...detail, first: this.#rows(first), end: this.#rows(end) };
  }
}
