import { daysOnce } from '../../../src/domain/session-closes.ts';
import { stepsByOpen } from '../../../src/domain/execution/setting.ts';
import { stepsOfRange, simulateFills } from '../../../src/domain/execution/simulate.ts';
import { featureOrder } from '../../../src/domain/features.ts';
import {
  type Clock,
  type Market,
  type Signals,
  stepTimes,
  symbolsIn,
} from '../../../src/domain/market.ts';
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
import {
  type Points,
  choosePoints,
  pointsAt,
  pointsFor,
  pointsOfDays,
  pointsOfSteps,
} from '../../../src/domain/validation/look-ahead-points.ts';
import {
  momentOfDay,
  momentOfInstant,
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
} from '../../../src/domain/validation/look-ahead.ts';
import {
  underWay,
  withOpens,
  withSilence,
} from '../../../src/domain/validation/look-ahead-under-way.ts';
import { sentenceOf } from '../../../src/present/look-ahead-sentences.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import type { Dataset } from '../dataset.ts';
import { inputsOf, planOf, stepsIn } from '../signals.ts';
import { type MadeData, Worlds, type WorldData, dataOf, dataOfDays, withWorlds } from './worlds.ts';
import type { Row } from '../../../src/domain/units.ts';

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
  /** Points to try, of each replay; without it as many as a fixed budget allows. */
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

const timed = (market: Market): Market & { readonly clock: Clock } => {
  if (market.clock === undefined) throw new RangeError('Bars dated by days have no instants.');
  return { ...market, clock: market.clock };
};

/**
 * Sessions, or steps of the given bars. A study that begins later is warmed by earlier bars: the single-bar case is the
 * data's first one.
 */
function pointsOf(given: Market, { range }: Study): Points {
  const steps = stepsOfRange(given, range);
  const before = stepTimes(given, -Infinity, steps.day[0] ?? Infinity);
  if (steps.clock === undefined || before.clock === undefined) {
    const first = before.day[0];
    const isIn = first === undefined || first === steps.day[0];
    return pointsOfDays(isIn ? steps.day : Int32Array.from([first, ...steps.day]));
  }
  if (before.number[0] === steps.number[0]) return pointsOfSteps(steps.day, steps.clock);
  const joined = (name: 'opens' | 'known'): Float64Array =>
    Float64Array.from([before.clock![name][0]!, ...steps.clock![name]]);
  return pointsOfSteps(Int32Array.from([before.day[0]!, ...steps.day]), {
    opens: joined('opens'),
    known: joined('known'),
  });
}

/** One audit: the study with all data, and replay after replay to compare with it. */
class Audit {
  readonly #subject: AuditSubject;
  readonly #worlds: Worlds;
  readonly #signals: Signals;
  /** With all data, by the settings that a replay asks for. */
  readonly #whole = new Map<ReplayId, Played>();
  /** Whether bars are under way when others are known, as those of two exchanges are. */
  readonly #overlaps: boolean;
  #leftOutCurve = false;

  constructor(subject: AuditSubject, worlds: Worlds, signals: Signals) {
    this.#overlaps = stepsByOpen(stepsOfRange(subject.market, subject.study.range)) !== null;
    this.#subject = subject;
    this.#worlds = worlds;
    this.#signals = signals;
  }

