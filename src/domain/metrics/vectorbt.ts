import pow from '@stdlib/math-base-special-pow';
import { type Drawdowns, lengthsOf, meanDepth } from './drawdown.ts';
import { spacingOf } from './spacing.ts';
import type { Facts } from './facts.ts';
import { because, given, givenBoth, isRounding, restated } from './finding.ts';
import { ofClosed, ofLosers, ofWinners } from './outsample/closed.ts';
import { ofDrawdowns } from './outsample/drawdown.ts';
import type { MetricEntries, RestatedEntries } from './outsample/outsample.ts';
import { betaOf, omegaOf, perDrawdown, sharpeOf, tailRatioOf } from './outsample/risk.ts';

/**
 * The statistics of vectorbt 1.1.0 (Portfolio.stats, returns_stats and trades.stats). Its year has 365 days of
 * bars one spacing apart, weekends ignored: 365 daily bars. It counts time in bars, and calls them days.
 */
export function vectorbt({ steps: facts }: Facts, own: MetricEntries): RestatedEntries {
  const { run, all, sessions, final, returns, market, laterDrawdowns } = facts;
  const year = 365 / spacingOf(run.equity);
  const free = run.riskFreeRate / year;
  const scale = Math.sqrt(year);
  const shownYear = Number(year.toFixed(2));
  const r = 'r the simple returns of equity per bar, the first against the initial cash';
  const rf = `rf the risk-free rate of ${run.riskFreeRate} a year ÷ ${shownYear} (vectorbt is given it per bar)`;
  const annual = givenBoth(
    returns,
    final,
    (_, last) => pow(last / run.initialCash, year / sessions) - 1,
  );
  const annualEntry = restated(
    `Growth of ${shownYear} bars, compounded, from the initial cash.`,
    `(final equity ÷ initial cash)^(${shownYear} ÷ bars) − 1`,
    annual,
  );
  const beta = givenBoth(returns, market, betaOf);
  const bars = (some: Drawdowns) =>
    lengthsOf(some, (i) => some.end[i]! - some.peak[i]! - (some.recovered[i]! ? 1 : 0));
  const rate = all.wins / all.closed;
  return {
    start: own.start,
    end: own.end,
    duration: restated('Number of bars; vectorbt prints it as days.', 'bars', sessions, 'bars'),
    exposure: own.exposure,
    'max-gross-exposure': restated(
      'The most that positions weighed at any close beside themselves and free cash, which is cash less twice what the open shorts brought in.',
      'max(Σ |quantity| × close ÷ (Σ |quantity| × close + free cash))',
      sessions === 0 ? because.noSessions : highestExposure(facts),
    ),
    'final-equity': own['final-equity'],
    'total-return': own['total-return'],
    'buy-and-hold-return': restated(
      'Change of the close from the first bar to the last, without costs; the mean of the symbols’ closes where there are several.',
      'last close ÷ first close − 1',
      given(market, () => run.closes.at(-1)! / run.closes[0]! - 1),
    ),
    'annual-return': annualEntry,
    cagr: annualEntry,
    volatility: restated(
      `Standard deviation (n − 1) of r × √${shownYear}; ${r}.`,
      `sd(r) × √${shownYear}`,
      given(returns, ({ deviation }) => deviation * scale),
    ),
    sharpe: restated(
      `Mean of r − rf ÷ standard deviation (n − 1) of r × √${shownYear}; ${r}, ${rf}.`,
      `mean(r − rf) ÷ sd(r) × √${shownYear}`,
      given(returns, (some) => sharpeOf(some, free, scale)),
    ),
    sortino: restated(
      `Mean of r × ${shownYear} ÷ (√(mean of min(r, 0)²) × √${shownYear}); ${r}. Its required return is 0, whatever the risk-free rate.`,
      `mean(r) × ${shownYear} ÷ (√mean(min(r, 0)²) × √${shownYear})`,
      given(returns, (some) => {
        const downside = some.shortfall(0);
        if (isRounding(downside, some.mean)) return because.noLosingSession;
        return (some.mean * year) / (downside * scale);
      }),
    ),
    calmar: restated(
      `Growth of ${shownYear} bars ÷ the size of the maximum drawdown.`,
      `((final equity ÷ initial cash)^(${shownYear} ÷ bars) − 1) ÷ maximum drawdown`,
      given(laterDrawdowns, ({ deepest }) => perDrawdown(deepest, annual)),
    ),
    omega: restated(
      `Sum of the returns above rf ÷ sum of what others fell short of it; ${r}, ${rf}.`,
      'Σ max(r − rf, 0) ÷ Σ max(rf − r, 0)',
      given(returns, (some) => omegaOf(some, free, because.noDownside)),
    ),
    alpha: restated(
      `Mean of r − rf − beta × (m − rf), compounded over ${shownYear} bars; ${r}, m those of the closes, ${rf}.`,
      `(mean(r − rf − beta × (m − rf)) + 1)^${shownYear} − 1`,
      givenBoth(returns, market, (y, x) =>
        given(beta, (slope) => {
          const mean = y.mean - free - slope * (x.mean - free);
          return mean > -1 ? pow(mean + 1, year) - 1 : because.ruined;
        }),
      ),
    ),
    beta: restated(
      'Slope of the regression of equity’s returns per bar on those of the closes, the first of which is 0.',
      'cov(r, m) ÷ var(m)',
      beta,
    ),
    skew: own.skew,
    kurtosis: own.kurtosis,
    'value-at-risk': own['value-at-risk'],
    'conditional-value-at-risk': restated(
      'Mean of the lowest returns: a twentieth of their number less one, rounded down, and one more.',
      'mean of the lowest ⌊(n − 1) × 0.05⌋ + 1 of r',
      given(returns, (some) => some.lowest(Math.floor((sessions - 1) * 0.05) + 1)),
    ),
    'tail-ratio': restated(
      own['tail-ratio'].definition,
      own['tail-ratio'].formula,
      given(returns, tailRatioOf),
    ),
    'max-drawdown': restated(
      'Size of the lowest of equity ÷ its highest close so far − 1, from the first close on; never below zero.',
      '−min(equity ÷ peak − 1)',
      given(laterDrawdowns, ({ deepest }) => -(deepest as number)),
    ),
    'average-drawdown': restated(
      'Mean size of all drawdowns at their lowest point, those that did not recover included.',
      'mean over drawdowns of −min(equity ÷ peak − 1)',
      ofDrawdowns(laterDrawdowns, (some) => -(meanDepth(some) as number)),
    ),
    'longest-drawdown': restated(
      'Most bars from the first below a peak to the one that reaches it again, that one not counted; to the last bar, counted, where none does.',
      'max over drawdowns of end − peak − 1, or last − peak',
      ofDrawdowns(laterDrawdowns, (some) => bars(some).longest),
      'bars',
    ),
    'average-drawdown-duration': restated(
      'Mean bars from the first below a peak to the one that reaches it again, that one not counted; to the last bar, counted, where none does.',
      'mean over drawdowns of end − peak − 1, or last − peak',
      ofDrawdowns(laterDrawdowns, (some) => bars(some).mean),
      'bars',
    ),
    trades: own.trades,
    'closed-trades': own['closed-trades'],
    'open-trades': own['open-trades'],
    'open-profit': own['open-profit'],
    'win-rate': own['win-rate'],
    'best-trade': own['best-trade'],
    'worst-trade': own['worst-trade'],
    'average-trade': own['average-trade'],
    'average-winning-trade': own['average-winning-trade'],
    'average-losing-trade': own['average-losing-trade'],
    'longest-trade': restated(
      'Most bars from entry to exit of a closed trade.',
      'max(exit bar − entry bar)',
      ofClosed(all, () => all.sessions.longest),
      'bars',
    ),
    'average-trade-duration': restated(
      'Mean bars from entry to exit of closed trades.',
      'mean(exit bar − entry bar)',
      ofClosed(all, (closed) => all.sessions.all / closed),
      'bars',
    ),
    'average-winning-trade-duration': restated(
      'Mean bars from entry to exit of closed trades that won.',
      'mean(exit bar − entry bar where net > 0)',
      ofWinners(all, (wins) => all.sessions.won / wins),
      'bars',
    ),
    'average-losing-trade-duration': restated(
      'Mean bars from entry to exit of closed trades that lost.',
      'mean(exit bar − entry bar where net < 0)',
      ofLosers(all, (losses) => all.sessions.lost / losses),
      'bars',
    ),
    'profit-factor': own['profit-factor'],
    expectancy: restated(
      'Win rate × mean win − (1 − win rate) × mean loss, in money: trades without profit or loss count as losses of the mean size.',
      'W × mean(net where net > 0) − (1 − W) × |mean(net where net < 0)|',
      ofClosed(
        all,
        () =>
          rate * (all.wins > 0 ? all.won / all.wins : 0) +
          (1 - rate) * (all.losses > 0 ? all.lost / all.losses : 0),
      ),
    ),
    sqn: own.sqn,
    commission: own.commission,
  };
}

/** What open shorts brought in lies in cash twice over: once as proceeds, once as the pledge for them. */
function highestExposure({ run: { equity, trades }, sessions }: Facts): number {
  const debt = new Float64Array(sessions + 1);
  for (let i = 0; i < trades.length; i++) {
    if (trades.side[i]! > 0) continue;
    const value = trades.quantity[i]! * trades.entryPrice[i]!;
    debt[trades.entryStep[i]!]! += value;
    if (trades.reason[i]! >= 0) debt[trades.exitStep[i]!]! -= value;
  }
  let most = -Infinity;
  let owed = 0;
  for (let session = 0; session < sessions; session++) {
    owed += debt[session]!;
    const gross = equity.gross[session]!;
    const whole = gross + equity.cash[session]! - 2 * owed;
    most = Math.max(most, gross === 0 || whole === 0 ? 0 : gross / whole);
  }
  return most;
}
