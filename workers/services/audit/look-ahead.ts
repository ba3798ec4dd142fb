import { sessionDays } from '../../../src/domain/session-closes.ts';
import { stepsOfRange, simulateFills } from '../../../src/domain/execution/simulate.ts';
import { featureOrder } from '../../../src/domain/features.ts';
import { type Market, type Signals, stepTimes, symbolsIn } from '../../../src/domain/market.ts';
import type { Simulation } from '../../../src/domain/run.ts';
import type { SignalPlan } from '../../../src/domain/strategies/strategy.ts';
import type { Settings } from '../../../src/domain/study/schema.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import {
  type Played,
  culpritOf,
  firstDifference,
} from '../../../src/domain/validation/look-ahead-differences.ts';
import { knownListings } from '../../../src/domain/validation/look-ahead-noise.ts';
import { choosePoints, pointsFor } from '../../../src/domain/validation/look-ahead-points.ts';
import {
  notApplicable,
  settingsFor,
  wholeWorld,
  worldOf,
} from '../../../src/domain/validation/look-ahead-replays.ts';
import {
  type LookAheadReport,
  type ReplayId,
  type ReplayReport,
  replays,
  sentenceOf,
} from '../../../src/domain/validation/look-ahead.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import type { Dataset } from '../dataset.ts';
import { inputsOf, planOf, stepsIn } from '../signals.ts';
import { type MadeData, Worlds, type WorldData, dataOf, dataOfDays, withWorlds } from './worlds.ts';
import type { Day } from '../../../src/domain/units.ts';

export interface AuditContext {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly signal: AbortSignal;
  /** `ratio` runs from 0 to 1 over the whole call. */
  readonly onProgress: (label: string, ratio: number) => void;
}

/** Trades signals over a market: the domain's own simulation, or a cheat around it. */
export type Simulate = (market: Market, signals: Signals, settings: Settings) => Simulation;

/** What is audited: a study, what its strategy says, how it trades, on what. */
export interface AuditSubject {
  readonly study: Study;
  readonly plan: SignalPlan;
  readonly market: Market;
  readonly simulate: Simulate;
  /** The market's rows and series where they are not the imported ones. */
  readonly made?: MadeData;
  /** What worlds have to know of the dataset; bars dated by days where it is not given. */
  readonly data?: WorldData;
  /** The bars of the data, where the market's are made of them. */
  readonly given?: Market;
  /** Sessions to try, of each replay; without it as many as a fixed budget allows. */
  readonly points?: number;
}

const replayIds = Object.keys(replays) as ReplayId[];

/**
 * Replays a study from its bars, through the shipped SQL, in worlds whose future is cut off, is noise, or begins inside
 * the bar; says what that changed in the past. Serve no other call of the lab meanwhile.
 */
export async function auditLookAhead(
  study: Study,
  context: AuditContext,
  points?: number,
): Promise<LookAheadReport> {
  const { dataset } = context;
  stepsIn(study, dataset); // Refuses a range without bars.
  const plan = planOf(study, dataset);
  const subject = {
    study,
    plan,
    market: dataset.market,
    simulate: simulateFills,
    data: dataOf(dataset),
    given: dataset.given ?? dataset.market,
  };
  return auditSubject(points === undefined ? subject : { ...subject, points }, context);
}

/** The same of any subject, a demonstration's cheat among them. */
export function auditSubject(
  subject: AuditSubject,
  { engine, signal, onProgress }: Omit<AuditContext, 'dataset'>,
): Promise<LookAheadReport> {
  return withWorlds(engine, signal, subject.data ?? dataOfDays, async (worlds) => {
    onProgress('Look-ahead audit: the study with all data', 0);
    worlds.open(subject.made);
    await worlds.makeNoise(subject.given ?? subject.market, subject.study.seed);
    await worlds.enter(wholeWorld);
    const signals = await worlds.signals(subject.study, subject.plan);
    return new Audit(subject, worlds, signals).report(onProgress);
  });
}

/** Calendars are known beforehand: a world has those of the whole. */
function withHoursOf({ clock: whole }: Market, market: Market): Market {
  if (market.clock === undefined || whole === undefined) return market;
  return { ...market, clock: { ...whole, ...market.clock } };
}

/** One audit: the study with all data, and replay after replay to compare with it. */
class Audit {
  readonly #subject: AuditSubject;
  readonly #worlds: Worlds;
  readonly #signals: Signals;
  /** With all data, by the settings that a replay asks for. */
  readonly #whole = new Map<ReplayId, Played>();
  #leftOutCurve = false;

  constructor(subject: AuditSubject, worlds: Worlds, signals: Signals) {
    this.#subject = subject;
    this.#worlds = worlds;
    this.#signals = signals;
  }

