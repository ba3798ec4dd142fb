import type { LabMethod } from '../../src/wire/lab.ts';

/** One thing to compute in every engine: a study on a bundled dataset, and what is asked of it, in this order. */
export interface Reproducible {
  readonly id: string;
  /** Of datasets/manifest.json. */
  readonly dataset: string;
  readonly study: object;
  readonly calls: readonly Call[];
}

export type Call = Extract<
  LabMethod,
  | 'run'
  | 'exportRun'
  | 'evidence'
  | 'report'
  | 'breakEven'
  | 'lookAhead'
  | 'survivorship'
  | 'search'
  | 'overfitting'
  | 'walkForward'
  | 'crossValidate'
  | 'learn'
>;

/**
 * Chosen so that all code whose bits could hang on an engine runs: powers, logarithms, exponentials and normal quantiles
 * in the domain, the same in SQL, floating windows, random draws, sorting, and pools of workers against one thread.
 * One dataset's studies stand together: each is imported once.
 */
export const studies: readonly Reproducible[] = [
  {
    id: 'harvester-indices',
    dataset: 'us-indices-2014-2018',
    study: { size: { rule: 'atr-risk' } },
    calls: ['run', 'exportRun', 'evidence', 'report'],
  },
  {
    id: 'pairs',
    dataset: 'us-indices-2014-2018',
    study: { strategy: { id: 'pairs-zscore' }, metrics: { convention: 'vectorbt' } },
    calls: ['run', 'breakEven'],
  },
  {
    // Of few sessions, since every one of them is replayed.
    id: 'look-ahead',
    dataset: 'us-indices-2014-2018',
    study: {
      strategy: { id: 'zscore-reversion', parameters: { entryThreshold: 1, sides: 'both' } },
      range: { from: '2018-12-14' },
    },
    calls: ['run', 'lookAhead'],
  },
  {
    // Of all trials: PBO, Reality Check and SPA; of the run: bootstrap, Monte Carlo, permutation, deflated Sharpe.
    id: 'search-overfitting',
    dataset: 'us-indices-2014-2018',
    study: {
      size: { rule: 'atr-risk' },
      seed: 7,
      validation: {
        search: {
          method: 'latin-hypercube',
          trials: 40,
          parameters: [
            { path: '/strategy/parameters/entryThreshold', from: 1, to: 4 },
            { path: '/strategy/parameters/panic/zWindow', from: 40, to: 120 },
            { path: '/exits/stop', from: 0.5, to: 2.5 },
          ],
        },
      },
    },
    calls: ['run', 'search', 'overfitting'],
  },
  {
    // What it tries hangs on the results of what it tried: one other bit, and other sets follow.
    id: 'search-evolution',
    dataset: 'us-indices-2014-2018',
    study: {
      size: { rule: 'atr-risk' },
      seed: 3,
      validation: {
        search: {
          method: 'evolution',
          trials: 80,
          parameters: [
            { path: '/strategy/parameters/entryThreshold', from: 1, to: 4 },
            { path: '/exits/stop', from: 0.5, to: 2.5 },
            { path: '/exits/longestHolding', from: 5, to: 40 },
          ],
        },
      },
    },
    calls: ['search'],
  },
  {
    id: 'search-halving',
    dataset: 'us-indices-2014-2018',
    study: {
      size: { rule: 'atr-risk' },
      validation: {
        search: { method: 'halving', trials: 40, rungs: 3, factor: 2 },
        walkForward: { objective: 'sortino' },
      },
    },
    calls: ['search'],
  },
  {
    id: 'zscore-reversion',
    dataset: 'sp500-2000-2020',
    study: {
      strategy: { id: 'zscore-reversion', parameters: { atrMethod: 'wilder' } },
      execution: { order: 'limit', limitOffset: 0.25, validFor: 3 },
      metrics: { convention: 'backtesting.py' },
    },
    calls: ['run', 'exportRun'],
  },
  {
    id: 'cross-all-costs',
    dataset: 'sp500-2000-2020',
    study: {
      strategy: { id: 'moving-average-cross' },
      size: { rule: 'volatility', volatilityTarget: 0.12 },
      exits: { trailing: 'chandelier', trailingMultiple: 4, oppositeSignal: 'reverse' },
      risk: { leverage: 2, killSwitch: null },
      metrics: { convention: 'quantstats', riskFreeRate: 0.02 },
      costs: {
        booking: 'in-price',
        commissionPerUnit: 0.005,
        commissionBps: 1.5,
        tiers: 'value',
        tierFrom: [0, 100_000],
        tierRates: [2, 1],
        commissionMinimum: 1,
        commissionMaximum: 0.01,
        spread: 'corwin-schultz',
        slippageModel: 'atr',
        slippageAtr: 0.03,
        impact: 0.9,
        borrowFee: 0.011,
        interest: 0.013,
        marginInterest: 0.07,
      },
    },
    calls: ['run', 'breakEven'],
  },
  {
    id: 'walk-forward',
    dataset: 'sp500-2000-2020',
    study: {
      strategy: { id: 'moving-average-cross' },
      size: { fraction: 0.5 },
      validation: {
        search: {
          parameters: [
            { path: '/strategy/parameters/fast', from: 5, to: 40, steps: 5 },
            { path: '/strategy/parameters/slow', from: 60, to: 160, steps: 4 },
          ],
        },
        walkForward: { train: 36, test: 12, objective: 'sortino', minimumTrades: 3 },
      },
    },
    calls: ['walkForward', 'crossValidate'],
  },
  {
    id: 'custom-windows',
    dataset: 'us-shares-2000-2013',
    study: {
      strategy: {
        id: 'custom',
        parameters: {
          entry:
            'percent_rank() OVER (PARTITION BY date ORDER BY return(20)) < 0.5 AND ema(10) > ema(50) ' +
            'AND corr(close, volume) OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING) < 0.6',
          exit: 'close < avg(close) OVER (PARTITION BY symbol ORDER BY date ROWS 29 PRECEDING)',
          score:
            'regr_slope(ln(close), bar) OVER (PARTITION BY symbol ORDER BY date ROWS 59 PRECEDING) ' +
            '/ stddev_samp(ln(close / prev(close))) OVER (PARTITION BY symbol ORDER BY date ROWS 59 PRECEDING)',
          sizeFactor:
            'least(1.5, exp(-power(abs(zscore(close, 20)), 1.3) / 4) + log10(rsi(14)) / 4)',
        },
      },
    },
    calls: ['run', 'exportRun'],
  },
  {
    id: 'custom-columns',
    dataset: 'us-shares-2000-2013',
    study: {
      strategy: {
        id: 'custom',
        parameters: {
          entry:
            "ema(ema(12) - ema(26), 9) < ema(12) - ema(26) AND close > of('AAPL', ema(low, 50)) / 5",
          exit:
            'accumulate(close * 0.9, CASE WHEN close < prior THEN close * 0.9 ELSE greatest(prior, close * 0.9) END) ' +
            '> close OR accumulate(0, CASE WHEN close < open THEN prior + 1 ELSE 0 END) > 5',
          score: 'rank() OVER (PARTITION BY date, member() ORDER BY ema(return(1) / 3, 7))',
          sizeFactor: 'least(1, accumulate(0.5, prior * 0.9 + abs(return(1)) / 3 + 0.05))',
        },
      },
      size: { price: 'signal-close' },
      exits: { trailing: 'chandelier', trailingFrom: 'close' },
      costs: { halfSpread: 1, spreadOn: 'entry', slippageOn: 'all' },
    },
    calls: ['run', 'exportRun'],
  },
  {
    id: 'momentum-rotation',
    dataset: 'us-shares-2000-2013',
    study: {
      strategy: { id: 'momentum-rotation', parameters: { positions: 2, lookback: 126 } },
      seed: 3,
    },
    calls: ['run', 'overfitting'],
  },
  {
    id: 'risk-parity',
    dataset: 'us-shares-2000-2013',
    study: {
      strategy: {
        id: 'custom',
        parameters: { weight: 'CASE WHEN close > sma(200) THEN 1 WHEN rsi(14) > 30 THEN 0 END' },
      },
      portfolio: { share: 'risk-parity', shareBars: 90, rebalance: 'week', bandRelative: 0.1 },
      contributions: { amount: 500, each: 'quarter' },
    },
    calls: ['run', 'exportRun', 'overfitting', 'survivorship'],
  },
  {
    id: 'harvester-synthetic',
    dataset: 'synthetic-2014-2023',
    study: { size: { rule: 'atr-risk' }, costs: { spread: 'corwin-schultz', commissionBps: 0.7 } },
    calls: ['run', 'survivorship', 'evidence'],
  },
  {
    id: 'learned-weights',
    dataset: 'synthetic-2014-2023',
    study: {
      size: { rule: 'atr-risk' },
      validation: {
        walkForward: { train: 36, test: 12 },
        learning: { panic: true, gScore: true, regimes: true },
      },
    },
    calls: ['learn'],
  },
];
