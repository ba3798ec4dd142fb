import type { LiveReplay } from '../domain/live/replay.ts';
import { ReplayIndex } from '../domain/live/replay-index.ts';
import type { OutcomeFan } from '../domain/live/outcome-fan.ts';
import { firstFrom } from '../domain/rising.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Found } from '../domain/validation/statistics/found.ts';
import type { Day, Step } from '../domain/units.ts';
import { errorData } from '../wire/errors.ts';
import type { RunResult } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';

/** Bars a second, or as fast as bars come. */
export const paces = ['1', '5', '20', 'real'] as const;
export type Pace = (typeof paces)[number];

const first = { phase: 'simulation', label: 'Starting', ratio: 0 } as const;
/** So many sessions before the end a replay begins, unless it is told. */
const usual = 60;

/** Milliseconds from one bar to the next: in real time the length of bars within a session, or a minute. */
export function pauseOf(pace: Pace, clock: BarClock | undefined): number {
  if (pace !== 'real') return 1000 / Number(pace);
  return clock !== undefined && clock.seconds < 86_400 ? clock.seconds * 1000 : 60_000;
}

/** A replay of the last run on paper: where it began, where it stands, and whether it plays. */
export class ReplayState {
  readonly task = new Task();
  replay = $state.raw<LiveReplay | null>(null);
  index = $state.raw<ReplayIndex | null>(null);
  /** How equity could go on from the start, or why that cannot be told; null until it is known. */
  fan = $state.raw<Found<OutcomeFan> | null>(null);
  /** The step that it began with, the one that is shown, and the last. */
  start = $state<Step>(0);
  at = $state<Step>(0);
  readonly end: Step;
  playing = $state(false);
  pace = $state<Pace>('5');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lab: Lab,
    private readonly result: RunResult,
  ) {
    this.end = Math.max(result.equity.day.length - 1, 0);
  }

  get clock(): BarClock | undefined {
    return this.result.clock;
  }

  /** Trades the run's study on paper, and shows how that begins. */
  async open(): Promise<void> {
    if (this.replay !== null) return;
    const value = await this.task.attempt(first, (options) =>
      this.lab.call('liveReplay', [], options),
    );
    if (value === null) return;
    this.replay = value;
    this.index = new ReplayIndex(value);
    const { day } = value.equity;
    const sessions = day.filter((one, step) => one !== day[step - 1]);
    this.beginAt(sessions[Math.max(sessions.length - 1 - usual, 0)] ?? 0);
  }

  /** Begins anew at the first step of a session, or of the next one that has some. */
  beginAt(day: Day): void {
    this.pause();
    this.start = this.at = Math.min(firstFrom(this.result.equity.day, day), this.end);
    void this.#spread();
  }

  play(): void {
    if (this.at === this.end) this.at = this.start;
    this.playing = true;
    this.#wait();
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.playing = false;
  }

  choose(pace: Pace): void {
    this.pace = pace;
    if (this.playing) this.#wait();
  }

  /** Shows another step. */
  go(step: Step): void {
    this.at = Math.min(Math.max(step, this.start), this.end);
    if (this.at === this.end) this.pause();
    else if (this.playing) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.go(this.at + 1), pauseOf(this.pace, this.clock));
  }

  /** The fan of the start; the newest start counts. */
  async #spread(): Promise<void> {
    const { start } = this;
    this.fan = null;
    const fan = await this.lab
      .call('outcomeFan', [start])
      .catch((error: unknown) => ({ reason: errorData(error).problem }));
    if (start === this.start) this.fan = fan;
  }
}
