import { AccountRun } from '../execution/account-run.ts';
import { emptyEquity } from '../execution/output.ts';
import type { Phase } from '../execution/dealer.ts';
import { FillLog } from '../execution/fill-log.ts';
import { settingOf } from '../execution/setting.ts';
import { TradeLog } from '../execution/trade-log.ts';
import type { DatedTrades, FilledSimulation, OrderCounts } from '../run.ts';
import type { ChartPart } from '../strategies/strategy.ts';
import type { Days, Instants, StepIndices } from '../units.ts';
import type { Known } from './decision.ts';
import { type EntryColumns, type PositionColumns, StandingLog } from './standing-columns.ts';

/** Where in its bar a fill is; a replay's `phase` is an index into this list. */
export const phases = ['open', 'inside', 'close'] as const satisfies readonly Phase[];

/** What becomes of signals and orders; `held` are signals whose symbol was held already. */
export const outcomes = [
  'signals',
  'held',
  'cooldown',
  'noAtr',
  'filled',
  'capped',
  'noSlot',
  'noPower',
  'tooSmall',
  'noVolume',
  'unmet',
  'expired',
  'outsideHours',
  'paused',
] as const satisfies readonly (keyof OrderCounts | 'held')[];
export type Outcome = (typeof outcomes)[number];

/** A paper account over all steps of a run: what stands after each close, and what each step did. */
export interface Replay extends Pick<FilledSimulation, 'trades' | 'fills' | 'equity' | 'alerts'> {
  /** By fill. */
  readonly phase: Int8Array;
  /** The step of each alert. */
  readonly alertStep: StepIndices;
  readonly positions: PositionColumns;
  readonly entries: EntryColumns;
  /** By step: how many signals and orders came to this in it. */
  readonly outcomes: Readonly<Record<Outcome, Int32Array>>;
}

/** A replay with what its strategy saw; NaN where that is unknown. */
export interface LiveReplay extends Replay {
  readonly trades: DatedTrades;
  /** At the bar whose close decided on each trade. */
  readonly seen: {
    readonly label: string;
    readonly threshold: number | null;
    readonly value: Float64Array;
    readonly parts: readonly (Omit<ChartPart, 'column'> & { readonly value: Float64Array })[];
  };
  /** Of entries that wait, by their place: the date of that bar, when it opens, and what was seen at it. */
  readonly waiting: {
    readonly day: Days;
    readonly opens?: Instants;
    readonly value: Float64Array;
  };
}

/**
 * One run over all steps that tells what `decide` answers at each of them: decisions know nothing of later bars, so that
 * it may be shown bar by bar. The account is the simulator's; payments and accounts of single symbols have none
 * (`liveSettings`).
 */
export function replayed({ market, signals, settings, steps }: Known): Replay {
  const { length } = steps.day;
  const equity = emptyEquity(steps);
  const log = new TradeLog(0, (market.contracts?.dividend ?? null) !== null);
  const fills = new PhasedLog();
  const run = new AccountRun(settingOf(market, signals, settings, steps), log, equity, fills);
  const standing = new StandingLog(market, steps);
  const changes = Object.fromEntries(
    outcomes.map((outcome) => [outcome, new Int32Array(length)]),
  ) as Record<Outcome, Int32Array>;
  const before = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  const alertStep: number[] = [];
  run.pass(length, (step) => {
    standing.add(step, run.standing());
    const { orders, held } = run;
    for (const outcome of outcomes) {
      const total = outcome === 'held' ? held : (orders[outcome] ?? 0);
      changes[outcome][step] = total - before[outcome];
      before[outcome] = total;
    }
    while (alertStep.length < run.alerts.length) alertStep.push(step);
  });
  run.finish();
  return {
    trades: log.trades(),
    fills: fills.fills(),
    phase: Int8Array.from(fills.phases),
    equity,
    alerts: run.alerts,
    alertStep: Int32Array.from(alertStep),
    positions: standing.positions(),
    entries: standing.entries(),
    outcomes: changes,
  };
}

/** Fills, and where in their bars they were. */
class PhasedLog extends FillLog {
  readonly phases: number[] = [];

  override add(...fill: Parameters<FillLog['add']>): void {
    super.add(...fill);
    this.phases.push(phases.indexOf(this.phase));
  }
}
