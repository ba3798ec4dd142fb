import { lastUpTo } from '../../rising.ts';
import { rowsOf, stepsByRow } from '../../market.ts';
import type { Following, OrderCounts } from '../../run.ts';
import type { PortfolioSettings } from '../../study/portfolio.ts';
import type { Day, Rows, Step, StepIndices } from '../../units.ts';
import type { Account } from '../account.ts';
import type { CostModel } from '../costs.ts';
import type { Dealer, Phase, StandingEntry } from '../dealer.ts';
import type { Setting } from '../setting.ts';
import { FollowingLog } from './following.ts';
import { Resizing } from './resizing.ts';
import { Schedule } from './schedule.ts';
import { TargetOrders } from './target-orders.ts';
import { Targets } from './targets.ts';

/**
 * Holds target weights: a close that is due decides on targets, and each symbol's next bar trades to them.
 */
export class Rebalances implements Dealer {
  pausedThrough = -1;
  readonly #setting: Setting;
  readonly #weight: Float64Array;
  readonly #portfolio: PortfolioSettings;
  readonly #account: Account;
  /** Closing equity by step, as far as the run has come. */
  readonly #equity: Float64Array;
  readonly #schedule: Schedule;
  readonly #targets: Targets;
  readonly #following: FollowingLog;
  readonly #atOwnClose: boolean;
  /** The first step of each session. */
  readonly #starts: StepIndices;
  #begun = false;
  /** By symbol: its newest bar, and that bar if it is this step's (−1 where not). */
  readonly #newest: Rows;
  readonly #today: Rows;
  /** Targets in force, and those that were at the close before; NaN without one. */
  readonly #inForce: Float64Array;
  readonly #before: Float64Array;
  /** What the strategy said when targets were last looked at. */
  readonly #lastSaid: Float64Array;
  readonly #said: Float64Array;
  readonly #held: Float64Array;
  readonly #orders: TargetOrders;
  readonly #resizing: Resizing;
  /** Symbols that trade in this step's bar. */
  #ready: number[] = [];

