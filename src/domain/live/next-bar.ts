import type { Booked } from '../execution/booked.ts';
import type { Clock, Contracts, Market, Signals, StepTimes } from '../market.ts';
import type { Day, Instant, Row } from '../units.ts';

/** The step after the last one that is known: orders are decided for it before anything of it is. */
export interface NextStep {
  readonly day: Day;
  /** When its bars begin and end, where the market has a clock. */
  readonly clock?: { readonly opens: Instant; readonly known: Instant };
}

/** What signals say at a bar of which nothing is known. */
const silent: Readonly<Record<keyof Signals, number>> = {
  side: 0,
  exit: 0,
  score: Number.NaN,
  atr: Number.NaN,
  sizeFactor: Number.NaN,
  halfSpread: Number.NaN,
  weight: Number.NaN,
  rebalance: 0,
  unknown: 0,
};

type Column = Int8Array | Int32Array | Float64Array;

/**
 * A market with one bar more of each symbol: it opens and closes at the symbol's last close, and meets every price that an order may wait
 * for. Nothing is known of its volume. Rows of symbol s lie s further on (`grownRow`).
 */
export class NextBar {
  readonly market: Market;
  readonly signals: Signals;
  readonly steps: StepTimes;
  readonly #from: Market;

  constructor(market: Market, signals: Signals, steps: StepTimes, next: NextStep) {
    this.#from = market;
    const { close } = market;
    const last = (symbol: number): number => lastOf(close, market, symbol);
    const columns = Object.entries(signals) as [keyof Signals, Column | null][];
    const grown = columns.map(([name, column]): [keyof Signals, Column | null] => [
      name,
      column && this.#grown(column, () => silent[name]),
    ]);
    const { contracts, detail, clock } = market;
    this.signals = Object.fromEntries(grown) as unknown as Signals;
    this.market = {
      ...market,
      firstRow: market.firstRow.map((row, symbol) => row + symbol),
      day: this.#grown(market.day, () => next.day),
      open: this.#grown(market.open, last),
      high: this.#grown(market.high, () => Infinity),
      low: this.#grown(market.low, () => 0),
      close: this.#grown(close, last),
      volume: this.#grown(market.volume, () => Number.NaN),
      ...(clock && { clock: this.#clock(clock, next) }),
      ...(contracts && { contracts: this.#contracts(contracts) }),
      ...(detail && {
        detail: {
          ...detail,
          first: this.#grown(detail.first, () => 0),
          end: this.#grown(detail.end, () => 0),
        },
      }),
    };
    this.steps = stepsWith(steps, next);
  }

  /** Where a row of the market lies in the grown one. */
  grownRow = (symbol: number, row: Row): Row => row + symbol;

  /** The same fills beside the grown market. */
  booked(booked: Booked): Booked {
    return {
      through: booked.through,
      at: (step) =>
        booked.at(step).map((fill) => ({
          ...fill,
          signalRow: this.grownRow(fill.symbol, fill.signalRow),
        })),
    };
  }

  #grown<Values extends Column>(column: Values, valueOf: (symbol: number) => number): Values {
    const { firstRow, symbols } = this.#from;
    const grown = new (column.constructor as new (length: number) => Values)(
      column.length + symbols.length,
    );
    for (let s = 0; s < symbols.length; s++) {
      const [first, end] = [firstRow[s]!, firstRow[s + 1]!];
      grown.set(column.subarray(first, end), first + s);
      grown[end + s] = valueOf(s);
    }
    return grown;
  }

  #clock(clock: Clock, { clock: next }: NextStep): Clock {
    const number = clock.step.reduce((highest, one) => Math.max(highest, one), -1) + 1;
    return {
      ...clock,
      opens: this.#grown(clock.opens, () => next?.opens ?? 0),
      known: this.#grown(clock.known, () => next?.known ?? 0),
      step: this.#grown(clock.step, () => number),
    };
  }

  #contracts(contracts: Contracts): Contracts {
    const { splits, dividend } = contracts;
    return {
      ...contracts,
      splits: splits && this.#grown(splits, (symbol) => lastOf(splits, this.#from, symbol)),
      dividend: dividend && this.#grown(dividend, () => 0),
    };
  }
}

/** A symbol's last value; NaN where it has no bar yet. */
const lastOf = (column: Float64Array, { firstRow }: Market, symbol: number): number =>
  firstRow[symbol] === firstRow[symbol + 1] ? Number.NaN : column[firstRow[symbol + 1]! - 1]!;

function stepsWith({ day, number, clock }: StepTimes, next: NextStep): StepTimes {
  const days = Int32Array.of(...day, next.day);
  if (clock === undefined) return { day: days, number: days };
  const known = clock.known.at(-1) ?? 0;
  return {
    day: days,
    number: Int32Array.of(...number, (number.at(-1) ?? 0) + 1),
    clock: {
      ...clock,
      opens: Float64Array.of(...clock.opens, Math.max(known, next.clock?.opens ?? known)),
      known: Float64Array.of(...clock.known, next.clock?.known ?? known + 1),
    },
  };
}
