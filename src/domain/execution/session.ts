import type { Alert, Equity, ExitReason, Following, OrderCounts, Payments } from '../run.ts';
import { Account, type Exit } from './account.ts';
import { downToLot, lotAt, unitsPerContract } from './contracts.ts';
import { CostModel, type FillKind } from './costs.ts';
import type { Dealer } from './dealer.ts';
import { Entries } from './entries.ts';
import {
  exitAfterPricedEntry,
  exitInsideBar,
  exitOrder,
  moveStop,
  seeBar,
  takeSplit,
} from './exits.ts';
import type { FillLog } from './fill-log.ts';
import { Rebalances } from './portfolio/rebalances.ts';
import { emptyPayments, paymentAt } from './payments.ts';
import type { Position } from './position.ts';
import { capped, type Setting } from './setting.ts';
import type { TradeLog } from './trade-log.ts';
import { Watch } from './watch.ts';
import type { Day, Price, Session } from '../units.ts';

/** Parts of a number that roundings may have moved it by. */
const ROUNDING = 1e-9;
/** A lot of at least one share, whatever roundings made of it. */
const WHOLE = 1 - ROUNDING;

/** One account's way through the sessions. Its trades go to `log`, its curve to `equity`. */
export class AccountRun {
  readonly #setting: Setting;
  readonly #equity: Equity;
  readonly #account: Account;
  readonly #costs: CostModel;
  readonly #dealer: Dealer;
  readonly #watch: Watch;
  #now: Session = 0;
  #day: Day = 0;
  /** By session, where money comes and goes. */
  readonly payments: Payments | null;
  /** Units of the account: payments buy and sell them, so that they are no gain and no loss. */
  #units = 1;

  constructor(setting: Setting, log: TradeLog, equity: Equity, fills: FillLog | null) {
    const { market, signals, settings, volumeFrom } = setting;
    this.#setting = setting;
    this.#equity = equity;
    this.#costs = new CostModel(
      settings.costs,
      market,
      signals,
      volumeFrom,
      settings.risk.leverage,
    );
    this.#account = new Account(settings.risk, market, settings.costs, this.#costs, log, fills);
    this.#dealer = dealerFor(setting, this.#account, this.#costs, equity.equity);
    this.#watch = new Watch(settings.risk);
    this.payments = emptyPayments(settings, setting.sessions.day.length);
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
  get tooDear(): Dealer['tooDear'] {
    return this.#dealer.tooDear;
  }

  /** How the portfolio kept to its targets, where there are some. */
  get following(): Following | undefined {
    return this.#dealer instanceof Rebalances ? this.#dealer.following : undefined;
  }

  /** All sessions, to the end of the data. */
  run(): void {
    const { length } = this.#setting.sessions.day;
    for (let session = 0; session < length; session++) this.#session(session);
    this.#dealer.cancelAll(length - 1, 'pending');
    this.#account.finish();
  }

