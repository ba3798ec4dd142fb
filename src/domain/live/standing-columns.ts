import { GrowingColumns } from '../execution/columns.ts';
import { splitsAt, unitsPerContract } from '../execution/contracts.ts';
import type { Standing, StandingPosition } from '../execution/standing.ts';
import { type Market, type StepTimes, stepsByRow } from '../market.ts';
import { exitReasons } from '../run.ts';
import type { Row, Step } from '../units.ts';

const spellTypes = {
  symbol: Int32Array,
  side: Int8Array,
  quantity: Float64Array,
  entryPrice: Float64Array,
  /** Levels that are off are infinite. */
  stop: Float64Array,
  target: Float64Array,
  /** Indices into `exitReasons`: whose stop it is, and why it leaves at its next fill; −1 while nothing is ordered. */
  stopReason: Int8Array,
  ordered: Int8Array,
  signalRow: Int32Array,
  /** Units of a contract, and the splits that the prices hold: 1 where each is what it seems. */
  perContract: Float64Array,
  splits: Float64Array,
} as const;

const entryTypes = {
  symbol: Int32Array,
  /** 0 where targets say only at the fill which way they lie. */
  side: Int8Array,
  signalRow: Int32Array,
  /** As printed; NaN where it has none. */
  limit: Float64Array,
  stop: Float64Array,
} as const;

type ColumnsOf<Types extends Record<string, new (length: number) => unknown>> = {
  readonly [name in keyof Types]: InstanceType<Types[name]>;
} & { readonly length: number };

/** Positions after each close: those of a step are at the places `start[step]` .. `start[step + 1] - 1`. */
export interface PositionColumns {
  readonly start: Int32Array;
  /** By place: its row in `spells`, and its last close. */
  readonly spell: Int32Array;
  readonly mark: Float64Array;
  /** Positions for as long as nothing of them but their mark changes. */
  readonly spells: ColumnsOf<typeof spellTypes>;
}

/** Entries that wait after each close, by place as above. */
export interface EntryColumns extends ColumnsOf<typeof entryTypes> {
  readonly start: Int32Array;
}

/** Writes down what stands after each close, close by close. */
export class StandingLog {
  readonly #market: Market;
  readonly #steps: StepTimes;
  readonly #spells = new GrowingColumns(spellTypes);
  readonly #places = new GrowingColumns({ spell: Int32Array, mark: Float64Array });
  readonly #entries = new GrowingColumns(entryTypes);
  readonly #positionStart: Int32Array;
  readonly #entryStart: Int32Array;
  #positionCount = 0;
  #entryCount = 0;
  /** By symbol, the spell that its position was in last, −1 for none, and its newest bar as far as it was looked for. */
  readonly #latest: Int32Array;
  readonly #newest: Int32Array;

  constructor(market: Market, steps: StepTimes) {
    this.#market = market;
    this.#steps = steps;
    this.#positionStart = new Int32Array(steps.day.length + 1);
    this.#entryStart = new Int32Array(steps.day.length + 1);
    this.#latest = new Int32Array(market.symbols.length).fill(-1);
    this.#newest = market.firstRow.slice(0, -1);
  }

  add(step: Step, { entries, positions }: Standing): void {
    for (const position of positions) {
      const place = this.#places.reserve();
      this.#places.columns.spell[place] = this.#spellOf(position, step);
      this.#places.columns.mark[place] = position.mark;
    }
    for (const { symbol, side, signalRow, limit, stop } of entries) {
      const place = this.#entries.reserve();
      const columns = this.#entries.columns;
      const splits = splitsAt(this.#market, signalRow);
      columns.symbol[place] = symbol;
      columns.side[place] = side;
      columns.signalRow[place] = signalRow;
      columns.limit[place] = limit / splits;
      columns.stop[place] = stop / splits;
    }
    this.#positionStart[step + 1] = this.#positionCount += positions.length;
    this.#entryStart[step + 1] = this.#entryCount += entries.length;
  }

  positions(): PositionColumns {
    const { spell, mark } = this.#places.table();
    return { start: this.#positionStart, spell, mark, spells: this.#spells.table() };
  }

  entries(): EntryColumns {
    return { start: this.#entryStart, ...this.#entries.table() };
  }

  /** The symbol's spell, a new one where something has changed. */
  #spellOf(position: StandingPosition, step: Step): number {
    const { symbol, side, quantity, entryPrice, stop, target, signalRow } = position;
    const stopReason = exitReasons.indexOf(position.stopReason);
    const ordered = position.ordered === null ? -1 : exitReasons.indexOf(position.ordered);
    const row = this.#rowOf(symbol, step);
    const perContract = unitsPerContract(this.#market, symbol, row);
    const splits = splitsAt(this.#market, row);
    const latest = this.#latest[symbol]!;
    const before = this.#spells.columns;
    if (
      latest >= 0 &&
      before.signalRow[latest] === signalRow &&
      before.side[latest] === side &&
      before.quantity[latest] === quantity &&
      before.entryPrice[latest] === entryPrice &&
      before.stop[latest] === stop &&
      before.target[latest] === target &&
      before.stopReason[latest] === stopReason &&
      before.ordered[latest] === ordered &&
      before.perContract[latest] === perContract &&
      before.splits[latest] === splits
    )
      return latest;
    const spell = (this.#latest[symbol] = this.#spells.reserve());
    const columns = this.#spells.columns;
    columns.symbol[spell] = symbol;
    columns.side[spell] = side;
    columns.quantity[spell] = quantity;
    columns.entryPrice[spell] = entryPrice;
    columns.stop[spell] = stop;
    columns.target[spell] = target;
    columns.stopReason[spell] = stopReason;
    columns.ordered[spell] = ordered;
    columns.signalRow[spell] = signalRow;
    columns.perContract[spell] = perContract;
    columns.splits[spell] = splits;
    return spell;
  }

  /** The symbol's newest bar at a step; where nothing depends on it, its first. */
  #rowOf(symbol: number, step: Step): Row {
    const { contracts, firstRow } = this.#market;
    if (contracts === undefined) return firstRow[symbol]!;
    const numbers = stepsByRow(this.#market);
    const end = firstRow[symbol + 1]!;
    let row = this.#newest[symbol]!;
    while (row + 1 < end && numbers[row + 1]! <= this.#steps.number[step]!) row++;
    return (this.#newest[symbol] = row);
  }
}
