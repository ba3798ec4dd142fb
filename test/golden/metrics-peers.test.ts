/**
 * Every statistic that backtesting.py 0.6.6, vectorbt 1.1.0 and quantstats 0.0.86 print of their own runs, by
 * their convention here. The figures come from test/golden/peers (make_peers.py there says how they were made).
 */
import { describe, expect, test } from 'vitest';
import type { Convention } from '../../src/domain/metrics/convention.ts';
import type { MeasuredRun } from '../../src/domain/metrics/measured.ts';
import { valuesOf } from '../unit/domain/metrics-runs.ts';
import {
  backtestingNames,
  expectNear,
  type Names,
  notCompared,
  numberOf,
  quantstatsNames,
  relative,
  vectorbtNames,
} from './peer-statistics.ts';
import { type PeerRun, backtestingRun, runsOf, savedCurve, vectorbtRun } from './metrics-peers.ts';

describe.each([
  ['backtesting.py', 'backtesting-py', backtestingNames, backtestingRun],
  ['vectorbt', 'vectorbt', vectorbtNames, vectorbtRun],
] as const)('%s', (convention, peer, names, runOf) => {
  describe.each(runsOf(peer).map((run) => [run.name, run] as const))('%s', (name, peerRun) => {
    const run = runOf(peerRun);
    check(run, convention, peerRun, names);

    test('no statistic is left out', () => {
      const compared = [...Object.keys(names), ...notCompared];
      expect(Object.keys(peerRun.stats).filter((label) => !compared.includes(label))).toEqual([]);
    });

    const saved = savedCurve(peer, name);
    if (saved === null) return;
    test('the curve made from its trades is the one it saved', () => {
      saved.forEach((equity, bar) => {
        expect(relative(run.equity.equity[bar]!, equity)).toBeLessThan(1e-12);
      });
    });
  });
});

describe.each(runsOf('quantstats').map((run) => [run.name, run] as const))(
  'quantstats of %s',
  (name, peerRun) => {
    const dot = name.indexOf('.');
    const peer = name.slice(0, dot) as 'backtesting-py' | 'vectorbt';
    const source = { ...peerRun, name: name.slice(dot + 1) };
    const made = peer === 'vectorbt' ? vectorbtRun(source) : backtestingRun(source);
    // The very curve that quantstats was given: a session that differs from zero by rounding is a win or a loss to it.
    const equity = Float64Array.from(savedCurve(peer, source.name)!);
    const run = { ...made, equity: { ...made.equity, equity } };
    check(run, 'quantstats', peerRun, quantstatsNames);

    test('with a risk-free rate of 3 %', () => {
      const values = valuesOf({ ...run, riskFreeRate: 0.03 }, 'quantstats');
      expectNear(values['sharpe'], Number(peerRun.stats['sharpe_rf_3pct']));
      expectNear(values['sortino'], Number(peerRun.stats['sortino_rf_3pct']));
    });
  },
);

describe('vectorbt’s other statistics of the trailing stop on the walk', () => {
  // vectorbt 1.1.0: pf.returns_acc with the market as benchmark, pf.drawdowns, pf.trades.closed, position_coverage.
  const walk = runsOf('vectorbt').find(({ name }) => name === 'every-40-bars-stop5-trail.walk')!;
  const made = vectorbtRun(walk);
  const equity = Float64Array.from(savedCurve('vectorbt', walk.name)!);
  const run = { ...made, equity: { ...made.equity, equity } };
  const values = valuesOf(run, 'vectorbt');

  test.each([
    ['annual-return', 0.03537258802918064],
    ['volatility', 0.1562280235249628],
    ['skew', 0.2595000928865897],
    ['kurtosis', 16.063017746320426],
    ['tail-ratio', 1.1220500456011053],
    ['value-at-risk', -0.011164583272468278],
    ['conditional-value-at-risk', -0.020739398646877218],
    ['alpha', -0.005897270376193697],
    ['beta', 0.13368134497479964],
    ['average-drawdown', 0.05815467022979244],
    ['average-drawdown-duration', 1479 / 13],
    ['exposure', 0.35533333333333333],
    ['sqn', 0.31366560093828716],
    ['average-trade', 0.006215272915144101],
    ['longest-trade', 99],
    ['average-trade-duration', 15.545454545454545],
  ])('%s', (id, golden) => {
    expectNear(values[id], golden);
  });

  test.each([
    ['sharpe', 0.10847710114927049],
    ['omega', 1.026997981183602],
    ['alpha', -0.0314020196223328],
  ])('%s with a risk-free rate of 3 % ÷ 365 a bar', (id, golden) => {
    expectNear(valuesOf({ ...run, riskFreeRate: 0.03 }, 'vectorbt')[id], golden);
  });
});

test('Outsample’s expected shortfall is quantstats’ historical one', () => {
  const golden = runsOf('quantstats').find(({ name }) => name.startsWith('vectorbt'))!;
  const made = vectorbtRun({ ...golden, name: 'every-40-bars-stop5-trail.walk' });
  const equity = Float64Array.from(savedCurve('vectorbt', 'every-40-bars-stop5-trail.walk')!);
  // quantstats has no return of the first close; neither has a run that begins with it in cash.
  const run = {
    ...made,
    initialCash: equity[0]!,
    equity: { ...made.equity, day: made.equity.day.subarray(1), equity: equity.subarray(1) },
  };
  expectNear(
    valuesOf(run)['conditional-value-at-risk'],
    Number(golden.stats['conditional_value_at_risk_historical']),
  );
});

function check(run: MeasuredRun, convention: Convention, { stats }: PeerRun, names: Names): void {
  const values = valuesOf(run, convention);
  test.each(
    Object.entries(names).filter(([label]) => label !== 'Commissions [$]' || label in stats),
  )('%s', (label, [id, per = 1]) => {
    const golden = numberOf(stats[label]!);
    if (golden === null) expect(values[id]).toBeTypeOf('string');
    // Durations are printed to the microsecond.
    else if (label.includes('Duration')) expect(values[id]).toBeCloseTo(golden, 9);
    else expectNear(values[id], golden / per);
  });
}
