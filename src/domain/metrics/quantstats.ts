import pow from '@stdlib/math-base-special-pow';
import { monthOf, monthsBefore, yearOf } from '../calendar.ts';
import { type Drawdowns, lengthsOf, meanDepth } from './drawdown.ts';
import type { Facts } from './facts.ts';
import {
  type NumberOrReason,
  because,
  given,
  givenBoth,
  isRounding,
  quotient,
  restated,
} from './finding.ts';
import { ofDrawdowns } from './outsample/drawdown.ts';
import type { MetricEntries, RestatedEntries } from './outsample/outsample.ts';
import {
  betaOf,
  omegaOf,
  perDrawdown,
  rSquaredOf,
  sharpeOf,
  sortinoOf,
  tailRatioOf,
} from './outsample/risk.ts';
import { extremes, spanSince, toDate } from './periods.ts';
import type { Sample } from './sample.ts';

const YEAR = 252;
/** Of the standard normal distribution: its 5 % quantile, and minus the mean of what lies below it. */
const QUANTILE = -1.6448536269514729;
const SHORTFALL = 2.0627128075074257;

/**
 * The statistics of quantstats 0.0.86, given the closing curve of equity. It knows sessions, not trades: its win
 * rate, payoff ratio, profit factor and Kelly criterion are those of sessions.
 */
