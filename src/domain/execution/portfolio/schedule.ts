import { type Period, periodOf, periods } from '../../calendar.ts';
import type { PortfolioSettings } from '../../study/portfolio.ts';
import type { Days, Session } from '../../units.ts';

/** Whether a session is the first of a period. */
export const startsPeriod = (session: Session, day: Days, period: Period): boolean =>
  session > 0 && periodOf(day[session]!, period) !== periodOf(day[session - 1]!, period);

/** When a study's schedule has targets looked at: at a session's close, or once the session after it is there. */
export class Schedule {
  readonly #portfolio: PortfolioSettings;
  readonly #day: Days;

  constructor(portfolio: PortfolioSettings, day: Days) {
    this.#portfolio = portfolio;
    this.#day = day;
  }

  /** At this session's close. A rebalance on a signal or at the start alone is not the schedule's. */
  atClose(session: Session): boolean {
    const { rebalance, every } = this.#portfolio;
    if (rebalance === 'session') return true;
    if (rebalance === 'sessions') return session % every === 0;
    return this.#starts(session, 'first');
  }

  /** At the close before this session, which shows by being there that a period had ended. */
  endedBefore(session: Session): boolean {
    return this.#starts(session, 'last');
  }

  /** Whether a period starts that is looked at so. */
  #starts(session: Session, on: PortfolioSettings['on']): boolean {
    const period = periods.find((one) => one === this.#portfolio.rebalance);
    return (
      period !== undefined && on === this.#portfolio.on && startsPeriod(session, this.#day, period)
    );
  }
}
