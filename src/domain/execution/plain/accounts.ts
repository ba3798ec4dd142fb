import { stepsByRow } from '../../market.ts';
import type { Alert, Equity, ExitReason, Simulation } from '../../run.ts';
import type { Day, Price, Row, Step } from '../../units.ts';
import { YEAR } from '../account.ts';
import { inOrderOfFirstBar } from '../apart.ts';
import { CostModel } from '../costs.ts';
import { exitOrder, takeIn } from '../exits.ts';
import type { FillLog } from '../fill-log.ts';
import { emptyCounts } from '../orders.ts';
import { Position } from '../position.ts';
import type { Setting } from '../setting.ts';
import { NO_POWER, quantityFor, type SizeRequest } from '../sizing.ts';
import type { TradeLog } from '../trade-log.ts';
import { Drawdowns } from '../watch.ts';

/**
 * What `simulateApart` gives for a setting that `isPlain` lets in, to the bit, in one loop over each symbol's steps:
 * a symbol alone has one position at most, and no order of its own competes with another.
 */
export function simulatePlain(
  setting: Setting,
  log: TradeLog,
  total: Equity,
  fills: FillLog | null,
): Simulation {
  const account = new PlainAccount(setting, log, total, fills);
  for (const symbol of inOrderOfFirstBar(setting)) account.trade(symbol);
  return {
    trades: log.trades(),
    equity: total,
    alerts: account.alerts.sort((a, b) => a.day - b.day),
    orders: account.orders,
    held: account.held,
    interest: 0,
    unfilledValue: 0,
    ...(fills !== null && { tooDear: [] }),
  };
}

