import { perYearOf } from '../../domain/calendar.ts';
import { because } from '../../domain/metrics/finding.ts';
import type { BasedCurve } from '../../domain/metrics/periods.ts';
import { Sample } from '../../domain/metrics/sample.ts';
import type { Equity } from '../../domain/run.ts';
import { sessionCloses } from '../../domain/session-closes.ts';
import type { Days } from '../../domain/units.ts';
import { returnsOf } from '../../domain/validation/statistics/returns.ts';

/** What the figures of a curve are made from. A text says why there is none. */
export interface CurveFigures {
  /** Simple returns of equity per session, the first against the initial cash. */
  readonly returns: Sample | string;
  readonly curve: BasedCurve | string;
  /** Its sessions. */
  readonly day: Days;
  /** Sessions a year. */
  readonly perYear: number;
}

export function curveFiguresOf(whole: Equity, initialCash: number): CurveFigures {
  const closes = sessionCloses(whole);
  const { day, equity } = closes;
  const returns = returnsOf(equity, initialCash);
  const noReturns = equity.length < 2 ? because.tooFewSessions : because.ruined;
  return {
    returns: returns === null || returns.length < 2 ? noReturns : new Sample(returns),
    curve:
      equity.length === 0
        ? because.noSessions
        : returns === null
          ? because.ruined
          : { day, equity, base: initialCash },
    day,
    perYear: perYearOf(closes),
  };
}
