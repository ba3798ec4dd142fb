import type {
  Alert,
  Equity,
  ExitReason,
  Following,
  Inside,
  OrderCounts,
  Payments,
} from '../run.ts';
import { Account, type Exit } from './account.ts';
import { delist, takeSplits } from './corporate-actions.ts';
import { CostModel, type FillKind } from './costs.ts';
import type { Dealer } from './dealer.ts';
import { dealerFor } from './dealers.ts';
import { exitOrder, moveStop, seeBar } from './exits.ts';
import type { FillLog } from './fill-log.ts';
import { InsideBar } from './inside-bar.ts';
import { Rebalances } from './portfolio/rebalances.ts';
import { emptyPayments, paymentAt } from './payments.ts';
import type { Position } from './position.ts';
import { orderLeftovers } from './session-hours.ts';
import { capped, type Setting } from './setting.ts';
import type { TradeLog } from './trade-log.ts';
import { Watch } from './watch.ts';
import { stepsByRow } from '../market.ts';
import type { Day, Price, Row, Step, StepIndices } from '../units.ts';

/** One account's way through the steps. Its trades go to `log`, its curve to `equity`. */
export class AccountRun {
  readonly #setting: Setting;
  readonly #equity: Equity;
  readonly #account: Account;
  readonly #costs: CostModel;
  readonly #dealer: Dealer;
  readonly #watch: Watch;
  readonly #insideBar: InsideBar;
  #now: Step = 0;
  #day: Day = 0;
  /** The latest session that has begun. */
  #latest: Day | null = null;
  /** By step, where money comes and goes. */
  readonly payments: Payments | null;
  /** Units of the account: payments buy and sell them, so that they are no gain and no loss. */
  #units = 1;

  constructor(setting: Setting, log: TradeLog, equity: Equity, fills: FillLog | null) {
    const { market, signals, settings } = setting;
    this.#setting = setting;
    this.#equity = equity;
    this.#costs = CostModel.of(setting);
    this.#account = new Account(settings.risk, market, settings.costs, this.#costs, log, fills);
    this.#dealer = dealerFor(setting, this.#account, this.#costs, equity.equity);
    this.#watch = new Watch(settings.risk);
    this.#insideBar = new InsideBar(market, signals, settings);
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
    const { opening } = this.#setting;
    if (opening === null)
      for (let step = 0; step < length; step++) {
        this.#open(step);
        this.#close(step);
      }
    else this.#interleaved(opening);
    this.#dealer.cancelAll(length - 1, 'pending');
    this.#account.finish();
  }

