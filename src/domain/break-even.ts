import { allCosts } from './metrics/outsample/costs.ts';
import { noCosts } from './costs-presets.ts';
import type { Trades } from './run.ts';
import type { Settings } from './study/schema.ts';
import type { TrialResult } from './trial.ts';

/** Where a run's edge dies, by what trading costs and by how late it comes; measured by total return, a ratio. */
export interface BreakEven {
  readonly costs: CostDial;
  readonly delay: DelayDial;
}

/** All costs of the study replaced by so many bps of every fill's value, interest and borrow fees by none. */
export interface CostDial {
  readonly bps: readonly number[];
  /** null where there is none. */
  readonly totalReturn: readonly (number | null)[];
  /** The fewest bps, to 0.1, that leave no profit; null with a reason. */
  readonly diesAt: number | null;
  readonly reason: string | null;
  /** The run's own costs in bps of its turnover; null where it had none, or where its costs are inside its prices. */
  readonly paid: number | null;
}

/** The study at its own costs, every signal so many bars late. */
export interface DelayDial {
  readonly bars: readonly number[];
  readonly totalReturn: readonly (number | null)[];
  /** The shortest delay that leaves no profit; null with a reason. */
  readonly diesAt: number | null;
  readonly reason: string | null;
}

const grid = [0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200];
/** Tried where 200 bps leave a profit. */
const further = [300, 400, 500, 750, 1000, 1500, 2000];
const finest = 0.1;
const delays = Array.from({ length: 21 }, (_, bars) => bars);

/** At most so many trials: two grids and the halving of the widest gap, 500 bps. */
export const mostTrials = grid.length + delays.length + further.length + 13;

/**
 * Yields the settings to try, is sent their results in order, and returns what they say. Where the return crosses
 * zero several times, the first crossing counts.
 */
export function* breakEven(
  settings: Settings,
  trades: Trades,
): Generator<readonly Settings[], BreakEven, readonly TrialResult[]> {
  const first = yield [
    ...grid.map((bps) => atCosts(settings, bps)),
    ...delays.map((bars) => atDelay(settings, bars)),
  ];
  const late = first.slice(grid.length);
  const costs = {
    bps: [...grid],
    totalReturn: first.slice(0, grid.length).map(({ totalReturn }) => totalReturn),
  };
  if (costs.totalReturn.every(isProfit)) {
    const more = yield further.map((bps) => atCosts(settings, bps));
    const end = more.findIndex(({ totalReturn }) => !isProfit(totalReturn));
    const shown = end < 0 ? further.length : end + 1;
    costs.bps.push(...further.slice(0, shown));
    costs.totalReturn.push(...more.slice(0, shown).map(({ totalReturn }) => totalReturn));
  }
  const dead = costs.totalReturn.findIndex((value) => !isProfit(value));
  let diesAt = dead > 0 ? costs.bps[dead]! : null;
  if (diesAt !== null) {
    let alive = costs.bps[dead - 1]!;
    while (diesAt - alive > finest) {
      const bps: number = (alive + diesAt) / 2;
      const [found] = yield [atCosts(settings, bps)];
      const isAlive = isProfit(found!.totalReturn);
      // What was found on the way is drawn too, so that the curve falls to zero where the edge dies.
      const place = costs.bps.indexOf(isAlive ? diesAt : alive) + (isAlive ? 0 : 1);
      costs.bps.splice(place, 0, bps);
      costs.totalReturn.splice(place, 0, found!.totalReturn);
      if (isAlive) alive = bps;
      else diesAt = bps;
    }
  }
  return {
    costs: {
      ...costs,
      diesAt,
      reason: reasonFor(first[0]!, dead, 'without any costs', `${costs.bps.at(-1)!} bps`),
      paid: paidBps(settings, trades),
    },
    delay: delayDial(late),
  };
}

function delayDial(results: readonly TrialResult[]): DelayDial {
  const totalReturn = results.map((result) => result.totalReturn);
  const dead = totalReturn.findIndex((value) => !isProfit(value));
  return {
    bars: delays,
    totalReturn,
    diesAt: dead > 0 ? delays[dead]! : null,
    reason: reasonFor(results[0]!, dead, 'without any delay', `${delays.at(-1)!} bars`),
  };
}

const isProfit = (totalReturn: number | null): boolean => totalReturn !== null && totalReturn > 0;

/** Why there is no point at which the edge dies; `dead` is the first value tried that leaves no profit, −1 for none. */
function reasonFor(atZero: TrialResult, dead: number, bare: string, most: string): string | null {
  if (atZero.trades === 0) return 'There are no trades.';
  if (dead === 0) return `There is no profit even ${bare}.`;
  return dead < 0 ? `There is a profit even at ${most}, the most that is tried.` : null;
}

function atCosts(settings: Settings, commissionBps: number): Settings {
  return {
    ...settings,
    costs: { ...noCosts, booking: 'apart', commissionBps },
  };
}

const atDelay = (settings: Settings, delay: number): Settings => ({
  ...settings,
  execution: { ...settings.execution, delay },
});

/** Costs ÷ value of all entry and exit fills. */
function paidBps({ costs }: Settings, trades: Trades): number | null {
  if (costs.booking === 'in-price') return null;
  let turnover = 0;
  for (let i = 0; i < trades.length; i++) {
    const exit = trades.reason[i]! < 0 ? 0 : trades.exitPrice[i]!;
    turnover += trades.quantity[i]! * (trades.entryPrice[i]! + exit);
  }
  return turnover > 0 ? (allCosts(trades) / turnover) * 10_000 : null;
}
