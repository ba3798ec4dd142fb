import { type Facts } from '../facts.ts';
import {
  type NumberOrReason,
  because,
  entry,
  given,
  givenBoth,
  isRounding,
  quotient,
} from '../finding.ts';
import { type Sample, regression } from '../sample.ts';
import { annualGrowth } from './returns.ts';

/** How much the returns of single sessions scatter, and what they pay for it. */
export function riskEntries(facts: Facts) {
  const { run, returns, benchmark, drawdowns, year, sessions } = facts;
  const scale = Math.sqrt(year);
  const free = run.riskFreeRate / year;
  const rf = `rf the risk-free rate of ${run.riskFreeRate} a year ÷ ${year}`;
  const r = 'r the simple returns of equity per session';
  return {
    volatility: entry(
      'Volatility',
      'percent',
      `Standard deviation (n − 1) of the simple returns of equity per session × √${year}, the sessions of a year.`,
      `sd(r) × √${year}`,
      given(returns, ({ deviation }) => deviation * scale),
    ),
    sharpe: entry(
      'Sharpe ratio',
      'ratio',
      `Mean of r − rf ÷ their standard deviation (n − 1) × √${year}; ${r}, ${rf}.`,
      `mean(r − rf) ÷ sd(r) × √${year}`,
      given(returns, (all) => sharpeOf(all, free, scale)),
    ),
    sortino: entry(
      'Sortino ratio',
      'ratio',
      `Mean of r − rf ÷ √(mean of min(r − rf, 0)² over all sessions) × √${year}; ${r}, ${rf}.`,
      `mean(r − rf) ÷ √mean(min(r − rf, 0)²) × √${year}`,
      given(returns, (all) => sortinoOf(all, free, scale)),
    ),
    calmar: entry(
      'Calmar ratio',
      'ratio',
      'CAGR ÷ the size of the maximum drawdown, both over the whole run.',
      'CAGR ÷ |maximum drawdown|',
      given(drawdowns, ({ deepest }) => perDrawdown(deepest, annualGrowth(facts))),
    ),
    omega: entry(
      'Omega ratio',
      'ratio',
      `What sessions returned above rf, added up, ÷ what they fell short of it; ${r}, ${rf}.`,
      'Σ max(r − rf, 0) ÷ Σ max(rf − r, 0)',
      given(returns, (all) => omegaOf(all, free, because.noDownside)),
    ),
    alpha: entry(
      'Alpha',
      'percent',
      `What a session’s return has beyond beta × buy & hold’s, on average, × ${year}; ${r}, b those of buy & hold, ${rf}.`,
      `(mean(r) − rf − beta × (mean(b) − rf)) × ${year}`,
      givenBoth(returns, benchmark, (y, x) =>
        given(betaOf(y, x), (beta) => (y.mean - free - beta * (x.mean - free)) * year),
      ),
    ),
    beta: entry(
      'Beta',
      'ratio',
      `How much a session’s return moves with buy & hold’s: the slope of the regression of r on b; ${r}, b those of buy & hold.`,
      'cov(r, b) ÷ var(b), both with n − 1',
      givenBoth(returns, benchmark, betaOf),
    ),
    'r-squared': entry(
      'R²',
      'ratio',
      'Share of the variance of equity’s returns per session that buy & hold’s explain: their squared correlation.',
      'cov(r, b)² ÷ (var(r) × var(b))',
      givenBoth(returns, benchmark, rSquaredOf),
    ),
    skew: entry(
      'Skew',
      'ratio',
      'Skewness of the returns per session, adjusted for bias: below 0, large losses are more usual than large gains.',
      '√(n(n − 1)) ÷ (n − 2) × m₃ ÷ m₂^1.5, m the central moments',
      given(returns, ({ skew }) => skew),
    ),
    kurtosis: entry(
      'Kurtosis',
      'ratio',
      'Excess kurtosis of the returns per session, adjusted for bias: 0 is the normal distribution’s, more has fatter tails.',
      '(n − 1) ÷ ((n − 2)(n − 3)) × ((n + 1) m₄ ÷ m₂² − 3(n − 1))',
      given(returns, ({ kurtosis }) => kurtosis),
    ),
    'value-at-risk': entry(
      'Value at risk, 5 %',
      'percent',
      'The return per session below which the worst twentieth of sessions lies, from history: straight between neighbours.',
      '5 % quantile of r',
      given(returns, (all) => all.quantile(0.05)),
    ),
    'conditional-value-at-risk': entry(
      'Expected shortfall, 5 %',
      'percent',
      'Mean return of the sessions at or below the value at risk.',
      'mean(r where r ≤ 5 % quantile of r)',
      given(returns, (all) => all.lowest(countUpTo(all.sorted, all.quantile(0.05)))),
    ),
    'tail-ratio': entry(
      'Tail ratio',
      'ratio',
      'Size of the best twentieth’s edge beside the worst twentieth’s: above 1, good sessions reach further than bad ones.',
      '|95 % quantile of r| ÷ |5 % quantile of r|',
      given(returns, tailRatioOf),
    ),
    'ulcer-index': entry(
      'Ulcer index',
      'percent',
      'Root of the mean square of how far equity stands below its highest close so far, the initial cash being the first peak, over all sessions.',
      '√mean((equity ÷ peak − 1)²)',
      given(drawdowns, ({ squares }) => Math.sqrt(squares / sessions)),
    ),
  };
}

export function sharpeOf(returns: Sample, free: number, scale: number): NumberOrReason {
  const average = returns.mean - free;
  if (isRounding(returns.deviation, average)) return because.noVolatility;
  return (average / returns.deviation) * scale;
}

export function sortinoOf(returns: Sample, free: number, scale: number): NumberOrReason {
  const average = returns.mean - free;
  const downside = returns.shortfall(free);
  if (isRounding(downside, average)) return because.noDownside;
  return (average / downside) * scale;
}

export function omegaOf(returns: Sample, free: number, none: string): NumberOrReason {
  const { above, below } = returns.sides(free);
  return isRounding(below, above) ? none : above / below;
}

export const betaOf = (y: Sample, x: Sample): NumberOrReason =>
  isRounding(x.deviation, x.mean) ? because.flatMarket : regression(y, x).beta;

export const rSquaredOf = (y: Sample, x: Sample): NumberOrReason =>
  isRounding(x.deviation, x.mean)
    ? because.flatMarket
    : isRounding(y.deviation, y.mean)
      ? because.noVolatility
      : regression(y, x).rSquared;

export const tailRatioOf = (returns: Sample): NumberOrReason =>
  quotient(
    Math.abs(returns.quantile(0.95)),
    Math.abs(returns.quantile(0.05)),
    'The 5 % quantile of returns is zero.',
  );

/** A growth rate ÷ the size of the deepest drawdown (a ratio, ≤ 0). */
export const perDrawdown = (deepest: number, growth: NumberOrReason): NumberOrReason =>
  isRounding(-deepest, 0) ? because.noDrawdown : given(growth, (rate) => rate / -deepest);

/** How many of the sorted values are at or below `most`; at least one. */
function countUpTo(sorted: Float64Array, most: number): number {
  let count = 1;
  while (count < sorted.length && sorted[count]! <= most) count++;
  return count;
}
