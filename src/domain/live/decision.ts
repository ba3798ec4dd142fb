import { AccountRun } from '../execution/account-run.ts';
import { emptyEquity } from '../execution/output.ts';
import { type Booked, type BookedFill, BookLog, type LoggedFill } from '../execution/booked.ts';
import { FillLog } from '../execution/fill-log.ts';
import { perUnit } from '../execution/payments.ts';
import { settingOf } from '../execution/setting.ts';
import type { Standing } from '../execution/standing.ts';
import { TradeLog } from '../execution/trade-log.ts';
import type { Market, Signals, StepTimes } from '../market.ts';
import type { Alert, ExitReason, FilledSimulation } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import type { Price, Row, Step } from '../units.ts';
import { NextBar, type NextStep } from './next-bar.ts';

/** What a study trades on, as far as it is known. */
export interface Known {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Settings;
  /** From the first step of the account on. */
  readonly steps: StepTimes;
}

/** An order for a symbol's next bar, in units and prices of the simulation. */
export interface DecidedOrder {
  readonly symbol: number;
  readonly purpose: 'enter' | 'leave' | 'resize';
  /** +1 buys, −1 sells. */
  readonly side: 1 | -1;
  /** As if the next bar opened at the last close, or at the order's own price. */
  readonly quantity: number;
  readonly price: Price;
  /** Where in the bar it is to fill. */
  readonly at: 'open' | 'inside' | 'close';
  /** NaN where it has none: with neither it is a market order. */
  readonly limit: Price;
  readonly stop: Price;
  /** Of an entry: where stop and target will begin if it fills at that price; infinite where off. */
  readonly firstStop: Price;
  readonly firstTarget: Price;
  /** Why it leaves; null where it does not. */
  readonly reason: ExitReason | null;
  /** Of an entry: the bar whose close decided on it. */
  readonly signalRow: Row;
  readonly score: number;
}

/** What the close of the last known step decides. */
export interface Decision {
  readonly orders: readonly DecidedOrder[];
  /**
   * What stands after that close. Entries that are not among the orders have no slot, no buying power or no hour; positions that
   * no order ends are kept by their stop and target.
   */
  readonly standing: Standing;
  readonly equity: number;
  readonly cash: number;
  readonly alerts: readonly Alert[];
}

/**
 * What a study orders for the step after the last known one. Fills up to a step are those of `booked`, if it is given; the
 * simulator's rules decide everything else, so that what is sent to a market is what a backtest over the same bars
 * orders there.
 */
export function decide(known: Known, next: NextStep, booked: Booked | null): Decision {
  const { market, signals, settings, steps } = known;
  const grown = new NextBar(market, signals, steps, next);
  const log = new BookLog();
  const equity = emptyEquity(grown.steps);
  const setting = settingOf(grown.market, grown.signals, settings, grown.steps);
  const shifted = booked && grown.booked(booked);
  const run = new AccountRun(setting, new TradeLog(), equity, log, shifted);
  const last = steps.day.length;
  run.pass(last);
  const standing = ungrown(run.standing());
  run.foresee(last);
  const orders = (log.steps.get(last) ?? []).map((fill) => orderOf(fill, standing));
  return {
    orders,
    standing,
    equity: equity.equity[last - 1]!,
    cash: equity.cash[last - 1]!,
    alerts: run.alerts,
  };
}

/** What the simulator fills in a step, after fills of a market in the steps before. */
export function fillsInStep(
  known: Known,
  step: Step,
  before: Booked | null,
): readonly LoggedFill[] {
  const log = new BookLog();
  const setting = settingOf(known.market, known.signals, known.settings, known.steps);
  const equity = emptyEquity(known.steps);
  new AccountRun(setting, new TradeLog(), equity, log, before).pass(step + 1);
  return log.steps.get(step) ?? [];
}

/** What stands after each close, and what is filled in each step: one run over all steps that tells its orders. */
export function followed(known: Known): {
  readonly standing: readonly Standing[];
  readonly fills: ReadonlyMap<Step, readonly LoggedFill[]>;
} {
  const log = new BookLog();
  const setting = settingOf(known.market, known.signals, known.settings, known.steps);
  const run = new AccountRun(setting, new TradeLog(), emptyEquity(known.steps), log);
  const standing: Standing[] = [];
  run.pass(known.steps.day.length, () => standing.push(run.standing()));
  return { standing, fills: log.steps };
}

/** The account as it is after fills of a market: the run's trades and curve, open trades at their marks. */
export function accountOf(known: Known, booked: Booked): FilledSimulation {
  const { market, signals, settings, steps } = known;
  const setting = settingOf(market, signals, settings, steps);
  const equity = emptyEquity(steps);
  const log = new TradeLog(0, (market.contracts?.dividend ?? null) !== null);
  const fills = new FillLog();
  const run = new AccountRun(setting, log, equity, fills, booked);
  run.run();
  return {
    ...(run.following !== undefined && { following: run.following }),
    trades: log.trades(),
    equity: run.payments === null ? equity : perUnit(equity, run.payments),
    alerts: run.alerts,
    orders: run.orders,
    held: run.held,
    interest: run.interest,
    unfilledValue: run.unfilledValue,
    fills: fills.fills(),
  };
}

/** Fills by step, all of them a market's. */
export const bookedFills = (
  fills: ReadonlyMap<Step, readonly BookedFill[]>,
  through: Step,
): Booked => ({ through, at: (step) => fills.get(step) ?? [] });

function orderOf(fill: LoggedFill, { entries, positions }: Standing): DecidedOrder {
  const { symbol, what, reason, quantity, asked, phase, score } = fill;
  const isEntry = what === 'entry';
  const entry = isEntry ? entries.find((one) => one.symbol === symbol) : undefined;
  const isHeld = positions.some((one) => one.symbol === symbol && one.side === fill.side);
  return {
    symbol,
    purpose: isEntry ? (isHeld ? 'resize' : 'enter') : reason === 'rebalance' ? 'resize' : 'leave',
    side: isEntry ? fill.side : fill.side > 0 ? -1 : 1,
    quantity,
    price: asked,
    at: phase,
    limit: entry?.limit ?? Number.NaN,
    stop: entry?.stop ?? Number.NaN,
    firstStop: fill.stop,
    firstTarget: fill.target,
    reason: isEntry ? null : reason,
    signalRow: fill.signalRow - symbol,
    score,
  };
}

const ungrown = ({ entries, positions }: Standing): Standing => {
  const back = <Of extends { readonly symbol: number; readonly signalRow: Row }>(one: Of): Of => ({
    ...one,
    signalRow: one.signalRow - one.symbol,
  });
  return { entries: entries.map(back), positions: positions.map(back) };
};
