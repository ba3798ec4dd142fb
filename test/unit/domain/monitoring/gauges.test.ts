import { describe, expect, it } from 'vitest';
import {
  type MonitoredRun,
  gaugesOf,
  serverGauges,
} from '../../../../src/domain/monitoring/gauges.ts';
import { gaugeKinds } from '../../../../src/domain/monitoring/gauge-kinds.ts';
import type { Metric } from '../../../../src/domain/metrics/metric.ts';
import type { DatedTrades } from '../../../../src/domain/run.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import type { Finding, Level } from '../../../../src/domain/validation/finding.ts';

const metric = (id: string, value: number | null): Metric =>
  ({ id, value, ...(value === null && { reason: 'No trade was closed.' }) }) as Metric;

const finding = (id: string, level: Level): Finding => ({ id, level }) as Finding;

const columns = (...values: number[]): Float64Array => Float64Array.from(values);

/** Two trades, three sessions: up to 120, then down to 90. */
const run: MonitoredRun = {
  study: completeStudy({ name: 'Panic "A"', metrics: { convention: 'quantstats' } }),
  fingerprint: '0123456789abcdef',
  engine: { outsample: '1.2.3', duckdb: 'v1.4.3' },
  metrics: {
    outsample: [metric('sharpe', 9)],
    'backtesting.py': [],
    vectorbt: [],
    quantstats: [metric('sharpe', 1.5), metric('win-rate', null), metric('total-return', -0.1)],
  },
  equity: {
    day: Int32Array.of(17_000, 17_001, 17_002),
    equity: columns(100, 120, 90),
    cash: columns(100, 0, 90),
    gross: columns(0, 120, 0),
    net: columns(0, 120, 0),
    positions: Int32Array.of(0, 2, 1),
  },
  trades: {
    length: 2,
    commission: columns(1, 1),
    spread: columns(0, 0),
    slippage: columns(0.5, 0.25),
    impact: columns(0, 0),
    borrow: columns(0, 0),
    gross: columns(0, 0),
    quantity: columns(1, 1),
    entryPrice: columns(1, 1),
    exitPrice: columns(1, 1),
    reason: Int8Array.of(0, 0),
  } as unknown as DatedTrades,
  timings: { features: 250, simulation: 12.5 },
};

const nothing = { initialCash: 100, panicScores: [], gScore: null, findings: [] };

const valuesOf = (name: string, beside: Partial<typeof nothing> | object = {}) =>
  gaugesOf(run, { ...nothing, ...beside })
    .find((gauge) => gauge.name === name)
    ?.samples.map(({ value }) => value);

const own = { study: 'Panic "A"', strategy: 'harvester', dataset: '0123456789ab' };

describe('gauges of a run', () => {
  it('have the values of the last session, with the study, the strategy and the dataset', () => {
    const gauges = gaugesOf(run, nothing);
    expect(gauges.find(({ name }) => name === 'outsample_equity')?.samples).toEqual([
      { labels: own, value: 90 },
    ]);
    expect(valuesOf('outsample_drawdown_ratio')).toEqual([-0.25]);
    expect(valuesOf('outsample_positions')).toEqual([1]);
    expect(valuesOf('outsample_trades')).toEqual([2]);
    expect(valuesOf('outsample_last_session_timestamp_seconds')).toEqual([
      Date.UTC(2016, 6, 20) / 1000,
    ]);
  });

  it('count drawdown from the initial cash on', () => {
    expect(valuesOf('outsample_drawdown_ratio', { initialCash: 180 })).toEqual([-0.5]);
  });

  it('follow the study’s convention and name it', () => {
    const sharpe = gaugesOf(run, nothing).find(({ name }) => name === 'outsample_sharpe_ratio');
    expect(sharpe?.samples).toEqual([{ labels: { ...own, convention: 'quantstats' }, value: 1.5 }]);
  });

  it('leave out what has no value, never 0 or NaN in its place', () => {
    expect(valuesOf('outsample_win_ratio')).toBeUndefined();
    expect(valuesOf('outsample_panic_score')).toBeUndefined();
    expect(valuesOf('outsample_g_score')).toBeUndefined();
    expect(valuesOf('outsample_finding_level')).toBeUndefined();
    const empty = {
      ...run.equity,
      day: new Int32Array(0),
      equity: columns(),
      positions: new Int32Array(0),
    };
    const names = gaugesOf({ ...run, equity: empty }, nothing).map(({ name }) => name);
    expect(names).not.toContain('outsample_equity');
    expect(names).not.toContain('outsample_drawdown_ratio');
  });

  it('have a score for each symbol that has one', () => {
    const panicScores = [
      { symbol: 'AAA', value: 3.5 },
      { symbol: 'NEW', value: NaN },
    ];
    const panic = gaugesOf(run, { ...nothing, panicScores, gScore: 0 }).find(
      ({ name }) => name === 'outsample_panic_score',
    );
    expect(panic?.samples).toEqual([{ labels: { ...own, symbol: 'AAA' }, value: 3.5 }]);
    expect(valuesOf('outsample_g_score', { gScore: 0 })).toEqual([0]);
  });

  it('tell costs by kind, findings by level and phases in seconds', () => {
    const findings = [
      finding('look-ahead', 'green'),
      finding('costs', 'amber'),
      finding('fills', 'red'),
      finding('pbo', 'open'),
    ];
    const gauges = gaugesOf(run, { ...nothing, findings });
    const told = (name: string, label: string): Record<string, number> =>
      Object.fromEntries(
        gauges
          .find((gauge) => gauge.name === name)!
          .samples.map(({ labels, value }) => [labels[label] ?? '', value] as const),
      );
    expect(told('outsample_finding_level', 'finding')).toEqual({
      'look-ahead': 0,
      costs: 1,
      fills: 2,
      pbo: -1,
    });
    expect(told('outsample_costs', 'kind')).toMatchObject({ commission: 2, slippage: 0.75 });
    expect(told('outsample_run_duration_seconds', 'phase')).toEqual({
      features: 0.25,
      simulation: 0.0125,
    });
    expect(told('outsample_build_info', 'duckdb')).toEqual({ 'v1.4.3': 1 });
  });

  it('have the labels that their kinds promise, in order, each name once', () => {
    const kinds = Object.values(gaugeKinds);
    const full = gaugesOf(run, {
      ...nothing,
      panicScores: [{ symbol: 'AAA', value: 1 }],
      gScore: 1,
      findings: [finding('costs', 'red')],
    });
    const names = [...full, ...serverGauges(0, true)].map(({ name }) => name);
    // The run above has no win rate, exposure or deepest drawdown.
    expect(names).toEqual(
      kinds.map(({ name }) => name).filter((name) => !/win_ratio|exposure|max_drawdown/.test(name)),
    );
    for (const { name, samples } of full) {
      const kind = kinds.find((one) => one.name === name);
      for (const { labels } of samples) expect(Object.keys(labels)).toEqual(kind?.labels);
    }
  });

  it('say when a server last ran, and whether that went well', () => {
    expect(serverGauges(1_500, false).map(({ samples }) => samples[0]?.value)).toEqual([1.5, 0]);
  });
});