  async report(onProgress: AuditContext['onProgress']): Promise<LookAheadReport> {
    const { points, chosen } = this.#plan();
    const last = points.day.length - 1;
    const found: Partial<Record<ReplayId, ReplayReport['found']>> = {};
    const tried: Record<ReplayId, number> = { cut: 0, noise: 0, 'own-bar': 0 };
    const { study } = this.#subject;
    for (const [i, point] of chosen.entries()) {
      for (const replay of replayIds) {
        // After the last one there is no future to change.
        const nothing = replay !== 'own-bar' && point === last;
        if (nothing || found[replay] || notApplicable(replay, study) !== null) continue;
        stopIfAborted(this.#worlds.signal);
        const label = `Look-ahead audit: ${this.#unit} ${i + 1} of ${chosen.length}`;
        onProgress(label, i / chosen.length);
        tried[replay]++;
        found[replay] = await this.#replay(replay, points, point);
      }
    }
    onProgress('Look-ahead audit: done', 1);
    const reports = replayIds.map((replay): ReplayReport => {
      const facts = {
        replay,
        notApplicable: notApplicable(replay, study),
        unit: this.#unit,
        tried: tried[replay],
        of: replay === 'own-bar' ? last + 1 : last,
        exhaustive: chosen.length === last + 1,
        found: found[replay] ?? null,
      };
      return { ...facts, text: sentenceOf(facts, this.#data.zone) };
    });
    return {
      clean: reports.every((report) => report.found === null),
      replays: reports,
      notes: this.#notes(),
    };
  }

  get #data(): WorldData {
    return this.#subject.data ?? dataOfDays;
  }

  get #unit(): ReplayReport['unit'] {
    return this.#data.zone === null ? 'session' : 'step';
  }

  /** Where the study can be replayed, and the points that are tried. */
  #plan() {
    const { study, plan, market, given = market } = this.#subject;
    const points = pointsOf(given, study);
    const most =
      this.#subject.points ??
      pointsFor({
        bars: given.day.length,
        symbols: market.symbols.length,
        features: featureOrder(Object.values(inputsOf(study, plan))).length,
        sessions: daysOnce(points.day).length,
        hasMacro: plan.sessions !== null,
      });
    const { trades, fills } = this.#played('cut').simulation;
    const acting: Row[] = Array.from(fills?.row ?? []);
    for (let i = 0; i < trades.length; i++)
      for (const row of [trades.signalRow[i]!, trades.entryRow[i]!, trades.exitRow[i]!])
        if (row >= 0) acting.push(row);
    const chosen = choosePoints(
      points.day.length,
      pointsAt(acting, market, points),
      most,
      study.seed,
      points.edges,
    );
    return { points, chosen };
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
      simulation: simulate(market, signals, settingsFor(replay, study, this.#overlaps)),
    };
    this.#whole.set(replay, played);
    return played;
  }

  async #replay(replay: ReplayId, points: Points, point: number): Promise<ReplayReport['found']> {
    const { study, plan, market, simulate } = this.#subject;
    const worlds = this.#worlds;
    const session = points.day[point]!;
    const at = points.clock?.[replay === 'own-bar' ? 'opens' : 'known'][point];
    const moment =
      at === undefined
        ? momentOfDay(replay, session)
        : momentOfInstant(replay, at, timed(market), this.#data.frame);
    await worlds.enter(worldOf(replay, moment));
    const { listings } = market;
    const seed = replay === 'cut' ? null : study.seed;
    const bars = await worlds.bars(market.symbols);
    const opened = replay === 'cut' ? underWay(bars, market, moment) : null;
    const dealt = opened === null ? bars : withOpens(bars, timed(market), opened);
    const other = {
      ...withHoursOf(market, await worlds.withTerms(dealt)),
      ...(listings && { listings: knownListings(listings, moment.universeDay, seed) }),
    };
    const said = await worlds.signals(study, plan);
    const signals = opened === null ? said : withSilence(said, opened);
    const settings = settingsFor(replay, study, this.#overlaps);
    const played = { market: other, signals, simulation: simulate(other, signals, settings) };
    const curve = replay !== 'cut' || this.#sameAccounts(other);
    if (!curve) this.#leftOutCurve = true;
    const { closed } = moment;
    const past = { closed, opened: replay === 'own-bar' ? moment.opened : -Infinity, curve };
    const difference = firstDifference(this.#played(replay), played, past, settings.execution);
    if (difference === null) return null;
    const names = Object.keys(plan.columns);
    const columns = await worlds.columns(study, plan, names);
    await worlds.enter(wholeWorld);
    const whole = { market, columns: await worlds.columns(study, plan, names) };
    const culprit = culpritOf(whole, { market: bars, columns }, closed);
    return { session, ...(at !== undefined && { at }), difference, culprit };
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
    if (this.#data.zone !== null) notes.push(`Times in ${this.#data.zone}.`);
    if (this.#overlaps)
      notes.push(
        'Where some bars are under way when others are known, their opens are kept, for they bind cash; both sides are simulated without the cap by the fill bar’s volume.',
      );
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
