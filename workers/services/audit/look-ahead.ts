import { LabError } from '../../../src/domain/errors.ts';
import { daysOnce } from '../../../src/domain/session-closes.ts';
import { featureOrder } from '../../../src/domain/features.ts';
import type { Known, ReplayAnswer, Source } from '../../../src/domain/shards/answers.ts';
import { type Part, jobsOf } from '../../../src/domain/shards/part.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import {
  choosePoints,
  pointsAt,
  pointsFor,
} from '../../../src/domain/validation/look-ahead-points.ts';
import { notApplicable } from '../../../src/domain/validation/look-ahead-replays.ts';
import {
  type LookAheadReport,
  type ReplayId,
  type ReplayReport,
  replays as titles,
} from '../../../src/domain/validation/look-ahead.ts';
import { sentenceOf } from '../../../src/present/look-ahead-sentences.ts';
import type { Row } from '../../../src/domain/units.ts';
import { type Engine, stopIfAborted } from '../../engines/engine.ts';
import type { Dataset } from '../dataset.ts';
import { inputsOf, stepsIn } from '../signals.ts';
import { type Replayer, type Replayers, noReplayers } from './replayers.ts';
import {
  type AuditSubject,
  type Replay,
  type Replayed,
  Replays,
  subjectOfStudy,
} from './replays.ts';
import { type WorldData, dataOfDays, withWorlds } from './worlds.ts';

export interface AuditContext {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly signal: AbortSignal;
  /** `ratio` runs from 0 to 1 over the whole call. */
  readonly onProgress: (label: string, ratio: number) => void;
  /** Replays that shards have done. */
  readonly known?: Known | undefined;
}

type Hire = (tasks: number) => Promise<readonly Replayer[]>;

const replayIds = Object.keys(titles) as ReplayId[];

/**
 * Replays a study from its bars, through the shipped SQL, in worlds whose future is cut off, is noise, or begins inside
 * the bar; says what that changed in the past, the same however many replayers share in it. Serve no other call of the lab
 * meanwhile.
 */
export async function auditLookAhead(
  study: Study,
  context: AuditContext,
  points?: number,
  replayers: Replayers = noReplayers,
): Promise<LookAheadReport> {
  const { dataset } = context;
  stepsIn(study, dataset); // Refuses a range without bars.
  const subject = subjectOfStudy(study, dataset);
  return auditSubject(
    points === undefined ? subject : { ...subject, points },
    context,
    hiring(study, context, replayers),
  );
}

interface ReplaysOfPart {
  /** Of all parts together. */
  readonly jobs: number;
  readonly answers: readonly ReplayAnswer[];
}

/** The replays of one part of an audit. */
export const replaysOfPart = (
  study: Study,
  part: Part,
  context: AuditContext,
  replayers: Replayers,
): Promise<ReplaysOfPart> =>
  partOfSubject(
    subjectOfStudy(study, context.dataset),
    part,
    context,
    hiring(study, context, replayers),
  );

const hiring =
  (study: Study, { dataset, engine, signal }: AuditContext, replayers: Replayers): Hire =>
  (tasks) =>
    replayers({ study, dataset, engine, tasks, signal });

/** The same of any subject, a demonstration's cheat among them. */
export function auditSubject(
  subject: AuditSubject,
  context: Omit<AuditContext, 'dataset'>,
  hire: Hire = noReplayers,
): Promise<LookAheadReport> {
  return inAudit(subject, context, (audit) => audit.report(context.onProgress, hire));
}

/** The same of one part of its replays. */
export const partOfSubject = (
  subject: AuditSubject,
  part: Part,
  context: Omit<AuditContext, 'dataset'>,
  hire: Hire = noReplayers,
): Promise<ReplaysOfPart> =>
  inAudit(subject, context, (audit) => audit.part(part, context.onProgress, hire));

