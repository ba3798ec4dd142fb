import ln from '@stdlib/math-base-special-ln';
import pow from '@stdlib/math-base-special-pow';
import { weekday } from '../calendar.ts';
import { spacingOf } from './spacing.ts';
import { type Drawdowns, lengthsOf, meanDepth } from './drawdown.ts';
import type { Facts } from './facts.ts';
import { type NumberOrReason, because, given, givenBoth, isRounding, restated } from './finding.ts';
import { ofClosed, profitFactorOf } from './outsample/closed.ts';
import { ofDrawdowns } from './outsample/drawdown.ts';
import type { MetricEntries, RestatedEntries } from './outsample/outsample.ts';
import { growthPerYear } from './outsample/returns.ts';
import { betaOf, perDrawdown } from './outsample/risk.ts';
import { peak } from './outsample/run.ts';
import { Sample } from './sample.ts';
import type { Equity } from '../run.ts';
import type { Step } from '../units.ts';

/**
 * The statistics of backtesting.py 0.6.6. Its trades are the closed ones alone (it closes the last at the last
 * close, where asked to), its curve starts from the first close, and its year follows the spacing of the bars.
 */
export function backtestingPy(facts: Facts, own: MetricEntries): RestatedEntries {
  const { all, sessions, later } = facts;
  // Returns are those of days; all else is of bars.
  const { run, laterDrawdowns, first, final } = facts.steps;
  const { riskFreeRate } = run;
  const { day, opens } = run.equity;
  const n = periodsPerYear(run.equity);
  const rf = `rf the risk-free rate of ${riskFreeRate}`;
  const r = 'r the simple returns from close to close of equity';
  const growth = givenBoth(facts.curve, facts.final, ({ equity }, last) =>
    sessions < 2 ? because.tooFewSessions : last / equity[0]!,
  );
  const total = givenBoth(first, final, (from, to) =>
    from > 0 ? (to - from) / from : because.ruined,
  );
  const annual = given(growth, (grown) => pow(grown, n / (sessions - 1)) - 1);
  const volatility = givenBoth(later, growth, (returns, grown) => volatilityOf(returns, grown, n));
  const market = marketReturn(run.closes, run.warmup);
  const beta = givenBoth(
    logReturns(run.equity.equity, because.ruined),
    logReturns(run.closes, noMarket),
    betaOf,
  );
  const episodes = given(laterDrawdowns, withoutLastBar);
  const daysBetween = (from: Step, to: Step): number =>
    opens === undefined ? day[to]! - day[from]! : (opens[to]! - opens[from]!) / 86_400;
  const [rounded, parts] = resolutionOf(run.equity);
  /** A hair's breadth over a whole one is what dividing leaves. */
  const up = (length: number): number =>
    parts === 1 ? Math.ceil(length) : Math.ceil(length * parts - 1e-6) / parts;
  const days = (some: Drawdowns) =>
    lengthsOf(some, (i) => daysBetween(some.peak[i]!, some.end[i]!));
  return {
    start: own.start,
    end: own.end,
    duration: own.duration,
    exposure: restated(
      'Share of bars with a position, the bars of entry and of exit included (closed trades only).',
      'bars from an entry to its exit, both included ÷ bars',
      sessions === 0 ? because.noSessions : barsHeld(facts.steps) / day.length,
    ),
    'final-equity': own['final-equity'],
    'peak-equity': restated(
      'The highest close of equity.',
      'max(equity)',
      sessions === 0 ? because.noSessions : peak(run.equity.equity),
    ),
    'total-return': restated(
      'Final equity ÷ equity at the first close − 1.',
      '(final equity − first equity) ÷ first equity',
      total,
    ),
    'buy-and-hold-return': restated(
      'Change of the close from the first bar on which all indicators have a value to the last, without costs; the mean of the symbols’ closes where there are several.',
      '(last close − close after warm-up) ÷ close after warm-up',
      market,
    ),
    'annual-return': restated(
      `Geometric mean g of the returns from close to close, compounded over ${n} periods a year.`,
      `(1 + g)^${n} − 1, g = (final equity ÷ first equity)^(1 ÷ (bars − 1)) − 1`,
      annual,
    ),
    volatility: restated(
      `Standard deviation of compounded returns of a year, from the variance (n − 1) of ${r} and their geometric mean g, over ${n} periods a year.`,
      `√((var(r) + (1 + g)²)^${n} − (1 + g)^${2 * n})`,
      volatility,
    ),
    cagr: restated(
      'Compound annual growth rate from the first close of equity to the last, on calendar days: a year has 365.25.',
      '(final equity ÷ first equity)^(365.25 ÷ days) − 1',
      given(growth, (grown) => growthPerYear(grown, daysBetween(0, day.length - 1))),
    ),
    sharpe: restated(
      `Annual return less the risk-free rate ÷ annual volatility, both compounded; ${rf} a year.`,
      '(annual return − rf) ÷ volatility',
      givenBoth(annual, volatility, (rate, risk) =>
        given(later, ({ deviation, mean }) =>
          isRounding(deviation, mean) || risk === 0
            ? because.noVolatility
            : (rate - riskFreeRate) / risk,
        ),
      ),
    ),
    sortino: restated(
      `Annual return less the risk-free rate ÷ (√(mean of min(r, 0)²) × √${n}); ${r}, ${rf} a year, which counts above the line only.`,
      `(annual return − rf) ÷ (√mean(min(r, 0)²) × √${n})`,
      givenBoth(annual, later, (rate, returns) => {
        const downside = returns.shortfall(0);
        if (isRounding(downside, returns.mean)) return because.noLosingSession;
        return (rate - riskFreeRate) / (downside * Math.sqrt(n));
      }),
    ),
    calmar: restated(
      'Annual return ÷ the size of the maximum drawdown.',
      'annual return ÷ |maximum drawdown|',
      given(laterDrawdowns, ({ deepest }) => perDrawdown(deepest, annual)),
    ),
    alpha: restated(
      `What the whole run returned beyond beta × buy & hold’s return; not a year’s; ${rf} taken once.`,
      'total return − rf − beta × (buy & hold return − rf)',
      givenBoth(beta, market, (slope, held) =>
        given(total, (made) => made - riskFreeRate - slope * (held - riskFreeRate)),
      ),
    ),
    beta: restated(
      'Slope of the regression of equity’s logarithmic returns on those of the closes, over all bars.',
      'cov(ln returns of equity, ln returns of close) ÷ var(ln returns of close), both with n − 1',
      beta,
    ),
    'max-drawdown': restated(
      'Lowest of equity ÷ its highest close so far − 1.',
      'min(equity ÷ peak − 1)',
      given(laterDrawdowns, ({ deepest }) => deepest),
    ),
    'average-drawdown': restated(
      'Mean of the lowest points of all drawdowns, from a peak to the close that reaches it again or to the last.',
      'mean over drawdowns of min(equity ÷ peak − 1)',
      ofDrawdowns(episodes, meanDepth),
    ),
    'longest-drawdown': restated(
      'Most calendar days from a peak to the close that reaches it again, or to the last.',
      'max over drawdowns of end − peak',
      ofDrawdowns(episodes, (some) => days(some).longest),
    ),
    'average-drawdown-duration': restated(
      `Mean calendar days from a peak to the close that reaches it again or to the last, rounded up to whole ${rounded}.`,
      '⌈mean over drawdowns of end − peak⌉',
      ofDrawdowns(episodes, (some) => up(days(some).mean)),
    ),
    trades: restated('Closed trades.', 'number of trades with an exit', all.closed),
    'win-rate': own['win-rate'],
    'best-trade': own['best-trade'],
    'worst-trade': own['worst-trade'],
    'average-trade': restated(
      'Geometric mean of the returns of closed trades; 0 where one lost everything.',
      '(Π (1 + t))^(1 ÷ n) − 1',
      ofClosed(all, () => all.geometric),
    ),
    'longest-trade': own['longest-trade'],
    'average-trade-duration': restated(
      `Mean calendar days from entry to exit of closed trades, rounded up to whole ${rounded}.`,
      '⌈mean(exit day − entry day)⌉',
      ofClosed(all, (closed) => up(all.days.all / closed)),
    ),
    'profit-factor': restated(
      'Sum of the positive ÷ sum of the negative returns of closed trades, in percent, not in money.',
      'Σ t where t > 0 ÷ |Σ t where t < 0|',
      profitFactorOf(all, all.returnWon, all.returnLost),
    ),
    'expectancy-percent': own['expectancy-percent'],
    sqn: own.sqn,
    kelly: own.kelly,
    commission: restated(
      'Commission of closed trades.',
      'Σ commission of closed trades',
      commissionOf(facts),
    ),
  };
}

