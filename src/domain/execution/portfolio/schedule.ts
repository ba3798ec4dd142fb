import { monthOf } from '../../calendar.ts';
import type { PortfolioSettings } from '../../study/portfolio.ts';
import type { Day, Days, Session } from '../../units.ts';

type Period = 'week' | 'month' | 'quarter' | 'year';

/** Number of the calendar week (from Monday), month, quarter or year that a day lies in. */
function periodOf(day: Day, period: Period): number {
  switch (period) {
    case 'week':
      // 1970-01-01 was a Thursday.
      return Math.floor((day + 3) / 7);
    case 'month':
      return monthOf(day);
    case 'quarter':
      return Math.floor(monthOf(day) / 3);
    case 'year':
      return Math.floor(monthOf(day) / 12);
  }
}

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
    const { rebalance, every, on } = this.#portfolio;
    switch (rebalance) {
      case 'session':
        return true;
      case 'sessions':
        return session % every === 0;
      case 'signal':
      case 'once':
        return false;
      default:
        return on === 'first' && startsPeriod(session, this.#day, rebalance);
    }
  }

  /** At the close before this session, which shows by being there that a period had ended. */
  endedBefore(session: Session): boolean {
    const { rebalance, on } = this.#portfolio;
    if (rebalance === 'session' || rebalance === 'sessions') return false;
    if (rebalance === 'signal' || rebalance === 'once') return false;
    return on === 'last' && startsPeriod(session, this.#day, rebalance);
  }
}