  constructor(
    setting: Setting,
    weight: Float64Array,
    portfolio: PortfolioSettings,
    account: Account,
    costs: CostModel,
    equity: Float64Array,
  ) {
    const { market, signals, settings, steps } = setting;
    const { length } = market.symbols;
    this.#setting = setting;
    this.#weight = weight;
    this.#portfolio = portfolio;
    this.#account = account;
    this.#equity = equity;
    this.#atOwnClose = settings.execution.fill === 'same-close';
    this.#schedule = new Schedule(portfolio, steps.day, setting.session);
    this.#targets = new Targets(market, signals, portfolio, settings.risk);
    this.#following = new FollowingLog(steps.day.length);
    const { session } = setting;
    this.#starts = Int32Array.from(session.keys()).filter(
      (step) => session[step] !== session[step - 1],
    );
    this.#newest = rowsBefore(setting);
    this.#today = new Int32Array(length).fill(-1);
    this.#inForce = new Float64Array(length).fill(Number.NaN);
    this.#before = new Float64Array(length).fill(Number.NaN);
    this.#lastSaid = new Float64Array(length).fill(Number.NaN);
    this.#said = new Float64Array(length);
    this.#held = new Float64Array(length);
    this.#orders = new TargetOrders(length, settings.execution.expireAfter, setting.session);
    this.#resizing = new Resizing(
      setting,
      portfolio.minimumTrade,
      account,
      costs,
      this.#orders,
      equity,
    );
  }

  get counts(): OrderCounts {
    return this.#orders.counts;
  }

  get waiting(): number {
    return this.#orders.waiting;
  }

  get unfilledValue(): number {
    return this.#resizing.unfilledValue;
  }

  get following(): Following {
    return this.#following.following();
  }

  begin(step: Step): void {
    if (step > 0 && this.#schedule.endedBefore(step)) this.#decide(step - 1, true);
    this.#before.set(this.#inForce);
    this.#findBars(step);
  }

  meet(step: Step): void {
    if (this.#setting.settings.execution.fill === 'next-open') this.#meet(step);
  }

  end(step: Step): void {
    const { opening, settings } = this.#setting;
    if (opening !== null) this.#findBars(step);
    for (let s = 0; s < this.#newest.length; s++)
      if (this.#today[s]! >= 0) this.#newest[s] = this.#today[s]!;
    // At a step's own close orders meet its bar once there are those of that close.
    if (!this.#atOwnClose && settings.execution.fill !== 'next-open') this.#meet(step);
  }

  fill(phase: Phase, step: Step, day: Day): void {
    const { fill } = this.#setting.settings.execution;
    const own = fill === 'next-open' ? 'open' : 'close';
    if (phase !== own || this.#ready.length === 0) return;
    this.#resizing.trade(this.#ready, this.#inForce, this.#today, own, step, day);
    this.#ready = [];
  }

  order(step: Step): void {
    const { rebalance } = this.#portfolio;
    const starts = !this.#begun && (step === 0 || rebalance === 'once');
    const due = starts || this.#schedule.atClose(step);
    if (due || rebalance === 'signal') this.#decide(step, due);
    if (this.#atOwnClose) this.#meet(step);
  }

  close(step: Step, equity: number, cash: number): void {
    this.#following.earned(step, this.#before, this.#today, this.#setting.market);
    if (!this.#begun || !(equity > 0)) return;
    this.#weigh(equity);
    this.#following.drifted(step, this.#inForce, this.#held, cash / equity);
  }

  passBy(_step: Step, filled: ReadonlySet<number>, carried: ReadonlySet<number>): void {
    for (const symbol of this.#ready)
      if (!carried.has(symbol)) this.#orders.count(symbol, filled.has(symbol) ? 'filled' : 'unmet');
    this.#ready = [];
    this.#orders.passBy(this.#today, filled, carried);
  }

  standing(): readonly StandingEntry[] {
    return this.#orders.standing();
  }

  cancelAll(step: Step, cause: 'paused' | 'pending'): void {
    this.#orders.cancelAll(step, cause);
  }

  #meet(step: Step): void {
    this.#ready = this.#orders.meet(step, this.#today, this.pausedThrough);
  }

  /** Finds each symbol's bar of a step. */
  #findBars(step: Step): void {
    const { market, steps } = this.#setting;
    const numbers = stepsByRow(market);
    const number = steps.number[step]!;
    for (let s = 0; s < this.#newest.length; s++) {
      const next = this.#newest[s]! + 1;
      const trades = next < market.firstRow[s + 1]! && numbers[next] === number;
      this.#today[s] = trades ? next : -1;
    }
  }

  /** Looks at a session's close: where a rebalance is due, its targets become orders. */
  #decide(step: Step, scheduled: boolean): void {
    if (!this.#readSaid(step)) return;
    if (!scheduled && this.#begun && !this.#asks()) return;
    const equity = this.#equity[step]!;
    if (!(equity > 0)) return;
    this.#weigh(equity);
    this.#targets.decide(this.#said, this.#newest, this.#held);
    if (this.#targets.weight.every((weight) => Number.isNaN(weight))) return;
    if (this.#begun && this.#withinBands()) return;
    this.#begun = true;
    this.#lastSaid.set(this.#said);
    this.#following.rebalanced(step);
    this.#place(step);
  }

  /** What the strategy says of each symbol at its newest bar; whether it says anything. */
  #readSaid(step: Step): boolean {
    const { market, steps, session, settings } = this.#setting;
    const oldest = session[step]! - settings.execution.expireAfter;
    const from = oldest < 0 ? -Infinity : steps.day[this.#starts[oldest]!]!;
    let says = false;
    for (let s = 0; s < this.#said.length; s++) {
      const row = this.#newest[s]!;
      const isThere = row >= market.firstRow[s]! && market.day[row]! >= from;
      const said = isThere ? this.#weight[row]! : Number.NaN;
      this.#said[s] = said;
      says ||= !Number.isNaN(said);
    }
    return says;
  }

  #asks(): boolean {
    const { rebalance } = this.#setting.signals;
    for (let s = 0; s < this.#said.length; s++) {
      if (rebalance === undefined) {
        const said = this.#said[s]!;
        if (!Number.isNaN(said) && said !== this.#lastSaid[s]) return true;
      } else if (this.#today[s]! >= 0 && rebalance[this.#today[s]!] === 1) return true;
    }
    return false;
  }

  /** Weights of the positions at their marks, and where they are. */
  #weigh(equity: number): void {
    this.#held.fill(0);
    for (const { symbol, side, quantity, mark } of this.#account.open)
      this.#held[symbol] = (side * quantity * mark) / equity;
  }

  #withinBands(): boolean {
    const { bandAbsolute, bandRelative } = this.#portfolio;
    if (bandAbsolute === null && bandRelative === null) return false;
    const { weight } = this.#targets;
    for (let s = 0; s < weight.length; s++) {
      const apart = Math.abs(this.#held[s]! - weight[s]!);
      if (bandAbsolute !== null && apart > bandAbsolute) return false;
      if (bandRelative !== null && apart > bandRelative * Math.abs(weight[s]!)) return false;
    }
    return true;
  }

  #place(step: Step): void {
    const { weight } = this.#targets;
    this.#orders.replaceAll();
    this.#inForce.set(weight);
    for (let s = 0; s < weight.length; s++) {
      if (Number.isNaN(weight[s]!) || (weight[s] === 0 && this.#held[s] === 0)) continue;
      const row = this.#newest[s]!;
      this.#orders.place(s, row, this.#atOwnClose && this.#today[s] === row ? row : row + 1, step);
    }
  }
}

/** By symbol, its newest bar before the steps; one before its first row where there is none. */
function rowsBefore({ market, steps }: Setting): Rows {
  const before = (steps.number[0] ?? 0) - 1;
  const numbers = stepsByRow(market);
  return Int32Array.from(market.symbols, (_, s) => {
    const [first, end] = rowsOf(market, s);
    const own = numbers.subarray(first, end);
    return (own[0] ?? Infinity) > before ? first - 1 : first + lastUpTo(own, before);
  });
}