const noMarket = 'Closes fell to zero or below.';

/** What lengths of time are rounded up to, as the spacing of the bars tells, and how many of it a day has. */
function resolutionOf(curve: Equity): readonly [string, number] {
  if (curve.known === undefined) return ['days', 1];
  const seconds = Math.round(spacingOf(curve) * 86_400);
  if (seconds % 86_400 === 0) return ['days', 1];
  if (seconds % 3600 === 0) return ['hours', 24];
  return seconds % 60 === 0 ? ['minutes', 1440] : ['seconds', 86_400];
}

/** Bars a year by their spacing; daily bars on 7 days a week make 365. */
function periodsPerYear(curve: Equity): number {
  const { day } = curve;
  const days = Math.floor(spacingOf(curve));
  if (days === 7) return 52;
  if (days === 31) return 12;
  if (days === 365) return 1;
  const weekends = day.reduce((count, date) => count + (weekday(date) > 4 ? 1 : 0), 0);
  return weekends / day.length > (2 / 7) * 0.6 ? 365 : 252;
}

/**
 * Of compounded returns: `growth` is final ÷ first equity over all of them. The formula’s powers nearly cancel
 * where the variance is small, so (1 + g)^2n is taken out of both first.
 */
function volatilityOf({ values, deviation }: Sample, growth: number, n: number): number {
  const square = pow(growth, 2 / values.length);
  const rise = compounded((deviation * deviation) / square, n);
  return Math.sqrt(rise) * pow(growth, n / values.length);
}

