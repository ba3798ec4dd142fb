import { lastUpTo } from '../rising.ts';
import { rowsOf, stepsByRow } from '../market.ts';
import type { Day, Row, Step } from '../units.ts';
import type { Account } from './account.ts';
import type { Booked, BookedFill } from './booked.ts';
import { tickAt } from './contracts.ts';
import { CostModel } from './costs.ts';
import type { Dealer, Phase } from './dealer.ts';
import { levelsOf, seeBar } from './exits.ts';
import type { Position } from './position.ts';
import type { Setting } from './setting.ts';

/** Costs that a market took, in place of those of a model, while it is told them. */
export class ToldCosts extends CostModel {
  told: BookedFill | null = null;

  static override of({ market, signals, settings, volumeFrom }: Setting): ToldCosts {
    const { costs, risk } = settings;
    return new ToldCosts(costs, market, signals, volumeFrom, risk.leverage);
  }

  override charge(quantity: number): number {
    const { told } = this;
    if (told === null) return super.charge(quantity);
    this.price = told.price;
    this.commission = told.commission;
    this.spread = told.spread;
    this.slippage = told.slippage;
    this.impact = told.impact;
    this.total = told.commission + told.spread + told.slippage + told.impact;
    return this.total;
  }
}

/** Books fills of a market into an account, as the simulator books its own. */
export class Booking {
  readonly #setting: Setting;
  readonly #account: Account;
  readonly #costs: ToldCosts;
  readonly #dealer: Dealer;
  readonly #booked: Booked;

  constructor(
    setting: Setting,
    account: Account,
    costs: ToldCosts,
    dealer: Dealer,
    booked: Booked,
  ) {
    this.#setting = setting;
    this.#account = account;
    this.#costs = costs;
    this.#dealer = dealer;
    this.#booked = booked;
  }

  /** Whether the fills of a step are the market's. */
  has(step: Step): boolean {
    return step <= this.#booked.through;
  }

  /** Books the fills of one phase of a step; of entries alone, or of exits alone, where `what` says so. */
  book(step: Step, day: Day, phase: Phase, what?: BookedFill['what']): void {
    for (const fill of this.#booked.at(step)) {
      if (fill.phase !== phase || (what !== undefined && fill.what !== what)) continue;
      if (fill.what === 'exit') this.#leave(fill, step, day);
      else this.#enter(fill, step, day);
    }
    this.#account.release();
  }

  /** The orders that this step's bars were to fill are over: those that the market filled, and those that it did not. */
  settle(step: Step): void {
    const answered = this.#booked
      .at(step)
      .filter(({ what, reason }) => what === 'entry' || reason === 'rebalance');
    const carried = answered.filter(({ waits }) => waits);
    const symbols = (fills: readonly BookedFill[]) => new Set(fills.map(({ symbol }) => symbol));
    this.#dealer.passBy(step, symbols(answered), symbols(carried));
  }

  #leave(fill: BookedFill, step: Step, day: Day): void {
    const position = this.#positionOf(fill.symbol);
    if (position === undefined) return;
    const { market } = this.#setting;
    const row = position.row;
    const isOrdered = fill.reason !== 'rebalance';
    if (fill.phase === 'close' && isOrdered && position.today >= 0) seeBar(position, market, row);
    const quantity = Math.min(fill.quantity, position.quantity);
    const isRest = quantity < position.quantity && isOrdered;
    if (isRest) {
      position.ordered = fill.reason;
      position.urgent = true;
      position.cappedIn = step;
    }
    if (quantity === 0) return;
    this.#tell(fill, row, day);
    const ended = this.#account.reduce(position, quantity, fill, row, step);
    this.#costs.told = null;
    if (ended) this.#dealer.ended?.(fill.symbol, row, position.net < 0, fill.phase === 'close');
  }

  #enter(fill: BookedFill, step: Step, day: Day): void {
    const account = this.#account;
    account.release();
    const { symbol, side, signalRow, asked, quantity, phase, wanted } = fill;
    if (quantity === 0) return;
    const row = this.#rowIn(symbol, step);
    const position = this.#positionOf(symbol);
    this.#tell(fill, row, day);
    if (position !== undefined) {
      account.add(position, quantity, row, step);
      position.wanted = Math.max(0, position.wanted - quantity);
    } else {
      const { market, signals, settings } = this.#setting;
      const begun = account.take();
      begun.begin({
        symbol,
        side,
        signalRow,
        entryRow: row,
        entryStep: step,
        row,
        price: asked,
        levels: levelsOf(settings.exits, asked, market.close[signalRow]!, signals.atr[signalRow]!),
        tick: tickAt(market, symbol, row),
        score: signals.score[signalRow]!,
        late: phase === 'open' ? null : phase,
        stopped: fill.stopped,
      });
      account.enter(begun, quantity);
      begun.wanted = wanted;
    }
    this.#costs.told = null;
  }

  /** Costs as the market took them; the quote beneath is for the month's tiers. */
  #tell(fill: BookedFill, row: Row, day: Day): void {
    const direction = fill.what === 'entry' ? fill.side : fill.side > 0 ? -1 : 1;
    this.#costs.quote(fill.symbol, row, row - 1, day, fill.asked, direction, 'market', fill.what);
    this.#costs.told = fill;
  }

  #positionOf(symbol: number): Position | undefined {
    return this.#account.open.find((one) => one.symbol === symbol && one.quantity > 0);
  }

  /** The symbol's bar of a step, or its newest one before. */
  #rowIn(symbol: number, step: Step): Row {
    const { market, steps } = this.#setting;
    const [first, end] = rowsOf(market, symbol);
    return first + lastUpTo(stepsByRow(market).subarray(first, end), steps.number[step]!);
  }
}
