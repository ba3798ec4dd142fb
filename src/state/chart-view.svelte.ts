import { untrack } from 'svelte';
import type { RunResult } from '../wire/lab.ts';
import type { Days, Step } from '../domain/units.ts';
import { type Times, stepWord, timesOf } from '../present/times.ts';
import {
  type RangeName,
  type Span,
  about,
  including,
  panned,
  rangeNames,
  rangeOf,
  shortRangeNames,
  zoomed,
} from '../present/timeline/ranges.ts';

export const moneyScales = ['money', 'log', 'percent'] as const;
export type MoneyScale = (typeof moneyScales)[number];

interface Reading {
  readonly label: string;
  readonly words: string;
}
type Reader = (session: Step) => readonly Reading[];

/** How equity is drawn; it stays from run to run. */
class ChartOptions {
  scale = $state<MoneyScale>('money');
  compare = $state(true);
  pins = $state(true);
}
export const chartOptions = new ChartOptions();

/** What all charts of one run share: which sessions they show, where the crosshair is, which trade is looked at. */
export class ChartView {
  readonly times: Times;
  readonly end: Step;
  span = $state.raw<Span>([0, 0]);
  /** The range that the span is, until it is changed by hand. */
  range = $state<RangeName | null>('All');
  /** Whether figures and trades are those of the sessions that are shown. */
  narrowed = $state(false);
  /** Where the crosshair is; null while there is none. */
  at = $state<Step | null>(null);
  /** The session that is read out without one, where it is shown. */
  resting = $state<Step>(Infinity);
  /** What each group of panes reads out at a session, by the group's label. */
  #readers = $state.raw<ReadonlyMap<string, Reader>>(new Map());
  /** The number of the trade that is looked at, from 0. */
  trade = $state<number | null>(null);

  constructor(times: Times, before: ChartView | null) {
    this.times = times;
    const { days } = this;
    this.end = Math.max(days.length - 1, 0);
    const same =
      before?.end === this.end && before.days[0] === days[0] && before.days.at(-1) === days.at(-1);
    this.span = same ? before.span : [0, this.end];
    this.range = same ? before.range : 'All';
  }

  get days(): Days {
    return this.times.day;
  }

  /** What its steps are called: where there are several a session they are bars. */
  get steps(): 'session' | 'bar' {
    return this.times.at === undefined ? 'session' : 'bar';
  }

  get ranges(): readonly RangeName[] {
    return this.times.at === undefined ? rangeNames : shortRangeNames;
  }

  /** The date of a step, or its date and time. */
  word(step: Step): string {
    return stepWord(this.times, step);
  }

  /** The session that is read out: where the crosshair is or rests, or the last that is shown. */
  get read(): Step {
    return this.at ?? Math.min(Math.floor(this.span[1]), this.end, this.resting);
  }

  /** Whole sessions that are shown, first and last. */
  get shown(): Span {
    return [Math.max(Math.ceil(this.span[0]), 0), Math.min(Math.floor(this.span[1]), this.end)];
  }

  /** Everything that is to be read out at a session. */
  readings(session: Step): readonly Reading[] {
    return [...this.#readers.values()].flatMap((read) => read(session));
  }

  /** Lets a group of panes be read out with the others, in the order in which they came; null when it has gone. */
  register(label: string, read: Reader | null): void {
    const readers = new Map(untrack(() => this.#readers));
    if (read === null) readers.delete(label);
    else readers.set(label, read);
    this.#readers = readers;
  }

  choose(range: RangeName): void {
    this.span = rangeOf(range, this.days);
    this.range = range;
  }

  show(span: Span): void {
    this.range = null;
    this.span = span;
  }

  /** Parts of the width below 1 zoom in; about the crosshair, else about the middle. */
  zoom(factor: number, around = this.at ?? (this.span[0] + this.span[1]) / 2): void {
    this.show(zoomed(this.span, factor, around, this.end));
  }

  pan(by: number): void {
    this.show(panned(this.span, by, this.end));
  }

  /** Puts the crosshair on a session, and the session into view. */
  point(at: Step): void {
    this.at = Math.min(Math.max(at, 0), this.end);
    const span = including(this.span, this.at, this.end);
    if (span[0] !== this.span[0]) this.show(span);
  }

  /** Looks at a trade between two sessions, with some bars before and after it. */
  lookAt(trade: number, entry: Step, exit: Step): void {
    this.trade = trade;
    this.at = null;
    this.show(about(entry, exit, 20, this.end));
  }
}

const views = new WeakMap<RunResult, ChartView>();
let last: ChartView | null = null;

/** The view of a run's charts; a run over the same sessions begins where the one before was left. */
export function viewOf(result: RunResult): ChartView {
  const known = views.get(result);
  if (known !== undefined) return known;
  last = new ChartView(timesOf(result), last);
  views.set(result, last);
  return last;
}
