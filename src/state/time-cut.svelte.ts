import type { SignalSeries } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';
import type { Day } from '../domain/units.ts';

const first = { phase: 'features', label: 'Computing without what follows', ratio: 0 } as const;

/** A signal computed anew without what follows a day, beside the one with all data. */
export interface SignalCut {
  readonly day: Day;
  readonly series: SignalSeries;
  /** Values that are not the same, and the day of the first of them. */
  readonly changed: number;
  readonly firstChange: Day | null;
}

/** The look-ahead audit by hand: one cut of the signal on show. */
export class TimeCut {
  readonly task = new Task();
  value = $state.raw<SignalCut | null>(null);
  #wanted: Day | null = null;

  constructor(private readonly lab: Lab) {}

  /** Cuts everything after `day`; the newest wish counts. */
  async at(day: Day, whole: SignalSeries): Promise<void> {
    this.#wanted = day;
    if (this.task.busy) return;
    const series = await this.task.attempt(first, (options) =>
      this.lab.call('signalsCutAt', [whole.symbol, day], options),
    );
    const next = this.#newest();
    if (series !== null) this.value = { day, series, ...compared(whole, series) };
    if (next !== null && next !== day) await this.at(next, whole);
  }

  /** What was wished for meanwhile. */
  #newest(): Day | null {
    return this.#wanted;
  }

  clear(): void {
    this.#wanted = null;
    this.task.cancel();
    this.task.error = null;
    this.value = null;
  }
}

/** Bit by bit over the days that both have; NaN equals NaN. */
function compared(
  whole: SignalSeries,
  cut: SignalSeries,
): Pick<SignalCut, 'changed' | 'firstChange'> {
  let changed = 0;
  let firstChange: Day | null = null;
  for (let row = 0; row < cut.day.length; row++) {
    if (cut.day[row] === whole.day[row] && Object.is(cut.value[row], whole.value[row])) continue;
    changed++;
    firstChange ??= cut.day[row]!;
  }
  return { changed, firstChange };
}