const inAudit = <T>(
  subject: AuditSubject,
  { engine, signal, onProgress, known }: Omit<AuditContext, 'dataset'>,
  work: (audit: Audit) => Promise<T>,
): Promise<T> =>
  withWorlds(engine, signal, subject.data ?? dataOfDays, async (worlds) => {
    onProgress('Look-ahead audit: the study with all data', 0);
    return work(new Audit(await Replays.open(subject, worlds), signal, known));
  });

const quiet = ({ leftOutCurve }: ReplayAnswer): Replayed => ({ found: null, leftOutCurve });

const notFound = ({ file, replay, point }: ReplayAnswer & Source): LabError =>
  new LabError({
    kind: 'usage',
    problem: `This shard says that a replay changed the past (${titles[replay]}, point ${point + 1}); here it does not.`,
    remedy: 'It was made by a machine that computes otherwise: make it again elsewhere.',
    place: { file },
  });

/** One audit: the study with all data, and replay after replay to compare with it. */
class Audit {
  readonly #replays: Replays;
  readonly #signal: AbortSignal;
  readonly #known: Known | undefined;

  constructor(replays: Replays, signal: AbortSignal, known?: Known) {
    this.#replays = replays;
    this.#signal = signal;
    this.#known = known;
  }

  /** A part's replays; those that come after a find of their kind are left out. */
  async part(
    part: Part,
    onProgress: AuditContext['onProgress'],
    hire: Hire,
  ): Promise<ReplaysOfPart> {
    const tasks = this.#tasks(this.#chosen());
    const own = jobsOf(tasks.length, part).map((at) => tasks[at]!);
    const replayed = await this.#share(own, hire, (_, done) =>
      onProgress(`Look-ahead audit: replay ${done + 1} of ${own.length}`, done / own.length),
    );
    const answers = own.map((task, at): ReplayAnswer => {
      const one = replayed[at];
      return {
        ...task,
        found: one === undefined ? null : one.found !== null,
        leftOutCurve: one?.leftOutCurve ?? false,
      };
    });
    return { jobs: tasks.length, answers };
  }

  async report(onProgress: AuditContext['onProgress'], hire: Hire): Promise<LookAheadReport> {
    const chosen = this.#chosen();
    const { subject, points } = this.#replays;
    const { study } = subject;
    const last = points.day.length - 1;
    const tasks = this.#tasks(chosen);
    const replayed = await this.#share(tasks, hire, (at, done) => {
      const place = chosen.indexOf(tasks[at]!.point) + 1;
      const label = `Look-ahead audit: ${this.#unit} ${place} of ${chosen.length}`;
      onProgress(label, done / tasks.length);
    });
    onProgress('Look-ahead audit: done', 1);
    const reports = replayIds.map((replay): ReplayReport => {
      const own = replayed.filter((_, at) => tasks[at]!.replay === replay);
      const firstFound = own.findIndex((one) => one?.found);
      const facts = {
        replay,
        notApplicable: notApplicable(replay, study),
        unit: this.#unit,
        tried: firstFound < 0 ? own.length : firstFound + 1,
        of: replay === 'own-bar' ? last + 1 : last,
        exhaustive: chosen.length === last + 1,
        found: own[firstFound]?.found ?? null,
      };
      return { ...facts, text: sentenceOf(facts, this.#data.zone) };
    });
    const leftOutCurve = replayed.some((one) => one?.leftOutCurve);
    return {
      clean: reports.every((report) => report.found === null),
      replays: reports,
      notes: this.#notes(leftOutCurve),
    };
  }

  #tasks(chosen: Int32Array): readonly Replay[] {
    const { subject, points } = this.#replays;
    const last = points.day.length - 1;
    // After the last one there is no future to change.
    return Array.from(chosen).flatMap((point) =>
      replayIds
        .filter((replay) => replay === 'own-bar' || point !== last)
        .filter((replay) => notApplicable(replay, subject.study) === null)
        .map((replay) => ({ replay, point })),
    );
  }

  /**
   * Does the tasks, here and with the help of replayers, in order; after a kind of replay has found something, those of
   * it that come later are left out, and stay undefined. A replayer that fails is let go of, and its task done here. What
   * is known to have found nothing is not done; what is said to have found something is seen here.
   */
  async #share(
    tasks: readonly Replay[],
    hire: Hire,
    onTask: (at: number, done: number) => void,
  ): Promise<readonly (Replayed | undefined)[]> {
    const known = tasks.map((task) => this.#known?.replay(task));
    const replayed = known.map((one) => (one?.found === false ? quiet(one) : undefined));
    const left = Array.from(tasks.keys()).filter((at) => replayed[at] === undefined);
    const replayers = await hire(left.length);
    const foundAt: Partial<Record<ReplayId, number>> = {};
    let done = 0;
    const next = (): number | undefined => {
      while (left.length > 0) {
        const at = left.shift()!;
        if (at < (foundAt[tasks[at]!.replay] ?? Infinity)) return at;
      }
      return undefined;
    };
    const take = async (at: number, replay: (task: Replay) => Promise<Replayed>) => {
      stopIfAborted(this.#signal);
      onTask(at, done);
      const task = tasks[at]!;
      replayed[at] = await replay(task);
      done++;
      if (known[at]?.found === true && !replayed[at].found) throw notFound(known[at]);
      if (replayed[at].found) foundAt[task.replay] = Math.min(at, foundAt[task.replay] ?? Infinity);
    };
    const here = async (): Promise<void> => {
      for (let at = next(); at !== undefined; at = next())
        await take(at, (task) => this.#replays.replay(task));
    };
    const away = async (replayer: Replayer): Promise<void> => {
      for (let at = next(); at !== undefined; at = next()) {
        try {
          await take(at, (task) => replayer.replay(task));
        } catch {
          left.unshift(at);
          return;
        }
      }
    };
    try {
      const helped = replayers.map((one) =>
        one.opened.then(() => away(one)).catch(() => undefined),
      );
      await here();
      await Promise.all(helped);
      await here(); // What a replayer has given back.
    } finally {
      for (const one of replayers) one.end();
    }
    return tasks.map((task, at) =>
      at <= (foundAt[task.replay] ?? Infinity) ? replayed[at] : undefined,
    );
  }

  get #data(): WorldData {
    return this.#replays.subject.data ?? dataOfDays;
  }

  get #unit(): ReplayReport['unit'] {
    return this.#data.zone === null ? 'session' : 'step';
  }

  /** The points that are tried. */
  #chosen(): Int32Array {
    const { study, plan, market, given = market } = this.#replays.subject;
    const { points } = this.#replays;
    const most =
      this.#replays.subject.points ??
      pointsFor({
        bars: given.day.length,
        symbols: market.symbols.length,
        features: featureOrder(Object.values(inputsOf(study, plan))).length,
        sessions: daysOnce(points.day).length,
        hasMacro: plan.sessions !== null,
      });
    const { trades, fills } = this.#replays.played('cut').simulation;
    const acting: Row[] = Array.from(fills?.row ?? []);
    for (let i = 0; i < trades.length; i++)
      for (const row of [trades.signalRow[i]!, trades.entryRow[i]!, trades.exitRow[i]!])
        if (row >= 0) acting.push(row);
    return choosePoints(
      points.day.length,
      pointsAt(acting, market, points),
      most,
      study.seed,
      points.edges,
    );
  }

  #notes(leftOutCurve: boolean): string[] {
    const { execution, costs, risk } = this.#replays.subject.study;
    const notes = [
      'Every replay computes features and signals from the bars anew, by the same SQL as the run. Signals, fills and the curve are compared bit by bit.',
    ];
    if (this.#data.zone !== null) notes.push(`Times in ${this.#data.zone}.`);
    if (this.#replays.overlaps)
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
    if (this.#replays.subject.plan.weights !== undefined)
      notes.push(
        'Weights are compared at every bar, and every fill of a rebalance with its quantity, price and costs. That a period is over, its next session’s date says, at whose open such a rebalance fills.',
      );
    if (risk.accounts === 'per-symbol' && leftOutCurve)
      notes.push(
        'With the future cut off, symbols listed later bring no account: the curve is left out of the comparison until all are listed.',
      );
    return notes;
  }
}
