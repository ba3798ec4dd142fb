import type { Day, Price, Row, Rows, Step } from '../../units.ts';
import type { Account, Exit } from '../account.ts';
import type { CostModel } from '../costs.ts';
import { needsAtr } from '../entries.ts';
import { downToLot, lotAt, tickAt, upToLot } from '../contracts.ts';
import { levelsOf } from '../exits.ts';
import type { Position } from '../position.ts';
import { capped, type Setting } from '../setting.ts';
import { largestFitting } from '../sizing.ts';
import type { TargetOrders } from './target-orders.ts';

/** Share of equity below which a change is what roundings left over. */
const DUST = 1e-12;

/** Rounds in which a quantity is found for an amount, and a part of all buys for the buying power. */
const MOST_ROUNDS = 64;
const MOST_CUTS = 32;
/** Left of the buying power, so that no rounding makes the last of several purchases too dear. */
const ROUNDING = 1e-12;

/** What a rebalance changes in one symbol at this fill. */
interface Change {
  readonly symbol: number;
  readonly row: Row;
  readonly price: Price;
  /** +1 buys, −1 sells. */
  readonly direction: 1 | -1;
  /** Value less costs that a position is to give up; Infinity for all of it. */
  readonly leaves: number;
  /** Value and costs that are to be added, to the position or to one on the other side. */
  readonly opens: number;
}

/**
 * Trades positions to targets, sells before buys. A target is a share of equity at the fill's prices, before any of
 * the fills. What changes a position pays its own costs out of it: value and costs together are what the target
 * gives, so that cash keeps exactly its own share. Where buying power does not reach for all that is to be bought, all
 * get the same part of it.
 */
export class Resizing {
  /** Value that orders wanted and volume did not give. */
  unfilledValue = 0;
  readonly #setting: Setting;
  readonly #minimumTrade: number;
  readonly #account: Account;
  readonly #costs: CostModel;
  readonly #orders: TargetOrders;
  /** Closing equity by session, as far as the run has come. */
  readonly #equity: Float64Array;
  readonly #atSignal: boolean;
  readonly #needsAtr: boolean;
  /** Equity at the fill's prices. */
  #worth = 0;
  /** By symbol, while a rebalance trades. */
  readonly #positions: (Position | null)[];

  constructor(
    setting: Setting,
    minimumTrade: number,
    account: Account,
    costs: CostModel,
    orders: TargetOrders,
    equity: Float64Array,
  ) {
    this.#setting = setting;
    this.#minimumTrade = minimumTrade;
    this.#account = account;
    this.#costs = costs;
    this.#orders = orders;
    this.#equity = equity;
    this.#atSignal = setting.settings.size.price === 'signal-close';
    this.#needsAtr = needsAtr(setting.settings, false);
    this.#positions = new Array<Position | null>(setting.market.symbols.length).fill(null);
  }

  /** Trades these symbols, whose bars are in `today`, to their targets, shares of equity. */
  trade(
    symbols: readonly number[],
    targets: Float64Array,
    today: Rows,
    phase: 'open' | 'close',
    step: Step,
    day: Day,
  ): void {
    const account = this.#account;
    account.value(phase === 'open' ? 'open' : 'mark');
    this.#worth = account.worth;
    for (const position of account.open) this.#positions[position.symbol] = position;
    const buys: Change[] = [];
    for (const symbol of symbols) {
      const change = this.#changeOf(symbol, today[symbol]!, phase, targets[symbol]!);
      if (change === null) {
        this.#orders.count(symbol, 'tooSmall');
        continue;
      }
      const { leaves, opens } = change;
      if (leaves > 0) {
        this.#quote(change, phase, day, 'exit');
        if (!this.#reduce(this.#positions[symbol]!, change, step)) continue;
        if (opens === 0) this.#orders.count(symbol, 'filled');
      }
      if (opens > 0) buys.push(change);
    }
    this.#positions.fill(null);
    account.release();
    if (buys.length > 0) this.#buy(buys, phase, step, day);
  }

  /** Quotes a change; in a fill at an open its own bar is not over. */
  #quote(
    { symbol, row, price, direction }: Change,
    phase: 'open' | 'close',
    day: Day,
    end: 'entry' | 'exit',
  ): void {
    const known = phase === 'open' ? row - 1 : row;
    this.#costs.quote(symbol, row, known, day, price, direction, 'market', end);
  }

