import type { Alert, Equity, Following, Inside, OrderCounts, Payments } from '../run.ts';
import { Account } from './account.ts';
import { delist, takeSplits } from './corporate-actions.ts';
import { CostModel } from './costs.ts';
import type { Booked } from './booked.ts';
import { Booking, ToldCosts } from './booking.ts';
import type { Dealer, Phase } from './dealer.ts';
import { dealerFor } from './dealers.ts';
import { Departures } from './departures.ts';
import { exitOrder, moveStop, seeBar } from './exits.ts';
import type { FillLog } from './fill-log.ts';
import { InsideBar } from './inside-bar.ts';
import { Rebalances } from './portfolio/rebalances.ts';
import { emptyPayments, paymentAt } from './payments.ts';
import type { Position } from './position.ts';
import { orderLeftovers } from './session-hours.ts';
import type { Setting } from './setting.ts';
import type { Standing } from './standing.ts';
import type { TradeLog } from './trade-log.ts';
import { Watch } from './watch.ts';
import type { Day, Step, StepIndices } from '../units.ts';

/** One account's way through the steps. Its trades go to `log`, its curve to `equity`. */
export class AccountRun {
  readonly #setting: Setting;
  readonly #equity: Equity;
  readonly #account: Account;
  readonly #costs: CostModel;
  readonly #dealer: Dealer;
  readonly #watch: Watch;
  readonly #insideBar: InsideBar;
  readonly #departures: Departures;
  readonly #fills: FillLog | null;
  readonly #booking: Booking | null = null;
  #now: Step = 0;
  #day: Day = 0;
  /** The latest session that has begun. */
  #latest: Day | null = null;
  /** By step, where money comes and goes. */
  readonly payments: Payments | null;
  /** Units of the account: payments buy and sell them, so that they are no gain and no loss. */
  #units = 1;

