import { type Detail, type Market, type Signals, rowsOf } from '../market.ts';
import type { Inside } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import { tickAt } from './contracts.ts';
import {
  type BarExit,
  exitAfterPricedEntry,
  exitInsideBar,
  followsBest,
  moveStopInside,
  takeIn,
} from './exits.ts';
import type { Position } from './position.ts';
import type { Price, Row } from '../units.ts';

/**
 * How bars end positions: by their own four prices, or, where the market has finer bars inside them, by walking through
 * these. Stops that follow the best price then move at each finer bar's close, by the ATR of the bar before; what happens
 * inside a finer bar is as unknown as it was inside the coarse one.
 */
export class InsideBar {
  readonly #market: Market;
  readonly #signals: Signals;
  readonly #settings: Settings;
  readonly #detail: Detail | null;
  readonly #follows: boolean;
  readonly #counts = { ambiguous: 0, resolved: 0 };

  constructor(market: Market, signals: Signals, settings: Settings) {
    this.#market = market;
    this.#signals = signals;
    this.#settings = settings;
    this.#detail = detailFor(market, settings);
    this.#follows = followsBest(settings.exits);
  }

  /** What became of bars whose own prices leave an exit open; undefined where there are no finer ones. */
  get counts(): Inside | undefined {
    return this.#detail === null ? undefined : this.#counts;
  }

  /** How the bar ends a position that is open in it, from its open or its entry on; null where it does not. */
  exit(position: Position, row: Row): BarExit | null {
    const detail = this.#detail;
    const before = position.ambiguous;
    const coarse = this.#exitIn(position, this.#market, row);
    if (detail === null) return coarse;
    const [from, to] = [detail.first[row]!, detail.end[row]!];
    if (from === to) return coarse;
    const isKnown = coarse === null ? position.ambiguous === before : !coarse.ambiguous;
    // At its open a bar is no longer than a price; and where it reaches nothing, its parts do neither.
    if (coarse !== null && isKnown && coarse.price === this.#market.open[row]) return coarse;
    if (coarse === null && isKnown && !this.#follows && position.late !== 'inside') return null;
    const ambiguous = Number(!isKnown);
    this.#counts.ambiguous += ambiguous;
    const entered = position.late === 'inside' ? enteredIn(detail, from, to, position.asked) : from;
    if (entered < 0) return coarse;
    position.ambiguous = before;
    const exit = this.#walk(position, detail, entered, to, row);
    position.seen = row;
    if (exit === null ? position.ambiguous === before : !exit.ambiguous)
      this.#counts.resolved += ambiguous;
    return exit;
  }

  /** By the four prices of one bar, coarse or fine. */
  #exitIn(
    position: Position,
    { open, high, low, close }: Detail | Market,
    row: Row,
  ): BarExit | null {
    const { bothTouched } = this.#settings.execution;
    return position.late === 'inside'
      ? exitAfterPricedEntry(position, high[row]!, low[row]!, close[row]!, bothTouched)
      : exitInsideBar(position, open[row]!, high[row]!, low[row]!, bothTouched);
  }

  #walk(position: Position, detail: Detail, entered: Row, to: Row, row: Row): BarExit | null {
    const { exits } = this.#settings;
    const tick = tickAt(this.#market, position.symbol, row);
    const atr = this.#atrBefore(position.symbol, row);
    // At the finer bar's open it is there for all of it.
    if (position.asked === detail.open[entered]) position.late = null;
    for (let fine = entered; fine < to; fine++) {
      const exit = this.#exitIn(position, detail, fine);
      if (exit !== null) return exit;
      takeIn(position, detail, fine);
      position.late = null;
      if (this.#follows) moveStopInside(position, exits, tick, atr);
    }
    return null;
  }

  #atrBefore(symbol: number, row: Row): Price {
    return row > rowsOf(this.#market, symbol)[0] ? this.#signals.atr[row - 1]! : Number.NaN;
  }
}

/** The finer bars that a study walks through; null where there are none, and where it wants none. */
export const detailFor = ({ detail }: Market, { bars }: Pick<Settings, 'bars'>): Detail | null =>
  detail === undefined || bars?.finer === false ? null : detail;

/** The finer bar in which an order filled at a price on its way: the first that has it; −1 where none does. */
function enteredIn({ high, low }: Detail, from: Row, to: Row, price: Price): Row {
  for (let fine = from; fine < to; fine++)
    if (low[fine]! <= price && price <= high[fine]!) return fine;
  return -1;
}
