import { perYearOf } from '../calendar.ts';
import { atSteps, closingSteps, sessionCloses } from '../session-closes.ts';
import { type Drawdowns, drawdownsOf } from './drawdown.ts';
import { because, given } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { BasedCurve } from './periods.ts';
import { Sample } from './sample.ts';
import { type Tally, tallyOf } from './tally.ts';

/** What all conventions count from, worked out once per run. A text says why there is none. */
export interface Facts {
  /** Its curves have a value per session. */
  readonly run: MeasuredRun;
  /** The same counted by step: where steps are sessions, these facts themselves. */
  readonly steps: Facts;
  readonly sessions: number;
  /** Closing equity of the first and the last session. */
  readonly first: number | string;
  readonly final: number | string;
  /** Returns a year: sessions by the calendar; 252 or 365 of daily bars without one. */
  readonly year: number;
  /** Simple returns of equity per session, the first against the initial cash. */
  readonly returns: Sample | string;
  /** The same without the first: of the closing curve alone, as programs see it that are given a curve. */
  readonly later: Sample | string;
  /** Returns of `run.benchmark`, beside `returns`. */
  readonly benchmark: Sample | string;
  /** Returns of `run.closes`, beside `returns` (the first is 0) and `later`. */
  readonly market: Sample | string;
  readonly laterMarket: Sample | string;
  /** From the initial cash on; from the first close on. */
  readonly drawdowns: Drawdowns | string;
  readonly laterDrawdowns: Drawdowns | string;
  /** The curve after the initial cash; after the first close. */
  readonly curve: BasedCurve | string;
  readonly laterCurve: BasedCurve | string;
  readonly all: Tally;
  readonly long: Tally;
  readonly short: Tally;
}

export function factsOf(run: MeasuredRun): Facts {
  const closing = closingSteps(run.equity);
  const perYear = perYearOf(run.equity);
  if (closing === null) return factsOfCurve(run, perYear);
  const { portfolio, ...measured } = run;
  const sessions = {
    ...measured,
    equity: sessionCloses(run.equity),
    benchmark: atSteps(run.benchmark, closing),
    closes: atSteps(run.closes, closing),
  };
  const stepsAYear = (perYear * run.equity.day.length) / Math.max(1, closing.length);
  const steps = factsOfCurve(run, stepsAYear);
  return factsOfCurve(
    portfolio === undefined ? sessions : { ...sessions, portfolio },
    perYear,
    steps,
  );
}

function factsOfCurve(run: MeasuredRun, year: number, steps?: Facts): Facts {
  const { equity, day } = run.equity;
  const sessions = equity.length;
  const first = equity[0] ?? because.noSessions;
  const final = equity[sessions - 1] ?? because.noSessions;
  const returns = returnsOf(equity, run.initialCash, because.ruined);
  const noMarket = 'Buy & hold fell to zero or below.';
  const benchmark = returnsOf(run.benchmark, run.initialCash, noMarket);
  const market = returnsOf(run.closes, run.closes[0] ?? 0, noMarket);
  const ruined = equity.some((value) => !(value > 0));
  const curve = sessions === 0 ? because.noSessions : ruined ? because.ruined : equity;
  const facts = {
    run,
    sessions,
    first,
    final,
    year,
    returns,
    later: withoutFirst(returns),
    benchmark,
    market,
    laterMarket: withoutFirst(market),
    drawdowns: sessions === 0 ? because.noSessions : drawdownsOf(equity, run.initialCash),
    laterDrawdowns:
      typeof first === 'string' ? first : first > 0 ? drawdownsOf(equity) : because.ruined,
    curve: given(curve, () => ({ day, equity, base: run.initialCash })),
    laterCurve: given(curve, () =>
      sessions < 2
        ? because.tooFewSessions
        : { day: day.subarray(1), equity: equity.subarray(1), base: equity[0]! },
    ),
    all: tallyOf(run, 'all'),
    long: tallyOf(run, 'long'),
    short: tallyOf(run, 'short'),
  };
  const own: Facts = {
    ...facts,
    get steps() {
      return steps ?? own;
    },
  };
  return own;
}

function returnsOf(values: Float64Array, before: number, ruined: string): Sample | string {
  if (values.length < 2) return because.tooFewSessions;
  const returns = new Float64Array(values.length);
  let previous = before;
  for (let session = 0; session < values.length; session++) {
    const value = values[session]!;
    if (!(value > 0)) return ruined;
    returns[session] = value / previous - 1;
    previous = value;
  }
  return new Sample(returns);
}

function withoutFirst(returns: Sample | string): Sample | string {
  if (typeof returns === 'string') return returns;
  if (returns.values.length < 3) return because.tooFewReturns;
  return new Sample(returns.values.subarray(1));
}