/** (1 + rate)^n − 1 for a whole n, exact for small rates: (1 + a)(1 + b) − 1 is a + b + ab. */
function compounded(rate: number, n: number): number {
  let made = 0;
  for (let power = rate, left = n; left > 0; left >>= 1) {
    if (left % 2 === 1) made += power + made * power;
    power *= 2 + power;
  }
  return made;
}

function marketReturn(closes: Float64Array, warmup: number): NumberOrReason {
  if (closes.length === 0) return because.noSessions;
  const from = closes[warmup];
  if (from === undefined) return 'Indicators had no values during the run.';
  return from > 0 ? (closes.at(-1)! - from) / from : noMarket;
}

function logReturns(values: Float64Array, ruined: string): Sample | string {
  if (values.length < 3) return because.tooFewReturns;
  const returns = new Float64Array(values.length - 1);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! > 0)) return ruined;
    if (i > 0) returns[i - 1] = ln(values[i]! / values[i - 1]!);
  }
  return new Sample(returns);
}

/** It takes no drawdown that began on the last bar. */
function withoutLastBar(all: Drawdowns): Drawdowns {
  const last = all.peak.length - 1;
  if (last < 0 || all.end[last]! > all.peak[last]! + 1) return all;
  const { peak: peaks, end, recovered, depth } = all;
  return {
    ...all,
    peak: peaks.slice(0, last),
    end: end.slice(0, last),
    recovered: recovered.slice(0, last),
    depth: depth.slice(0, last),
  };
}

function barsHeld({ run: { trades }, sessions }: Facts): number {
  const change = new Int32Array(sessions + 1);
  for (let i = 0; i < trades.length; i++) {
    if (trades.reason[i]! < 0) continue;
    change[trades.entryStep[i]!]!++;
    change[trades.exitStep[i]! + 1]!--;
  }
  let open = 0;
  let held = 0;
  for (let session = 0; session < sessions; session++) {
    open += change[session]!;
    if (open > 0) held++;
  }
  return held;
}

function commissionOf({ run: { trades } }: Facts): number {
  let sum = 0;
  for (let i = 0; i < trades.length; i++) if (trades.reason[i]! >= 0) sum += trades.commission[i]!;
  return sum;
}