/** The account of one symbol after the other. */
class PlainAccount {
  readonly alerts: Alert[] = [];
  readonly orders = emptyCounts();
  /** Signals that gave no order because their symbol was held. */
  held = 0;
  readonly #setting: Setting;
  readonly #log: TradeLog;
  readonly #total: Equity;
  readonly #fills: FillLog | null;
  readonly #costs: CostModel;
  readonly #position = new Position();
  #cash = 0;
  /** The row and step of the signal whose order waits; −1 for none. */
  #signalRow: Row = -1;
  #signalStep: Step = -1;
  readonly #request: SizeRequest = {
    price: 0,
    sizedAt: 0,
    equity: 0,
    factor: 0,
    stopDistance: Number.NaN,
    volatility: Number.NaN,
    power: 0,
    room: Infinity,
    lot: 0,
    perContract: 1,
  };

  constructor(setting: Setting, log: TradeLog, total: Equity, fills: FillLog | null) {
    this.#setting = setting;
    this.#log = log;
    this.#total = total;
    this.#fills = fills;
    this.#costs = CostModel.of(setting);
  }

  /** All steps of one symbol, with the initial cash. */
  trade(symbol: number): void {
    const { market, settings, steps, session } = this.#setting;
    const position = this.#position;
    const numbers = stepsByRow(market);
    const drawdowns = new Drawdowns(settings.risk, this.alerts);
    const end = market.firstRow[symbol + 1]!;
    let row = market.firstRow[symbol]!;
    while (numbers[row]! < steps.number[0]!) row++;
    this.#cash = settings.risk.initialCash;
    let latest: Day = steps.day[0]!;
    for (let step = 0; step < steps.number.length; step++) {
      const day = steps.day[step]!;
      if (day > latest) {
        if (position.quantity > 0 && position.side < 0) this.#payBorrow(day - latest);
        latest = day;
      }
      if (row < end && numbers[row] === steps.number[step]) this.#meet(symbol, row++, step);
      this.#record(step);
      if (session[step + 1] !== session[step]) drawdowns.close(this.#equity(), day);
    }
    this.#finish(steps.number.length - 1);
  }

  #payBorrow(days: number): void {
    const position = this.#position;
    const { borrowFee } = this.#setting.settings.costs;
    const fee = (position.quantity * position.mark * borrowFee * days) / YEAR;
    position.borrow += fee;
    this.#cash -= fee;
  }

  /** A bar of the symbol, from its open to its close. */
  #meet(symbol: number, row: Row, step: Step): void {
    const { market, signals, settings } = this.#setting;
    const position = this.#position;
    const side = signals.side[row]!;
    const atClose = settings.execution.fill === 'same-close';
    if (!atClose) this.#fill(symbol, row, step, row - 1, market.open[row]!);
    const close = market.close[row]!;
    if (position.quantity > 0) {
      position.bars++;
      position.mark = close;
      takeIn(position, market, row);
      position.ordered = exitOrder(
        position,
        settings.exits,
        side,
        signals.exit[row]!,
        position.bars,
      );
    }
    if (side !== 0) this.#order(row, step);
    if (atClose) this.#fill(symbol, row, step, row, close);
  }

  /** What was ordered fills at a price that is known after the bar of `known`: the exit first. */
  #fill(symbol: number, row: Row, step: Step, known: Row, price: Price): void {
    const { quantity, ordered } = this.#position;
    if (quantity > 0 && ordered !== null) this.#leave(symbol, row, step, known, price, ordered);
    if (this.#signalRow >= 0) this.#enter(symbol, row, step, known, price);
  }

  #record(step: Step): void {
    const { side, quantity, mark } = this.#position;
    const total = this.#total;
    total.equity[step]! += this.#equity();
    total.cash[step]! += this.#cash;
    if (quantity === 0) return;
    const value = quantity * mark;
    total.gross[step]! += value;
    total.net[step]! += side * value;
    total.positions[step]!++;
  }

  /** A signal becomes an order for this close, or for the next bar's open, unless its symbol is held. */
  #order(row: Row, step: Step): void {
    const { signals, settings } = this.#setting;
    const { quantity, side } = this.#position;
    this.orders.signals++;
    const reverses = settings.exits.oppositeSignal === 'reverse' && signals.side[row] === -side;
    if (quantity > 0 && !reverses) {
      this.held++;
      return;
    }
    this.#signalRow = row;
    this.#signalStep = step;
    this.#request.equity = this.#equity();
  }

  /** The order that waits, unless it has waited too long. */
  #enter(symbol: number, row: Row, step: Step, known: Row, price: Price): void {
    const { market, signals, settings, steps } = this.#setting;
    const signalRow = this.#signalRow;
    this.#signalRow = -1;
    if (this.#waited(step) > settings.execution.expireAfter) {
      this.orders.expired++;
      return;
    }
    const side = signals.side[signalRow]! > 0 ? 1 : -1;
    const signalClose = market.close[signalRow]!;
    const costs = this.#costs;
    costs.quote(symbol, row, known, steps.day[step]!, price, side, 'market', 'entry');
    const request = this.#request;
    request.price = price;
    request.sizedAt = settings.size.price === 'signal-close' ? signalClose : price;
    request.factor = signals.sizeFactor[signalRow]!;
    request.power = Math.max(0, settings.risk.leverage * this.#cash);
    const quantity = quantityFor(settings.size, request, costs);
    if (!(quantity > 0)) {
      if (quantity === NO_POWER) this.orders.noPower++;
      else this.orders.tooSmall++;
      return;
    }
    this.orders.filled++;
    const position = this.#position;
    position.begin({
      symbol,
      side,
      signalRow,
      entryRow: row,
      entryStep: step,
      row,
      price,
      levels: {
        reference: price,
        stopDistance: Infinity,
        targetDistance: Infinity,
        breakEvenAfter: Infinity,
      },
      tick: 0,
      score: signals.score[signalRow]!,
      late: null,
      stopped: false,
    });
    position.trade = this.#log.reserve();
    const paid = position.charge(costs, quantity);
    position.add(quantity, costs.price);
    const value = quantity * costs.price;
    this.#cash = side > 0 ? this.#cash - (value + paid) : this.#cash + (value - paid);
    this.#fills?.add(position, side, quantity, costs.price, row, step, costs);
  }

  #leave(symbol: number, row: Row, step: Step, known: Row, price: Price, reason: ExitReason): void {
    const position = this.#position;
    const { quantity } = position;
    const costs = this.#costs;
    const side = position.side > 0 ? -1 : 1;
    costs.quote(symbol, row, known, this.#setting.steps.day[step]!, price, side, 'market', 'exit');
    const paid = position.charge(costs, quantity);
    const value = quantity * costs.price;
    this.#cash = side < 0 ? this.#cash + (value - paid) : this.#cash - (value + paid);
    position.take(quantity, costs.price, reason, row, step, false);
    this.#fills?.add(position, side, quantity, costs.price, row, step, costs);
    this.#log.write(position);
  }

  /** What the data's end leaves. */
  #finish(step: Step): void {
    if (this.#signalRow >= 0) {
      if (this.#waited(step) >= this.#setting.settings.execution.expireAfter) this.orders.expired++;
      else this.orders.pending++;
    }
    this.#signalRow = -1;
    const position = this.#position;
    if (position.quantity === 0) return;
    position.leaveOpen();
    this.#log.write(position);
    position.quantity = 0;
  }

  /** Sessions since the signal whose order waits. */
  #waited(step: Step): number {
    const { session } = this.#setting;
    return session[step]! - session[this.#signalStep]!;
  }

  /** At the last close. */
  #equity(): number {
    const { side, quantity, mark } = this.#position;
    return quantity === 0 ? this.#cash : this.#cash + side * quantity * mark;
  }
}
