import { stepsByRow } from '../market.ts';
import type { OrderCounts, TooDear } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import type { Account } from './account.ts';
import type { SignalsByStep } from './common.ts';
import type { CostModel } from './costs.ts';
import type { Dealer, Phase, StandingEntry } from './dealer.ts';
import { lotAt, tickAt, unitsPerContract } from './contracts.ts';
import { levelsOf } from './exits.ts';
import { barsPerYearAt, volatilityAt } from './history.ts';
import { roomFor } from './limits.ts';
import { type Chance, Orders } from './orders.ts';
import { Ranking } from './ranking.ts';
import { capped, type Setting } from './setting.ts';
import { largestFitting, NO_POWER, quantityFor, type SizeRequest } from './sizing.ts';
import type { Day, Prices, Row, Rows, Step } from '../units.ts';

/** From signals to positions: orders placed, ranked, sized and filled for one account. */
export class Entries implements Dealer {
  readonly #orders: Orders;
  /** Value that entries wanted and volume did not give. */
  unfilledValue = 0;
  readonly tooDear = new Map<number, TooDear>();
  pausedThrough = -1;
  readonly #setting: Setting;
  readonly #account: Account;
  readonly #costs: CostModel;
  /** Closing equity by step, as far as the run has come. */
  readonly #equity: Float64Array;
  readonly #needsAtr: boolean;
  readonly #signals: SignalsByStep;
  /** Orders that can fill in this bar, by where in it. */
  readonly #atOpen: Ranking;
  readonly #inside: Ranking;
  readonly #atClose: Ranking;
  /** By symbol, for the order that is about to fill. */
  readonly #price: Prices;
  readonly #limit: Uint8Array;
  readonly #stopped: Uint8Array;
  readonly #row: Rows;
  /** Yearly volatility at the signal, where size needs it. */
  readonly #volatility: Float64Array;
  /** The symbol's last row that takes no entry, after a trade that ended. */
  readonly #coolUntil: Rows;
  readonly #request: SizeRequest = {
    price: 0,
    sizedAt: 0,
    equity: 0,
    factor: 0,
    stopDistance: 0,
    volatility: 0,
    power: 0,
    room: Infinity,
    lot: 0,
    perContract: 1,
  };

  constructor(setting: Setting, account: Account, costs: CostModel, equity: Float64Array) {
    const symbols = setting.market.symbols.length;
    this.#orders = new Orders(setting);
    this.#setting = setting;
    this.#account = account;
    this.#costs = costs;
    this.#equity = equity;
    this.#needsAtr = needsAtr(setting.settings, setting.settings.size.rule === 'atr-risk');
    this.#signals = setting.common.signalsByStep(setting.signals.side);
    this.#atOpen = new Ranking(symbols);
    this.#inside = new Ranking(symbols);
    this.#atClose = new Ranking(symbols);
    this.#price = new Float64Array(symbols);
    this.#limit = new Uint8Array(symbols);
    this.#stopped = new Uint8Array(symbols);
    this.#row = new Int32Array(symbols);
    this.#volatility = new Float64Array(symbols).fill(Number.NaN);
    this.#coolUntil = new Int32Array(symbols).fill(-1);
  }

  get held(): number {
    return this.#orders.held;
  }

  get counts(): OrderCounts {
    return this.#orders.counts;
  }

  get waiting(): number {
    return this.#orders.waiting;
  }

  cancelAll(step: Step, cause: 'paused' | 'pending'): void {
    this.#orders.cancelAll(step, cause);
  }

  passBy(step: Step, filled: ReadonlySet<number>, carried: ReadonlySet<number>): void {
    const { market, steps } = this.#setting;
    this.#orders.passBy(market, step, steps.number[step]!, filled, carried);
  }

  standing(): readonly StandingEntry[] {
    return this.#orders.standing(this.#setting.signals);
  }

  ended(symbol: number, row: Row, lost: boolean, atClose: boolean): void {
    const { execution, risk } = this.#setting.settings;
    const bars = lost ? risk.cooldown : 0;
    const once = execution.reentry === 'next-bar' && !atClose;
    if (bars > 0 || once) this.#coolUntil[symbol] = row + bars;
  }

  #rankedFor(phase: Phase): Ranking {
    return phase === 'open' ? this.#atOpen : phase === 'inside' ? this.#inside : this.#atClose;
  }

  /** Ranks the orders that this step's bars can fill. */
  meet(step: Step): void {
    if (this.#orders.waiting === 0) return;
    const { market, steps } = this.#setting;
    this.#orders.meet(market, step, steps.number[step]!, this.#rank);
  }

  /** An order has met its bar. */
  readonly #rank = (symbol: number, row: Row, step: Step, chance: Chance): void => {
    const { signals, settings, hours } = this.#setting;
    const { counts, signalRow } = this.#orders;
    if (this.#isPaused(step)) {
      counts.paused++;
      return;
    }
    if (hours?.admits(symbol, row, signalRow[symbol]!) === false) {
      counts.outsideHours = (counts.outsideHours ?? 0) + 1;
      return;
    }
    this.#price[symbol] = chance.price;
    this.#limit[symbol] = chance.limit ? 1 : 0;
    this.#stopped[symbol] = chance.stopped ? 1 : 0;
    this.#row[symbol] = row;
    const score = signals.score[signalRow[symbol]!]!;
    const { fill, order } = settings.execution;
    const atClose = fill === 'next-close' && order === 'market';
    const ranking = atClose ? this.#atClose : chance.inside ? this.#inside : this.#atOpen;
    ranking.add(symbol, score);
  };

  /** Ranked orders fill best score first, while there are slots and buying power. */
  fill(phase: Phase, step: Step, day: Day): void {
    const ranking = this.#rankedFor(phase);
    if (ranking.size === 0) return;
    const { counts } = this.#orders;
    const { settings, opening } = this.#setting;
    const later: number[] = [];
    while (ranking.size > 0) {
      const isFull = this.#account.open.length >= settings.risk.maximumPositions;
      if (isFull && opening === null) {
        counts.noSlot += ranking.size;
        ranking.clear();
        return;
      }
      const symbol = ranking.take();
      if (opening !== null && !this.#isOf(step, symbol)) later.push(symbol);
      else if (isFull) counts.noSlot++;
      else if (this.#account.held[symbol] !== 0) {
        // The exit that a reversal waits for found no volume.
        counts.noSlot++;
      } else this.#enter(symbol, phase, step, day);
    }
    for (const symbol of later)
      ranking.add(symbol, this.#setting.signals.score[this.#orders.signalRow[symbol]!]!);
  }

  /** Whether the bar in which a symbol's order is to fill is one of this step: bars of others may be under way. */
  #isOf(step: Step, symbol: number): boolean {
    const { market, steps } = this.#setting;
    return stepsByRow(market)[this.#row[symbol]!] === steps.number[step];
  }

  #isPaused(step: Step): boolean {
    return this.#setting.session[step]! <= this.pausedThrough;
  }

  /** What entries could not get from their bar's volume is tried again at the next opens. */
  carryOn(step: Step, day: Day): void {
    const { market, settings, session } = this.#setting;
    const { unfilled, expireAfter, fill } = settings.execution;
    if (unfilled === 'cancel') return;
    for (const position of this.#account.open) {
      const { wanted, symbol, side, today, entryStep } = position;
      if (wanted === 0 || today < 0 || entryStep === step) continue;
      // At the prior close it came in with this very bar.
      if (fill === 'prior-close' && position.bars === 0) continue;
      if (position.ordered !== null || session[step]! - session[entryStep]! > expireAfter) {
        position.wanted = 0;
        continue;
      }
      const price = market.open[today]!;
      // Beyond its stop it leaves at this open; nothing is added to it.
      if (side * price <= side * position.level) continue;
      this.#account.value('open');
      this.#costs.quote(symbol, today, today - 1, day, price, side, 'market', 'entry');
      const power = this.#account.buyingPower();
      const room = roomFor(symbol, side, this.#account, settings.risk, market) / price;
      const lot = lotAt(market, settings.size, symbol, today);
      const allowed = largestFitting(lot, Math.min(wanted, room), power, this.#costs);
      const units = capped(allowed, symbol, today, this.#setting);
      if (!(units > 0)) continue;
      this.#account.add(position, units, today, step);
      position.wanted = wanted - units;
      this.unfilledValue -= units * position.asked;
    }
  }

  /** Signals of a close become orders for their symbol's next bar, or are ranked for the same close. */
  order(step: Step): void {
    const { start, rows, symbol } = this.#signals;
    const end = start[step + 1]!;
    for (let i = start[step]!; i < end; i++) this.#order(symbol[i]!, rows[i]!, step);
  }

  #order(symbol: number, row: Row, step: Step): void {
    const { market, signals, settings } = this.#setting;
    const { counts } = this.#orders;
    const { fill, order } = settings.execution;
    const held = this.#account.held[symbol]!;
    counts.signals++;
    const reverses = settings.exits.oppositeSignal === 'reverse' && signals.side[row] === -held;
    if (held !== 0 && !reverses) {
      this.#orders.held++;
      return;
    }
    const atOwnClose = fill === 'same-close' && order === 'market';
    if ((atOwnClose ? row : row + 1) <= this.#coolUntil[symbol]!) {
      counts.cooldown++;
      return;
    }
    // Without an ATR there is no stop distance; a position without its stop isn't the one the study describes.
    if ((this.#needsAtr && !(signals.atr[row]! > 0)) || !this.#knowsVolatility(symbol, row)) {
      counts.noAtr++;
      return;
    }
    if (!atOwnClose) {
      this.#orders.place(symbol, row, step, market, signals);
      return;
    }
    if (this.#isPaused(step)) {
      counts.paused++;
      return;
    }
    if (this.#setting.hours?.admits(symbol, row, row) === false) {
      counts.outsideHours = (counts.outsideHours ?? 0) + 1;
      return;
    }
    this.#orders.signalRow[symbol] = row;
    this.#orders.signalStep[symbol] = step;
    this.#price[symbol] = market.close[row]!;
    this.#limit[symbol] = this.#stopped[symbol] = 0;
    this.#row[symbol] = row;
    this.#atClose.add(symbol, signals.score[row]!);
  }

  /** Where parts of a unit would have been bought, the whole one was too dear. */
  #noteTooDear(symbol: number, row: Row): void {
    const { lot, price } = this.#request;
    if (lot === 0 || this.tooDear.has(symbol)) return;
    const request = { ...this.#request, lot: 0 };
    const parts = quantityFor(this.#setting.settings.size, request, this.#costs);
    if (parts > 0 && parts < lot)
      this.tooDear.set(symbol, { symbol, row, unit: lot * price, share: parts / lot });
  }

  #knowsVolatility(symbol: number, row: Row): boolean {
    const { market, settings } = this.#setting;
    const { rule, volatilityBars } = settings.size;
    if (rule !== 'volatility') return true;
    if (row - market.firstRow[symbol]! < volatilityBars) return false;
    const perBar = volatilityAt(market, symbol, row, volatilityBars);
    this.#volatility[symbol] = perBar * Math.sqrt(barsPerYearAt(market, symbol, row));
    return perBar > 0;
  }

  #enter(symbol: number, phase: Phase, step: Step, day: Day): void {
    const { market, signals, settings } = this.#setting;
    const { exits, execution } = settings;
    const { counts } = this.#orders;
    const signalRow = this.#orders.signalRow[symbol]!;
    const signalStep = this.#orders.signalStep[symbol]!;
    const row = this.#row[symbol]!;
    const atPrior = execution.fill === 'prior-close' && execution.order === 'market';
    const fillRow = atPrior ? row - 1 : row;
    const price = this.#price[symbol]!;
    const side = signals.side[signalRow]! > 0 ? 1 : -1;
    const signalClose = market.close[signalRow]!;
    const levels = levelsOf(exits, price, signalClose, signals.atr[signalRow]!);

    const known = phase === 'close' ? row : row - 1;
    const kind = this.#limit[symbol] === 1 ? 'limit' : 'market';
    this.#costs.quote(symbol, fillRow, known, day, price, side, kind, 'entry');
    this.#account.value(phase === 'close' || atPrior ? 'mark' : 'open');
    const request = this.#request;
    request.price = price;
    request.sizedAt = settings.size.price === 'signal-close' ? signalClose : price;
    request.equity = this.#equity[signalStep]!;
    request.factor = signals.sizeFactor[signalRow]!;
    request.stopDistance = (exits.stop ?? 1) * levels.unit;
    request.volatility = this.#volatility[symbol]!;
    request.power = this.#account.buyingPower();
    request.room = roomFor(symbol, side, this.#account, settings.risk, market);
    request.lot = lotAt(market, settings.size, symbol, fillRow);
    request.perContract = unitsPerContract(market, symbol, fillRow);
    const wanted = quantityFor(settings.size, request, this.#costs);
    if (!(wanted > 0)) {
      if (wanted === NO_POWER) counts.noPower++;
      else counts.tooSmall++;
      this.#noteTooDear(symbol, fillRow);
      return;
    }
    const quantity = capped(wanted, symbol, row, this.#setting);
    const carries = execution.unfilled === 'carry' && execution.order === 'market';
    if (!(quantity > 0) && carries) {
      this.#orders.carry(symbol, row);
      this.#account.carried(symbol, step, 0);
      return;
    }
    if (quantity < wanted) this.unfilledValue += (wanted - quantity) * price;
    if (!(quantity > 0)) {
      counts.noVolume++;
      return;
    }
    const position = this.#account.take();
    position.begin({
      symbol,
      side,
      signalRow,
      entryRow: atPrior ? signalRow : row,
      entryStep: atPrior ? signalStep : step,
      row,
      price,
      levels,
      tick: tickAt(market, symbol, fillRow),
      score: signals.score[signalRow]!,
      late: phase === 'open' ? null : phase,
      stopped: this.#stopped[symbol] === 1,
    });
    this.#account.enter(position, quantity);
    counts.filled++;
    if (quantity < wanted) {
      counts.capped++;
      if (!carries) return;
      position.wanted = wanted - quantity;
      this.#account.carried(symbol, step, position.wanted);
    }
  }
}

/**
 * Whether an entry without an ATR would lack a distance: of a stop or target, a trailing stop, a priced order, or
 * that which sizes it.
 */
export function needsAtr({ execution, exits }: Settings, sizesByDistance: boolean): boolean {
  const distances =
    sizesByDistance || exits.stop !== null || exits.target !== null || exits.breakEven !== null;
  return (
    (exits.unit === 'atr' && distances) ||
    exits.trailing === 'atr' ||
    exits.trailing === 'chandelier' ||
    (execution.order !== 'market' && execution.offsetUnit === 'atr')
  );
}