  /** Fills up to a step of `booked` are those that a market gave. */
  constructor(
    setting: Setting,
    log: TradeLog,
    equity: Equity,
    fills: FillLog | null,
    booked: Booked | null = null,
  ) {
    const { market, signals, settings } = setting;
    this.#setting = setting;
    this.#equity = equity;
    this.#fills = fills;
    const told = booked === null ? null : ToldCosts.of(setting);
    this.#costs = told ?? CostModel.of(setting);
    this.#account = new Account(settings.risk, market, settings.costs, this.#costs, log, fills);
    this.#dealer = dealerFor(setting, this.#account, this.#costs, equity.equity);
    if (booked !== null && told !== null)
      this.#booking = new Booking(setting, this.#account, told, this.#dealer, booked);
    this.#watch = new Watch(settings.risk);
    this.#insideBar = new InsideBar(market, signals, settings);
    this.#departures = new Departures({
      setting,
      account: this.#account,
      costs: this.#costs,
      dealer: this.#dealer,
      insideBar: this.#insideBar,
      fills,
    });
    this.payments = emptyPayments(settings, setting.steps.day.length);
  }

  get alerts(): readonly Alert[] {
    return this.#watch.alerts;
  }
  get orders(): OrderCounts {
    return this.#dealer.counts;
  }
  get interest(): number {
    return this.#account.interest;
  }
  get unfilledValue(): number {
    return this.#dealer.unfilledValue;
  }

  get held(): number {
    return this.#dealer.held ?? 0;
  }
  get inside(): Inside | undefined {
    return this.#insideBar.counts;
  }
  get tooDear(): Dealer['tooDear'] {
    return this.#dealer.tooDear;
  }

  /** How the portfolio kept to its targets, where there are some. */
  get following(): Following | undefined {
    return this.#dealer instanceof Rebalances ? this.#dealer.following : undefined;
  }

  /** All steps, to the end of the data. */
  run(): void {
    const { length } = this.#setting.steps.day;
    this.pass(length);
    this.finish();
  }

  /** The steps before one; `closed` hears of each that is over. */
  pass(end: Step, closed?: (step: Step) => void): void {
    const { opening } = this.#setting;
    if (opening !== null) {
      this.#interleaved(opening, end, closed);
      return;
    }
    for (let step = 0; step < end; step++) {
      this.#open(step);
      this.#close(step);
      closed?.(step);
    }
  }

  /** The data are over: orders that wait end, and trades that are open are written. */
  finish(): void {
    this.#dealer.cancelAll(this.#setting.steps.day.length - 1, 'pending');
    this.#account.finish();
  }

  /** What stands after a close: orders that wait, and positions as they are. */
  standing(): Standing {
    return {
      entries: this.#dealer.standing(),
      positions: this.#account.open.map((position) => ({
        symbol: position.symbol,
        side: position.side,
        quantity: position.quantity,
        ordered: position.ordered,
        stop: position.level,
        stopReason: position.levelReason,
        target: position.targetLevel,
        mark: position.mark,
        entryPrice: position.entryPrice,
        signalRow: position.signalRow,
      })),
    };
  }

  /**
   * A step's orders as they would fill in bars that are nothing but prices, in which every price is met: from the opens to the
   * closes, without stops and targets.
   */
  foresee(step: Step): void {
    const day = this.#setting.steps.day[step]!;
    this.#open(step);
    this.#dealer.end?.(step);
    this.#at('inside');
    this.#dealer.fill('inside', step, day);
    this.#departures.mark();
    this.#at('close');
    if (this.#setting.hours?.flat) this.#departures.withSession(step, day);
    if (this.#setting.settings.execution.fill !== 'next-close') return;
    this.#departures.atClose(step, day);
    this.#dealer.fill('close', step, day);
  }

  #at(phase: Phase): void {
    if (this.#fills !== null) this.#fills.phase = phase;
  }

  /** Steps whose bars overlap, as those of two exchanges do: each opens and closes when its bars do. */
  #interleaved(opening: StepIndices, end: Step, closed?: (step: Step) => void): void {
    const { opens, known } = this.#setting.steps.clock!;
    let next = 0;
    for (let step = 0; step < end; step++) {
      while (next < opening.length && opens[opening[next]!]! < known[step]!) {
        this.#open(opening[next]!);
        next++;
      }
      this.#account.findBars(this.#setting.steps.number[step]!);
      this.#close(step);
      closed?.(step);
    }
  }

  /** From the end of the step before to the opens of this one's bars. */
  #open(step: Step): void {
    const { market, steps } = this.#setting;
    const account = this.#account;
    const dealer = this.#dealer;
    const day = steps.day[step]!;
    this.#now = step;
    dealer.begin?.(step);
    this.#day = day;
    account.startStep(this.#setting.steps.number[step]!, this.#daysUpTo(day));
    if (market.contracts?.splits) takeSplits(account, this.#setting, step);
    if (market.contracts?.dividend) account.payDividends();
    if (this.payments !== null) this.#pay(this.payments, step);
    this.#at('open');
    if (this.#booking?.has(step) === true) {
      this.#bookOpen(this.#booking, step);
      return;
    }
    if (account.open.length === 0 && dealer.waiting === 0) return;
    if (market.listings !== undefined) delist(account, this.#setting, step);
    if (this.#setting.hours?.flat) orderLeftovers(account, market);
    this.#departures.atOpen(step, day);
    dealer.meet(step);
    dealer.fill('open', step, day);
    dealer.carryOn?.(step, day);
  }

  #bookOpen(booking: Booking, step: Step): void {
    const { market, hours } = this.#setting;
    if (market.listings !== undefined) delist(this.#account, this.#setting, step);
    if (hours?.flat) orderLeftovers(this.#account, market);
    booking.book(step, this.#day, 'open');
  }

  /** From the opens to the closes of a step whose fills are a market's. */
  #bookInside(booking: Booking, step: Step): void {
    this.#at('inside');
    booking.book(step, this.#day, 'inside', 'entry');
    this.#departures.takeBars();
    booking.book(step, this.#day, 'inside', 'exit');
    this.#at('close');
    booking.book(step, this.#day, 'close');
    booking.settle(step);
  }

  /** Calendar days since the latest session before. */
  #daysUpTo(day: Day): number {
    const latest = this.#latest ?? day;
    this.#latest = Math.max(day, latest);
    return this.#latest - latest;
  }

  /** From the opens of this step's bars to their closes, and what these decide. */
  #close(step: Step): void {
    const { steps, settings } = this.#setting;
    const { fill } = settings.execution;
    const account = this.#account;
    const dealer = this.#dealer;
    const day = steps.day[step]!;
    this.#now = step;
    this.#day = day;
    dealer.end?.(step);
    if (this.#booking?.has(step) === true) this.#bookInside(this.#booking, step);
    else this.#dealInside(step, day);
    if (fill === 'same-close') {
      this.#equity.equity[step] = account.value('mark');
      for (const position of account.open) this.#orderExit(position);
      // Before they leave: a symbol held at this close gives no order, unless it reverses.
      dealer.order(step);
      this.#departures.atClose(step, day);
      dealer.fill('close', step, day);
    }
    if (step === steps.day.length - 1) this.#departures.atEnd(step, day);
    this.#raiseAlarm(this.#record());
    this.#moveStops(fill !== 'same-close');
    if (fill !== 'same-close') dealer.order(step);
  }

  /** From the opens of a step's bars to their closes, where the simulator fills. */
  #dealInside(step: Step, day: Day): void {
    const dealer = this.#dealer;
    this.#at('inside');
    // Before the bar's stops and targets: whether a slot that they free was free in time is unknown.
    dealer.fill('inside', step, day);
    this.#departures.insideBars(step, day);
    this.#at('close');
    if (this.#setting.hours?.flat) this.#departures.withSession(step, day);
    if (this.#setting.settings.execution.fill !== 'next-close') return;
    this.#departures.atClose(step, day);
    dealer.fill('close', step, day);
  }

  /** Money comes or goes before the open, and buys or sells units at what the account is worth then. */
  #pay({ units, paid }: Payments, step: Step): void {
    const { steps, settings } = this.#setting;
    const account = this.#account;
    if (step > 0) {
      account.value('open');
      const { worth } = account;
      const amount = paymentAt(settings, step, steps.day, worth);
      if (amount !== 0) {
        paid[step] = amount;
        this.#units += (amount * this.#units) / worth;
        account.pay(amount);
      }
    }
    units[step] = this.#units;
  }

  #record(): number {
    const account = this.#account;
    const curve = this.#equity;
    const equity = account.value('mark');
    curve.equity[this.#now] = equity;
    curve.cash[this.#now] = account.settled();
    curve.gross[this.#now] = account.longs + account.shorts;
    curve.net[this.#now] = account.longs - account.shorts;
    curve.positions[this.#now] = account.open.length;
    this.#dealer.close?.(this.#now, equity, account.cash);
    return equity;
  }

  /**
   * Takes the bar's prices into each position's best and worst, then moves its stop for the bars to come, and orders its
   * exit where that is not done yet.
   */
  #moveStops(orders: boolean): void {
    const { exits } = this.#setting.settings;
    const { market, signals } = this.#setting;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      seeBar(position, market, row);
      position.late = null;
      moveStop(position, exits, market, row, signals.atr[row]!);
      if (orders) this.#orderExit(position);
    }
  }

  /**
   * Everything out at its next open, nothing in for a while. An exit that was ordered before keeps its reason. Margin
   * is watched at every step, all else when a session is over.
   */
  #raiseAlarm(equity: number): void {
    const { session } = this.#setting;
    const now = session[this.#now]!;
    const watched = {
      account: equity,
      gross: this.#equity.gross[this.#now]!,
      day: this.#day,
      session: now,
      isOver: session[this.#now + 1] !== now,
      units: this.#units,
      margin: this.#account,
    };
    const alarm = this.#watch.close(watched);
    if (alarm === null) return;
    for (const position of this.#account.open) {
      position.ordered ??= alarm.reason;
      position.urgent = true;
      position.wanted = 0;
    }
    this.#dealer.cancelAll(this.#now, 'paused');
    this.#dealer.pausedThrough = Math.max(this.#dealer.pausedThrough, now + alarm.pause);
  }

  #orderExit(position: Position): void {
    const { hours, settings, signals } = this.#setting;
    const row = position.today;
    if (row < 0 || position.ordered !== null) return;
    // What fills at the next close will have been held for one bar more.
    const bars = position.bars + (settings.execution.fill === 'next-close' ? 1 : 0);
    position.ordered = exitOrder(
      position,
      settings.exits,
      signals.side[row]!,
      signals.exit[row]!,
      bars,
    );
    if (hours?.isHeldOut(position.entryStep, this.#now)) position.ordered ??= 'time';
  }
}
