import { stepsByOpen } from '../../../src/domain/execution/common.ts';
import { simulateFills, stepsOfRange } from '../../../src/domain/execution/simulate.ts';
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
  pointsOfDays,
  pointsOfSteps,
} from '../../../src/domain/validation/look-ahead-points.ts';
import {
  momentOfDay,
  momentOfInstant,
  settingsFor,
  wholeWorld,
  worldOf,
} from '../../../src/domain/validation/look-ahead-replays.ts';
import type { ReplayId, ReplayReport } from '../../../src/domain/validation/look-ahead.ts';
import {
  underWay,
  withOpens,
  withSilence,
} from '../../../src/domain/validation/look-ahead-under-way.ts';
import type { Dataset } from '../dataset.ts';
import { planOf } from '../signals.ts';
import { type MadeData, type WorldData, type Worlds, dataOf, dataOfDays } from './worlds.ts';

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

/** One world to replay the subject in: which kind, at which of the points. */
export interface Replay {
  readonly replay: ReplayId;
  readonly point: number;
}

export interface Replayed {
  readonly found: ReplayReport['found'];
  /** The curve could not be compared: with the future cut off, accounts are missing. */
  readonly leftOutCurve: boolean;
}

/** What a replayer is opened with: a study, its dataset, and the engine's tables of it as Arrow streams. */
export interface ReplayJob {
  readonly study: Study;
  readonly dataset: Dataset;
  readonly tables: Readonly<Record<string, Uint8Array>>;
}

/** What a worker with an engine of its own answers to; `open` comes first. */
export interface ReplayService {
  open(job: ReplayJob): Promise<void>;
  replay(task: Replay): Promise<Replayed>;
}

/** The subject that a study is over a dataset. */
export function subjectOfStudy(study: Study, dataset: Dataset): AuditSubject {
  const { market, given = market } = dataset;
  const plan = planOf(study, dataset);
  return { study, plan, market, simulate: simulateFills, data: dataOf(dataset), given };
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

/** A subject in the worlds of one engine, and its run with all data to compare with. */
export class Replays {
  /** With all data, by the settings that a replay asks for. */
  readonly #whole = new Map<ReplayId, Played>();
  /** Whether bars are under way when others are known, as those of two exchanges are. */
  readonly overlaps: boolean;
  /** Where the study can be replayed. */
  readonly points: Points;

  private constructor(
    readonly subject: AuditSubject,
    private readonly worlds: Worlds,
    private readonly signals: Signals,
  ) {
    const { study, market, given = market } = subject;
    this.overlaps = stepsByOpen(stepsOfRange(market, study.range)) !== null;
    this.points = pointsOf(given, study);
  }

  static async open(subject: AuditSubject, worlds: Worlds): Promise<Replays> {
    worlds.open(subject.made);
    await worlds.makeNoise(subject.given ?? subject.market, subject.study.seed);
    await worlds.enter(wholeWorld);
    return new Replays(subject, worlds, await worlds.signals(subject.study, subject.plan));
  }

  /** The run with all data, on the terms of a replay. */
  played(replay: ReplayId): Played {
    const known = this.#whole.get(replay);
    if (known !== undefined) return known;
    const { study, market, simulate } = this.subject;
    const signals = this.signals;
    const played = {
      market,
      signals,
      simulation: simulate(market, signals, settingsFor(replay, study, this.overlaps)),
    };
    this.#whole.set(replay, played);
    return played;
  }

  /** Replays the subject in one world, and compares what it knew by then. */
  async replay({ replay, point }: Replay): Promise<Replayed> {
    const { study, plan, market, simulate } = this.subject;
    const { worlds, points } = this;
    const session = points.day[point]!;
    const at = points.clock?.[replay === 'own-bar' ? 'opens' : 'known'][point];
    const moment =
      at === undefined
        ? momentOfDay(replay, session)
        : momentOfInstant(replay, at, timed(market), (this.subject.data ?? dataOfDays).frame);
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
    const settings = settingsFor(replay, study, this.overlaps);
    const played = { market: other, signals, simulation: simulate(other, signals, settings) };
    const curve = replay !== 'cut' || this.#sameAccounts(other);
    const { closed } = moment;
    const past = { closed, opened: replay === 'own-bar' ? moment.opened : -Infinity, curve };
    const difference = firstDifference(this.played(replay), played, past, settings.execution);
    if (difference === null) return { found: null, leftOutCurve: !curve };
    const names = Object.keys(plan.columns);
    const columns = await worlds.columns(study, plan, names);
    await worlds.enter(wholeWorld);
    const whole = { market, columns: await worlds.columns(study, plan, names) };
    const culprit = culpritOf(whole, { market: bars, columns }, closed);
    const found = { session, ...(at !== undefined && { at }), difference, culprit };
    return { found, leftOutCurve: !curve };
  }

  /** Accounts of their own bring their cash from the first session on: the sum hangs on who is listed later. */
  #sameAccounts(cut: Market): boolean {
    const { study, market } = this.subject;
    const accounts = (of: Market): number => symbolsIn(stepsOfRange(of, study.range), of).length;
    return study.risk.accounts === 'shared' || accounts(cut) === accounts(market);
  }
}