export function quantstats(facts: Facts, own: MetricEntries): RestatedEntries {
  const { run, sessions, later, laterMarket, laterDrawdowns, curve, laterCurve } = facts;
  const { day } = run.equity;
  const free = pow(1 + run.riskFreeRate, 1 / YEAR) - 1;
  const scale = Math.sqrt(YEAR);
  const r = 'r the simple returns from close to close of equity';
  const rf = `rf the risk-free rate of ${run.riskFreeRate} a year as (1 + rate)^(1 ÷ ${YEAR}) − 1`;
  const total = given(laterCurve, ({ equity, base }) => equity.at(-1)! / base - 1);
  const annual = given(total, (made) => pow(made + 1, YEAR / (sessions - 1)) - 1);
  const annualEntry = restated(
    `Compound growth a year, a year being ${YEAR} returns.`,
    `(final equity ÷ first equity)^(${YEAR} ÷ number of returns) − 1`,
    annual,
  );
  const days = (some: Drawdowns) =>
    lengthsOf(
      some,
      (i) => day[some.end[i]! - (some.recovered[i]! ? 1 : 0)]! - day[some.peak[i]! + 1]! + 1,
    );
  const months = given(laterCurve, (all) => extremes(all, monthOf));
  const years = given(laterCurve, (all) => extremes(all, yearOf));
  const last = day.at(-1) ?? 0;
  /** Returns dated from a day on: from the last close before it. */
  const from = (date: number, length: string) =>
    given(curve, (all) => spanSince(all, date - 1, length));
  const plain = (months: number, length: string) =>
    restated(
      `Returns dated from the same day ${length} before the last session on, compounded.`,
      `Π (1 + r) − 1 from the last session less ${length} on`,
      given(from(monthsBefore(last, months), length), ({ growth }) => growth - 1),
    );
  const yearly = (months: number) =>
    restated(
      `Compound growth a year of the returns of the last ${months} months, a year being ${YEAR} returns.`,
      `(Π (1 + r))^(${YEAR} ÷ number of returns) − 1 from the last session less ${months} months on`,
      given(
        from(monthsBefore(last, months), `${months} months`),
        ({ growth, returns }) => pow(growth, YEAR / returns) - 1,
      ),
    );
  const period = (which: 'best' | 'worst', of: string, value: NumberOrReason) =>
    restated(
      `The ${which} return of a ${of} of returns from close to close, compounded.`,
      `${which === 'best' ? 'max' : 'min'} over ${of}s of Π (1 + r) − 1`,
      value,
    );
  return {
    start: own.start,
    end: own.end,
    exposure: restated(
      'Share of returns that are not zero, rounded up to whole percent.',
      '⌈number of r ≠ 0 ÷ number of r × 100⌉ ÷ 100',
      given(later, (all) => Math.ceil((moved(all) / all.values.length) * 100) / 100),
    ),
    'total-return': restated(
      'Final equity ÷ equity at the first close − 1: the returns compounded.',
      'Π (1 + r) − 1',
      total,
    ),
    'buy-and-hold-return': restated(
      'Change of the close from the first session to the last, without costs; the mean of the symbols’ closes where there are several.',
      'last close ÷ first close − 1',
      given(laterMarket, () => run.closes.at(-1)! / run.closes[0]! - 1),
    ),
    'annual-return': annualEntry,
    cagr: annualEntry,
    volatility: restated(
      `Standard deviation (n − 1) of r × √${YEAR}; ${r}.`,
      `sd(r) × √${YEAR}`,
      given(later, ({ deviation }) => deviation * scale),
    ),
    sharpe: restated(
      `Mean of r − rf ÷ standard deviation (n − 1) of r × √${YEAR}; ${r}, ${rf}.`,
      `mean(r − rf) ÷ sd(r) × √${YEAR}`,
      given(later, (all) => sharpeOf(all, free, scale)),
    ),
    sortino: restated(
      `Mean of r − rf ÷ √(Σ of the squares of negative r − rf ÷ number of r) × √${YEAR}; ${r}, ${rf}.`,
      `mean(r − rf) ÷ √(Σ min(r − rf, 0)² ÷ n) × √${YEAR}`,
      given(later, (all) => sortinoOf(all, free, scale)),
    ),
    calmar: restated(
      'Its CAGR ÷ the size of the maximum drawdown.',
      'CAGR ÷ |maximum drawdown|',
      given(laterDrawdowns, ({ deepest }) => perDrawdown(deepest, annual)),
    ),
    omega: restated(
      `Sum of the returns above rf ÷ sum of what others fell short of it; ${r}, ${rf}.`,
      'Σ max(r − rf, 0) ÷ Σ max(rf − r, 0)',
      given(later, (all) => omegaOf(all, free, because.noDownside)),
    ),
    alpha: restated(
      `Mean of r − beta × mean of m, × ${YEAR}, without the risk-free rate; ${r}, m those of the closes.`,
      `(mean(r) − beta × mean(m)) × ${YEAR}`,
      givenBoth(later, laterMarket, (y, x) =>
        given(betaOf(y, x), (slope) => (y.mean - slope * x.mean) * YEAR),
      ),
    ),
    beta: restated(
      'Slope of the regression of equity’s returns on those of the closes.',
      'cov(r, m) ÷ var(m), both with n − 1',
      givenBoth(later, laterMarket, betaOf),
    ),
    'r-squared': restated(
      'Squared correlation of equity’s returns and those of the closes.',
      'cov(r, m)² ÷ (var(r) × var(m))',
      givenBoth(later, laterMarket, rSquaredOf),
    ),
    skew: restated(
      own.skew.definition,
      own.skew.formula,
      given(later, ({ skew }) => skew),
    ),
    kurtosis: restated(
      own.kurtosis.definition,
      own.kurtosis.formula,
      given(later, ({ kurtosis }) => kurtosis),
    ),
    'value-at-risk': restated(
      'The 5 % quantile of a normal distribution with the mean and standard deviation of r: a model, not history.',
      'mean(r) − 1.6449 × sd(r)',
      given(later, ({ mean, deviation }) => mean + QUANTILE * deviation),
    ),
    'conditional-value-at-risk': restated(
      'Mean of what lies below the 5 % quantile of a normal distribution with the mean and standard deviation of r: a model, not history.',
      'mean(r) − 2.0627 × sd(r)',
      given(later, ({ mean, deviation }) => mean - SHORTFALL * deviation),
    ),
    'tail-ratio': restated(
      own['tail-ratio'].definition,
      own['tail-ratio'].formula,
      given(later, tailRatioOf),
    ),
    'ulcer-index': restated(
      'Root of the sum of squared drawdowns from the highest close so far ÷ (number of returns − 1).',
      '√(Σ (equity ÷ peak − 1)² ÷ (n − 1))',
      given(later, () =>
        given(laterDrawdowns, ({ squares }) => Math.sqrt(squares / (sessions - 2))),
      ),
    ),
    'max-drawdown': restated(
      'Lowest of equity ÷ its highest close so far − 1.',
      'min(equity ÷ peak − 1)',
      given(laterDrawdowns, ({ deepest }) => deepest),
    ),
    'average-drawdown': restated(
      'Mean of the lowest points of all drawdowns, the last one’s included where it has not recovered.',
      'mean over drawdowns of min(equity ÷ peak − 1)',
      ofDrawdowns(laterDrawdowns, meanDepth),
    ),
    'longest-drawdown': restated(
      'Most calendar days from the first close below a peak to the last one below it, both counted.',
      'max over drawdowns of last below − first below + 1',
      ofDrawdowns(laterDrawdowns, (some) => days(some).longest),
    ),
    'average-drawdown-duration': restated(
      'Mean calendar days from the first close below a peak to the last one below it, both counted.',
      'mean over drawdowns of last below − first below + 1',
      ofDrawdowns(laterDrawdowns, (some) => days(some).mean),
    ),
    'win-rate': restated(
      'Share of sessions with a gain among those whose return is not zero: of sessions, not of trades.',
      'number of r > 0 ÷ number of r ≠ 0',
      given(later, (all) => quotient(all.sides().over, moved(all), 'No session had a return.')),
    ),
    'profit-factor': restated(
      'Sum of the positive ÷ sum of the negative returns of sessions: of sessions, not of trades.',
      'Σ r where r ≥ 0 ÷ |Σ r where r < 0|',
      given(later, (all) => omegaOf(all, 0, because.noLosingSession)),
    ),
    'payoff-ratio': restated(
      'Mean gain ÷ mean loss of sessions: of sessions, not of trades.',
      'mean(r where r > 0) ÷ |mean(r where r < 0)|',
      given(later, payoffOf),
    ),
    kelly: restated(
      'Kelly’s rule with the win rate W and the payoff ratio of sessions: of sessions, not of trades.',
      '(payoff ratio × W − (1 − W)) ÷ payoff ratio',
      given(later, (all) =>
        given(payoffOf(all), (payoff) => {
          const rate = all.sides().over / moved(all);
          return (payoff * rate - (1 - rate)) / payoff;
        }),
      ),
    ),
    'month-to-date': restated(
      'Returns of the calendar month in which the run ends, compounded.',
      'Π (1 + r) − 1 over the last month',
      given(laterCurve, (all) => toDate(all, monthOf)),
    ),
    'three-months': plain(3, '3 months'),
    'six-months': plain(6, '6 months'),
    'year-to-date': restated(
      'Returns of the calendar year in which the run ends, compounded.',
      'Π (1 + r) − 1 over the last year',
      given(laterCurve, (all) => toDate(all, yearOf)),
    ),
    'one-year': plain(12, '12 months'),
    'three-years': yearly(35),
    'five-years': yearly(59),
    'best-day': period(
      'best',
      'session',
      given(later, ({ sorted }) => sorted.at(-1)!),
    ),
    'worst-day': period(
      'worst',
      'session',
      given(later, ({ sorted }) => sorted[0]!),
    ),
    'best-month': period(
      'best',
      'calendar month',
      given(months, ({ best }) => best),
    ),
    'worst-month': period(
      'worst',
      'calendar month',
      given(months, ({ worst }) => worst),
    ),
    'best-year': period(
      'best',
      'calendar year',
      given(years, ({ best }) => best),
    ),
    'worst-year': period(
      'worst',
      'calendar year',
      given(years, ({ worst }) => worst),
    ),
  };
}

/** How many returns are not zero. */
function moved(returns: Sample): number {
  const { over, under } = returns.sides();
  return over + under;
}

function payoffOf(returns: Sample): NumberOrReason {
  const { above, below, over, under } = returns.sides();
  if (over === 0) return 'No session made money.';
  return isRounding(below, above) ? because.noLosingSession : above / over / (below / under);
}