  async report(onProgress: AuditContext['onProgress']): Promise<LookAheadReport> {
    const { settings, days, chosen } = this.#plan();
    const found: Partial<Record<ReplayId, ReplayReport['found']>> = {};
    const tried: Record<ReplayId, number> = { cut: 0, noise: 0, 'own-bar': 0 };
    for (const [i, day] of chosen.entries()) {
      for (const replay of replayIds) {
        // After the last session there is no future to change.
        const nothing = replay !== 'own-bar' && day === days.at(-1);
        if (nothing || found[replay] || this.#notApplicable(replay, settings) !== null) continue;
        stopIfAborted(this.#worlds.signal);
        onProgress(`Look-ahead audit: session ${i + 1} of ${chosen.length}`, i / chosen.length);
        tried[replay]++;
        found[replay] = await this.#replay(replay, day);
      }
    }
    onProgress('Look-ahead audit: done', 1);
    const reports = replayIds.map((replay): ReplayReport => {
      const of = replay === 'own-bar' ? days.length : days.length - 1;
      const facts = {
        replay,
        notApplicable: this.#notApplicable(replay, settings),
        tried: tried[replay],
        of,
        exhaustive: chosen.length === days.length,
        found: found[replay] ?? null,
      };
      return { ...facts, text: sentenceOf(facts) };
    });
    return {
      clean: reports.every((report) => report.found === null),
      replays: reports,
      notes: this.#notes(),
    };
  }

  #notApplicable(replay: ReplayId, settings: Settings): string | null {
    const inside = replay === 'own-bar' && this.#subject.market.clock !== undefined;
    return inside
      ? 'the bars have times, of which a session may have several'
      : notApplicable(replay, settings);
  }

  /** The sessions, and those that are tried. */
  #plan() {
    const { study, plan, market, points } = this.#subject;
    const sessions = sessionDays(stepsOfRange(market, study.range));
    // A study that begins later is warmed by earlier bars: the single-bar case is the data's first day.
    const first = stepTimes(market, -Infinity, sessions[0] ?? Infinity).day[0];
    const days =
      first === undefined || first === sessions[0]
        ? sessions
        : Int32Array.from([first, ...sessions]);
    const most =
      points ??
      pointsFor({
        bars: market.day.length,
        symbols: market.symbols.length,
        features: featureOrder(Object.values(inputsOf(study, plan))).length,
        sessions: sessions.length,
        hasMacro: plan.sessions !== null,
      });
    const { trades, fills } = this.#played('cut').simulation;
    const acting: Day[] = Array.from(fills?.row ?? [], (row) => market.day[row]!);
    for (let i = 0; i < trades.length; i++)
      for (const row of [trades.signalRow[i]!, trades.entryRow[i]!, trades.exitRow[i]!])
        if (row >= 0) acting.push(market.day[row]!);
    return { settings: study, days, chosen: choosePoints(days, acting, most, study.seed) };
  }

  /** The run with all data, on the terms of a replay. */
  #played(replay: ReplayId): Played {
    const known = this.#whole.get(replay);
    if (known !== undefined) return known;
    const { study, market, simulate } = this.#subject;
    const signals = this.#signals;
    const played = {
      market,
      signals,
      simulation: simulate(market, signals, settingsFor(replay, study)),
    };
    this.#whole.set(replay, played);
    return played;
  }

  async #replay(replay: ReplayId, day: Day): Promise<ReplayReport['found']> {
    const { study, plan, market, simulate } = this.#subject;
    const worlds = this.#worlds;
    await worlds.enter(worldOf(replay, day));
    const bars = withHoursOf(market, await worlds.market(market.symbols));
    const { listings } = market;
    const seed = replay === 'cut' ? null : study.seed;
    const other =
      listings === undefined ? bars : { ...bars, listings: knownListings(listings, day, seed) };
    const signals = await worlds.signals(study, plan);
    const settings = settingsFor(replay, study);
    const played = { market: other, signals, simulation: simulate(other, signals, settings) };
    const atOpen = replay === 'own-bar';
    const curve = replay !== 'cut' || this.#sameAccounts(other);
    if (!curve) this.#leftOutCurve = true;
    const past = { day, atOpen, curve };
    const difference = firstDifference(this.#played(replay), played, past, settings.execution);
    if (difference === null) return null;
    const names = Object.keys(plan.columns);
    const columns = await worlds.columns(study, plan, names);
    await worlds.enter(wholeWorld);
    const whole = { market, columns: await worlds.columns(study, plan, names) };
    const culprit = culpritOf(whole, { market: other, columns }, atOpen ? day - 1 : day);
    return { session: day, difference, culprit };
  }

  /** Accounts of their own bring their cash from the first session on: the sum hangs on who is listed later. */
  #sameAccounts(cut: Market): boolean {
    const { study, market } = this.#subject;
    const accounts = (of: Market): number => symbolsIn(stepsOfRange(of, study.range), of).length;
    return study.risk.accounts === 'shared' || accounts(cut) === accounts(market);
  }

  #notes(): string[] {
    const { execution, costs, risk } = this.#subject.study;
    const notes = [
      'Every replay computes features and signals from the bars anew, by the same SQL as the run. Signals, fills and the curve are compared bit by bit.',
    ];
    if (execution.endOfData !== 'mark')
      notes.push(
        'Positions open at the end are marked on both sides: where data end is nobody’s decision.',
      );
    if (
      execution.maximumParticipation !== null ||
      costs.booking !== 'apart' ||
      costs.tiers !== 'off'
    )
      notes.push(
        'For the bar’s own replacement, both sides are simulated without the cap by the fill bar’s volume, with costs booked apart and without commission tiers: what volume gives is a limit of the market, no knowledge.',
      );
    if (execution.unfilled === 'carry' || execution.fill === 'prior-close')
      notes.push(
        'Entries that fill in parts, or are dated back, are compared once they are complete; the curve tells the rest.',
      );
    if (this.#subject.plan.weights !== undefined)
      notes.push(
        'Weights are compared at every bar, and every fill of a rebalance with its quantity, price and costs. That a period is over, its next session’s date says, at whose open such a rebalance fills.',
      );
    if (risk.accounts === 'per-symbol' && this.#leftOutCurve)
      notes.push(
        'With the future cut off, symbols listed later bring no account: the curve is left out of the comparison until all are listed.',
      );
    return notes;
  }
}