  /** Steps whose bars overlap, as those of two exchanges do: each opens and closes when its bars do. */
  #interleaved(opening: StepIndices): void {
    const { opens, known } = this.#setting.steps.clock!;
    let next = 0;
    for (let step = 0; step < opening.length; step++) {
      while (next < opening.length && opens[opening[next]!]! < known[step]!) {
        this.#open(opening[next]!);
        next++;
      }
      this.#account.findBars(this.#setting.steps.number[step]!);
      this.#close(step);
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
    if (account.open.length === 0 && dealer.waiting === 0) return;
    if (market.listings !== undefined) delist(account, this.#setting, step);
    if (this.#setting.hours?.flat) orderLeftovers(account, market);
    this.#leaveAtOpen();
    dealer.meet(step);
    dealer.fill('open', step, day);
    dealer.carryOn?.(step, day);
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
    // Before the bar's stops and targets: whether a slot that they free was free in time is unknown.
    dealer.fill('inside', step, day);
    this.#leaveInsideBar();
    if (this.#setting.hours?.flat) this.#leaveWithSession();
    if (fill === 'next-close') {
      this.#leaveAtClose();
      dealer.fill('close', step, day);
    }
    if (fill === 'same-close') {
      this.#equity.equity[step] = account.value('mark');
      for (const position of account.open) this.#orderExit(position);
      // Before they leave: a symbol held at this close gives no order, unless it reverses.
      dealer.order(step);
      this.#leaveAtClose();
      dealer.fill('close', step, day);
    }
    if (step === steps.day.length - 1) this.#endOfData();
    this.#raiseAlarm(this.#record());
    this.#moveStops(fill !== 'same-close');
    if (fill !== 'same-close') dealer.order(step);
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

  /** Exits come before entries: the slots and the cash that they free count at this open. */
  #leaveAtOpen(): void {
    const { fill } = this.#setting.settings.execution;
    const { open } = this.#setting.market;
    const waits = fill === 'next-close' || fill === 'same-close';
    for (const position of this.#account.open) {
      const { ordered, today, urgent } = position;
      if (ordered === null || today < 0 || (waits && !urgent)) continue;
      if (fill === 'prior-close' && !urgent) {
        const step = this.#stepOf(today - 1);
        this.#leave(position, atOnce(position.mark, ordered), 'market', today - 1, step);
      } else this.#leave(position, atOnce(open[today]!, ordered), 'market');
    }
    this.#account.release();
  }

  /** The step of an earlier bar. */
  #stepOf(row: Row): Step {
    const { market, steps } = this.#setting;
    const number = stepsByRow(market)[row]!;
    let step = this.#now;
    while (steps.number[step]! > number) step--;
    return step;
  }

  #leaveAtClose(): void {
    for (const position of this.#account.open) {
      const { ordered, today, mark } = position;
      if (ordered === null || today < 0 || position.cappedIn === this.#now) continue;
      this.#seeBar(position);
      this.#leave(position, atOnce(mark, ordered), 'market', today, this.#now, today);
    }
    this.#account.release();
  }

  /** Nothing is held beyond the last bar of its session. */
  #leaveWithSession(): void {
    for (const position of this.#account.open) {
      const { symbol, today, mark } = position;
      if (today < 0 || position.cappedIn === this.#now) continue;
      if (!this.#setting.hours!.isLast(symbol, today)) continue;
      this.#seeBar(position);
      const exit = atOnce(mark, position.ordered ?? 'session-end');
      this.#leave(position, exit, 'market', today, this.#now, today);
    }
    this.#account.release();
  }

  /**
   * Stops and targets work from the entry bar on: an entry can be stopped out in the bar that opened it. What stays is
   * marked at the bar's close; where a symbol has no bar, its last close stays.
   */
  #leaveInsideBar(): void {
    const { close } = this.#setting.market;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      position.mark = close[row]!;
      position.bars++;
      if (position.cappedIn === this.#now) continue;
      const exit = this.#insideBar.exit(position, row);
      if (exit !== null) this.#leave(position, exit, exit.reason === 'target' ? 'limit' : 'market');
    }
    this.#account.release();
  }

  /** Books an exit, or as much of it as the bar's volume takes: the rest goes at the next open. */
  #leave(
    position: Position,
    exit: Exit,
    kind: FillKind,
    row = position.today,
    step = this.#now,
    known = row - 1,
  ): void {
    const { symbol, side } = position;
    const quantity = capped(position.quantity, symbol, position.today, this.#setting);
    if (quantity < position.quantity) {
      position.ordered = exit.reason;
      position.urgent = true;
      position.cappedIn = this.#now;
      if (quantity === 0) return;
    }
    // A fill at the prior close knows the bar of that close, no later one.
    const newest =
      this.#setting.settings.execution.fill === 'prior-close' ? position.today - 1 : known;
    this.#costs.quote(symbol, row, newest, this.#day, exit.price, side > 0 ? -1 : 1, kind, 'exit');
    const ended = this.#account.reduce(position, quantity, exit, row, step);
    if (ended) this.#dealer.ended?.(symbol, row, position.net < 0, known === row);
  }

  /**
   * What becomes of a position that is open when the data end. Its close is the last price that it can have;
   * its last bar's open (with fills at the prior close, that one) had passed by then, and is taken only to compare
   * with programs that do so.
   */
  #endOfData(): void {
    const { market, settings } = this.#setting;
    const { endOfData, fill } = settings.execution;
    if (endOfData === 'mark') return;
    const datedBack = endOfData === 'open' && fill === 'prior-close';
    for (const position of this.#account.open) {
      const { symbol, side, quantity, row, mark, entryRow, enteredLate } = position;
      // Not before its own entry, which may have come after the last bar's open.
      const atClose = endOfData === 'close' || (enteredLate && row === entryRow);
      if (atClose) this.#seeBar(position);
      const back = datedBack && row > entryRow;
      const price = atClose ? mark : back ? market.close[row - 1]! : market.open[row]!;
      const step = back ? this.#stepOf(row - 1) : this.#now;
      this.#costs.quote(
        symbol,
        back ? row - 1 : row,
        row,
        this.#day,
        price,
        side > 0 ? -1 : 1,
        'market',
        'exit',
      );
      this.#account.reduce(position, quantity, atOnce(price, 'end'), back ? row - 1 : row, step);
    }
    this.#account.release();
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
      this.#seeBar(position);
      position.late = null;
      moveStop(position, exits, market, row, signals.atr[row]!);
      if (orders) this.#orderExit(position);
    }
  }

  /** Takes today's bar in, where there is one. */
  #seeBar(position: Position): void {
    if (position.today >= 0) seeBar(position, this.#setting.market, position.today);
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

const atOnce = (price: Price, reason: ExitReason): Exit => ({ price, reason, ambiguous: false });