  #session(session: Session): void {
    const { market, sessions, settings } = this.#setting;
    const { fill } = settings.execution;
    const account = this.#account;
    const dealer = this.#dealer;
    const day = sessions.day[session]!;
    const before = session === 0 ? day : sessions.day[session - 1]!;
    this.#now = session;
    this.#day = day;
    dealer.begin?.(session);
    account.startSession(day, day - before);
    if (market.contracts?.splits) this.#takeSplits();
    if (market.contracts?.dividend) account.payDividends();
    if (this.payments !== null) this.#pay(this.payments, session);
    if (account.open.length > 0 || dealer.waiting > 0) this.#openToClose();
    if (fill === 'same-close') {
      this.#equity.equity[session] = account.equity();
      this.#orderExits();
      // Before they leave: a symbol held at this close gives no order, unless it reverses.
      dealer.order(session);
      this.#leaveAtClose();
      dealer.fill('close', session, day);
    }
    if (session === sessions.day.length - 1) this.#endOfData();
    const equity = this.#record();
    this.#moveStops();
    this.#raiseAlarm(equity);
    if (fill !== 'same-close') {
      this.#orderExits();
      dealer.order(session);
    }
  }

  /**
   * Quantities, stops and targets follow a split by themselves, being linked as prices are; what it leaves off their
   * grids is settled: a fraction of a share is paid out at the last close, levels go to the next tick.
   */
  #takeSplits(): void {
    const { market, settings } = this.#setting;
    for (const position of this.#account.open) {
      const { symbol, today, mark, quantity } = position;
      if (today < 0 || !takeSplit(position, market, today)) continue;
      const lot = lotAt(market, settings.size, symbol, today);
      const one = unitsPerContract(market, symbol, today);
      // Odd lots stay; only parts of a share have no market.
      if (lot < one * WHOLE) continue;
      const whole = downToLot(quantity, one);
      // What roundings make of a whole number is one.
      if (quantity - whole > quantity * ROUNDING)
        this.#account.settle(position, mark, 'split', this.#now, quantity - whole);
    }
    this.#account.release();
  }

  /** Money comes or goes before the open, and buys or sells units at what the account is worth then. */
  #pay({ units, paid }: Payments, session: Session): void {
    const { sessions, settings } = this.#setting;
    const account = this.#account;
    if (session > 0) {
      account.value('open');
      const { worth } = account;
      const amount = paymentAt(settings, session, sessions.day, worth);
      if (amount !== 0) {
        paid[session] = amount;
        this.#units += (amount * this.#units) / worth;
        account.pay(amount);
      }
    }
    units[session] = this.#units;
  }

  /** What becomes of positions and orders that the session found, from its open to its close. */
  #openToClose(): void {
    const { market, settings } = this.#setting;
    const dealer = this.#dealer;
    const session = this.#now;
    const day = this.#day;
    if (market.listings !== undefined) this.#delist();
    this.#leaveAtOpen();
    dealer.meet(session, day);
    dealer.fill('open', session, day);
    dealer.carryOn?.(session, day);
    // Before the bar's stops and targets: whether a slot that they free was free in time is unknown.
    dealer.fill('inside', session, day);
    this.#leaveInsideBar();
    this.#account.markAtClose();
    if (settings.execution.fill === 'next-close') {
      this.#leaveAtClose();
      dealer.fill('close', session, day);
    }
  }

  /** Only the universe file ends a symbol: at its last close × (1 + return), or against the position under stress. */
  #delist(): void {
    const { delistedOn, delistingReturn } = this.#setting.market.listings!;
    const { risk } = this.#setting.settings;
    for (const position of this.#account.open) {
      if (position.today >= 0 || this.#day < delistedOn[position.symbol]!) continue;
      const said = delistingReturn[position.symbol]!;
      const change =
        risk.delistingStress !== null
          ? -position.side * risk.delistingStress
          : Number.isNaN(said)
            ? risk.delistingReturn
            : said;
      this.#account.settle(position, position.mark * (1 + change), 'delisting', this.#now);
    }
    this.#account.release();
  }

  /** Exits come before entries: the slots and the cash that they free count at this open. */
  #leaveAtOpen(): void {
    const { fill } = this.#setting.settings.execution;
    const { open, day } = this.#setting.market;
    const waits = fill === 'next-close' || fill === 'same-close';
    for (const position of this.#account.open) {
      const { ordered, today, urgent } = position;
      if (ordered === null || today < 0 || (waits && !urgent)) continue;
      if (fill === 'prior-close' && !urgent) {
        const session = this.#sessionOf(day[today - 1]!);
        this.#leave(position, atOnce(position.mark, ordered), 'market', today - 1, session);
      } else this.#leave(position, atOnce(open[today]!, ordered), 'market');
    }
    this.#account.release();
  }

  /** The session of an earlier bar. */
  #sessionOf(day: Day): Session {
    let session = this.#now;
    while (this.#setting.sessions.day[session]! > day) session--;
    return session;
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

  /** Stops and targets work from the entry bar on: an entry can be stopped out in the bar that opened it. */
  #leaveInsideBar(): void {
    const { open, high, low, close } = this.#setting.market;
    const { bothTouched } = this.#setting.settings.execution;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      position.bars++;
      if (position.cappedIn === this.#now) continue;
      const exit =
        position.late === 'inside'
          ? exitAfterPricedEntry(position, high[row]!, low[row]!, close[row]!, bothTouched)
          : exitInsideBar(position, open[row]!, high[row]!, low[row]!, bothTouched);
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
    session = this.#now,
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
    const ended = this.#account.reduce(position, quantity, exit, row, session);
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
      const session = back ? this.#sessionOf(market.day[row - 1]!) : this.#now;
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
      this.#account.reduce(position, quantity, atOnce(price, 'end'), back ? row - 1 : row, session);
    }
    this.#account.release();
  }

  #record(): number {
    const account = this.#account;
    const curve = this.#equity;
    account.value('mark');
    const equity = account.equity();
    curve.equity[this.#now] = equity;
    curve.cash[this.#now] = account.settled();
    curve.gross[this.#now] = account.longs + account.shorts;
    curve.net[this.#now] = account.longs - account.shorts;
    curve.positions[this.#now] = account.open.length;
    this.#dealer.close?.(this.#now, equity, account.cash);
    return equity;
  }

  /** Takes the bar's prices into each position's best and worst, then moves its stop for the bars to come. */
  #moveStops(): void {
    const { exits } = this.#setting.settings;
    const { market, signals } = this.#setting;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      this.#seeBar(position);
      position.late = null;
      moveStop(position, exits, market, row, signals.atr[row]!);
    }
  }

  /** Takes today's bar in, where there is one. */
  #seeBar(position: Position): void {
    if (position.today >= 0) seeBar(position, this.#setting.market, position.today);
  }

  /** Everything out at its next open, nothing in for a while. An exit that was ordered before keeps its reason. */
  #raiseAlarm(equity: number): void {
    const gross = this.#equity.gross[this.#now]!;
    const alarm = this.#watch.close(
      equity,
      gross,
      this.#day,
      this.#now,
      this.#units,
      this.#account,
    );
    if (alarm === null) return;
    for (const position of this.#account.open) {
      position.ordered ??= alarm.reason;
      position.urgent = true;
      position.wanted = 0;
    }
    this.#dealer.cancelAll(this.#now, 'paused');
    this.#dealer.pausedThrough = Math.max(this.#dealer.pausedThrough, this.#now + alarm.pause);
  }

  #orderExits(): void {
    const { exits, execution } = this.#setting.settings;
    const { side, exit } = this.#setting.signals;
    // What fills at the next close will have been held for one bar more.
    const more = execution.fill === 'next-close' ? 1 : 0;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      position.ordered ??= exitOrder(position, exits, side[row]!, exit[row]!, position.bars + more);
    }
  }
}

const atOnce = (price: Price, reason: ExitReason): Exit => ({ price, reason, ambiguous: false });

/** Entries, or holdings where the strategy gives weights. */
function dealerFor(
  setting: Setting,
  account: Account,
  costs: CostModel,
  equity: Float64Array,
): Dealer {
  const { weight } = setting.signals;
  const { portfolio } = setting.settings;
  return weight === undefined || portfolio === undefined
    ? new Entries(setting, account, costs, equity)
    : new Rebalances(setting, weight, portfolio, account, costs, equity);
}
