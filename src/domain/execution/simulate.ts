import { dayFromIso } from '../calendar.ts';
import {
  type Market,
  type Signals,
  type StepTimes,
  type Steps,
  stepTimes,
  stepsOf,
} from '../market.ts';
import type { FilledSimulation, Simulation } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import { simulateApart } from './apart.ts';
import { Common } from './common.ts';
import { FillLog } from './fill-log.ts';
import { perUnit } from './payments.ts';
import { simulatePlain } from './plain/accounts.ts';
import { isPlain } from './plain/gate.ts';
import { AccountRun } from './account-run.ts';
import { type Setting, settingOf } from './setting.ts';
import type { Day } from '../units.ts';

/**
 * Trades a study's signals over its range, session by session. What a session decides at its close acts from
 * the next bar on, or as the study's fill says; nothing reads a price that the order of one session hasn't reached
 * yet. Inputs are never written to. Rows of `signals` stand beside those of `market`, whose days rise strictly
 * within a symbol. `steps` are those of the study's range, and `common` is theirs; a caller that has them already
 * need not have them made again.
 */
export function simulate(
  market: Market,
  signals: Signals,
  settings: Settings,
  steps = rangeOf(market, settings),
  common = new Common(market, steps),
): Simulation {
  return simulated(settingOf(market, signals, settings, steps, common), null);
}

/** The same, with every single fill written down. */
export function simulateFills(
  market: Market,
  signals: Signals,
  settings: Settings,
  steps = rangeOf(market, settings),
): FilledSimulation {
  const fills = new FillLog();
  const simulation = simulated(settingOf(market, signals, settings, steps), fills);
  return { ...simulation, fills: fills.fills() };
}

const rangeOf = (market: Market, { range }: Settings): StepTimes =>
  stepTimes(market, ...edges(range));

function simulated(setting: Setting, fills: FillLog | null): Simulation {
  const { settings, signals } = setting;
  const { log, equity } = setting.common.outputFor(signals.side);
  if (isPlain(setting)) return simulatePlain(setting, log, equity, fills);
  if (settings.risk.accounts === 'per-symbol') return simulateApart(setting, log, equity, fills);
  const run = new AccountRun(setting, log, equity, fills);
  run.run();
  const { following, inside } = run;
  return {
    ...(following !== undefined && { following }),
    ...(inside !== undefined && { inside }),
    ...(fills !== null && { tooDear: [...(run.tooDear?.values() ?? [])] }),
    trades: log.trades(),
    equity: run.payments === null ? equity : perUnit(equity, run.payments),
    alerts: run.alerts,
    orders: run.orders,
    held: run.held,
    interest: run.interest,
    unfilledValue: run.unfilledValue,
  };
}

/** The sessions of a study's range. */
export const stepsOfRange = (market: Market, range: Settings['range']): Steps =>
  stepsOf(market, ...edges(range));

function edges({ from, to }: Settings['range']): [from: Day, to: Day] {
  return [from === null ? -Infinity : dayFromIso(from), to === null ? Infinity : dayFromIso(to)];
}
