import { type Period, periodOf, periods } from '../../calendar.ts';
import type { PortfolioSettings } from '../../study/portfolio.ts';
import type { Days, Step } from '../../units.ts';

/** Whether a step is the first of a period. */
export const startsPeriod = (step: Step, day: Days, period: Period): boolean =>
  step > 0 && periodOf(day[step]!, period) !== periodOf(day[step - 1]!, period);

/** When a study's schedule has targets looked at: at a step's close, or once the step after it is there. */
export class Schedule {
  readonly #portfolio: PortfolioSettings;
  readonly #day: Days;

  readonly #session: Int32Array;

  /** `session` has the number of each step's session. */
  constructor(portfolio: PortfolioSettings, day: Days, session: Int32Array) {
    this.#portfolio = portfolio;
    this.#day = day;
    this.#session = session;
  }

  /** At this step's close. A rebalance on a signal or at the start alone is not the schedule's. */
  atClose(step: Step): boolean {
    const { rebalance, every } = this.#portfolio;
    const session = this.#session[step]!;
    const isOver = this.#session[step + 1] !== session;
    if (rebalance === 'session') return isOver;
    if (rebalance === 'sessions') return isOver && session % every === 0;
    return this.#starts(step, 'first');
  }

  /** At the close before this step, which shows by being there that a period had ended. */
  endedBefore(step: Step): boolean {
    return this.#starts(step, 'last');
  }

  /** Whether a period starts that is looked at so. */
  #starts(step: Step, on: PortfolioSettings['on']): boolean {
    const period = periods.find((one) => one === this.#portfolio.rebalance);
    return (
      period !== undefined && on === this.#portfolio.on && startsPeriod(step, this.#day, period)
    );
  }
}