  /** What a target asks for at this fill; null where that is too small or the position is leaving already. */
  #changeOf(symbol: number, row: Row, phase: 'open' | 'close', target: number): Change | null {
    const { market } = this.#setting;
    const price = (phase === 'open' ? market.open : market.close)[row]!;
    const position = this.#positions[symbol] ?? null;
    const value = position === null ? 0 : position.side * position.quantity * price;
    const wanted = this.#worth > 0 ? target * this.#budget(symbol, price) : 0;
    const direction = wanted > value ? 1 : -1;
    const change = { symbol, row, price, direction } as const;
    if (position !== null && position.ordered !== null) return null;
    // To nothing, or to the other side: all of it leaves first, whatever that costs.
    if (position !== null && wanted * value <= 0)
      return { ...change, leaves: Infinity, opens: Math.abs(wanted) };
    const amount = Math.abs(wanted - value);
    if (amount < Math.max(DUST, this.#minimumTrade) * this.#worth || amount === 0) return null;
    return Math.abs(wanted) < Math.abs(value)
      ? { ...change, leaves: amount, opens: 0 }
      : { ...change, leaves: 0, opens: amount };
  }

  /**
   * Equity that a weight is a share of, at this fill's price: that of the fill or, where sizes are taken at the signal,
   * as many units as the signal's equity bought at its close.
   */
  #budget(symbol: number, price: Price): number {
    if (!this.#atSignal) return this.#worth;
    const close = this.#setting.market.close[this.#orders.signalRow(symbol)]!;
    return (this.#equity[this.#orders.since(symbol)]! * price) / close;
  }

  /** Sells of a position, or buys back; true when all that the change asks for was done. */
  #reduce(position: Position, { symbol, row, direction, leaves }: Change, step: Step): boolean {
    const asked =
      leaves === Infinity
        ? position.quantity
        : Math.min(
            position.quantity,
            this.#quantityOf({ symbol, row, direction }, leaves, upToLot),
          );
    if (!(asked > 0)) {
      this.#orders.count(symbol, 'tooSmall');
      return false;
    }
    const quantity = capped(asked, symbol, row, this.#setting);
    if (quantity > 0) this.#account.reduce(position, quantity, rebalanced, row, step);
    if (quantity === asked) return true;
    this.#orders.count(symbol, quantity > 0 ? 'filled' : 'noVolume', quantity > 0);
    const carries = leaves === Infinity || this.#setting.settings.execution.unfilled === 'carry';
    if (carries) this.#carry(symbol, row, step);
    return false;
  }

  /** Buys, and sells short, what the targets want more of; all in the same proportion where power is short. */
  #buy(buys: readonly Change[], phase: 'open' | 'close', step: Step, day: Day): void {
    const { market, settings } = this.#setting;
    const account = this.#account;
    account.value(phase === 'open' ? 'open' : 'mark');
    let power = account.buyingPower();
    const quote = (buy: Change): void => {
      this.#quote(buy, phase, day, 'entry');
    };
    const needed = (part: number): number => {
      let sum = 0;
      for (const buy of buys) {
        quote(buy);
        const quantity = this.#quantityOf(buy, buy.opens * part);
        this.#costs.charge(quantity);
        sum += this.#costs.binds(quantity);
      }
      return sum;
    };
    let part = 1;
    for (let round = 0; round < MOST_CUTS; round++) {
      const sum = needed(part);
      if (sum <= power) break;
      part *= (power / sum) * (1 - ROUNDING);
    }
    for (const position of account.open) this.#positions[position.symbol] = position;
    for (const buy of buys) {
      quote(buy);
      const wanted = this.#quantityOf(buy, buy.opens * part);
      const lot = lotAt(market, settings.size, buy.symbol, buy.row);
      const quantity = largestFitting(lot, wanted, power, this.#costs);
      if (!(quantity * buy.price > DUST * this.#worth))
        this.#orders.count(buy.symbol, part < 1 ? 'noPower' : 'tooSmall');
      else power -= this.#add(buy, quantity, phase, step);
    }
    this.#positions.fill(null);
  }

  /** Adds to a symbol's position or begins one; the buying power that it took. */
  #add(buy: Change, asked: number, phase: 'open' | 'close', step: Step): number {
    const { settings } = this.#setting;
    const { symbol, row, price } = buy;
    const quantity = capped(asked, symbol, row, this.#setting);
    if (quantity < asked) {
      this.unfilledValue += (asked - quantity) * price;
    }
    const carries = quantity < asked && settings.execution.unfilled === 'carry';
    if (!(quantity > 0)) {
      if (carries) this.#carry(symbol, row, step);
      this.#orders.count(symbol, 'noVolume');
      return 0;
    }
    const position = this.#positions[symbol] ?? null;
    if (position === null) {
      if (!this.#begin(buy, quantity, phase, step)) {
        if (carries) this.#carry(symbol, row, step);
        return 0;
      }
    } else if (position.side * price <= position.side * position.level) {
      // Beyond its stop it leaves in this bar; nothing is added to it.
      if (carries) this.#carry(symbol, row, step);
      this.#orders.count(symbol, 'noSlot');
      return 0;
    } else this.#account.add(position, quantity, row, step);
    if (carries) this.#carry(symbol, row, step);
    this.#orders.count(symbol, 'filled', quantity < asked);
    return this.#costs.binds(quantity);
  }

  #carry(symbol: number, row: Row, step: Step): void {
    this.#orders.carry(symbol, row);
    this.#account.carried(symbol, step, 0);
  }

  #begin(buy: Change, quantity: number, phase: 'open' | 'close', step: Step): boolean {
    const { market, signals, settings } = this.#setting;
    const { symbol, row, price, direction } = buy;
    const { exits } = settings;
    const signalRow = this.#orders.signalRow(symbol);
    if (this.#needsAtr && !(signals.atr[signalRow]! > 0)) {
      this.#orders.count(symbol, 'noAtr');
      return false;
    }
    const position = this.#account.take();
    position.begin({
      symbol,
      side: direction,
      signalRow,
      entryRow: row,
      entryStep: step,
      row,
      price,
      levels: levelsOf(exits, price, market.close[signalRow]!, signals.atr[signalRow]!),
      tick: tickAt(market, symbol, row),
      score: signals.score[signalRow]!,
      late: phase === 'open' ? null : phase,
      stopped: false,
    });
    this.#account.enter(position, quantity);
    return true;
  }

  /**
   * The quantity whose value and costs change cash by `amount` at the last quote: a buyer pays costs on top, a seller
   * gets less; 0 where that would cost more than it moves. Costs are small beside other values, so that a few rounds
   * find it. Whole units hold no more than asked:
   * what is bought is rounded down, what is given up is rounded up.
   */
  #quantityOf(
    { symbol, row, direction }: Pick<Change, 'symbol' | 'row' | 'direction'>,
    amount: number,
    toLot = downToLot,
  ): number {
    const { market, settings } = this.#setting;
    const costs = this.#costs;
    costs.charge(0);
    let quantity = amount / costs.price;
    // What the signal sized pays its costs from cash.
    for (let round = 0; round < MOST_ROUNDS && !this.#atSignal; round++) {
      const extra = costs.charge(quantity);
      const next = Math.max(0, (amount - direction * extra) / costs.price);
      if (next === quantity) break;
      quantity = next;
    }
    if (costs.charge(quantity) > quantity * costs.price) return 0;
    return toLot(quantity, lotAt(market, settings.size, symbol, row));
  }
}

const rebalanced: Omit<Exit, 'price'> = { reason: 'rebalance', ambiguous: false };
