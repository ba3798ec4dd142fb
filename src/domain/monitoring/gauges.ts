import { told } from '../metrics/annualised.ts';
import { underwaterOf } from '../metrics/drawdown.ts';
import { type CostTotals, costTotals } from '../cost-totals.ts';
import type { Convention } from '../metrics/convention.ts';
import type { Metric } from '../metrics/metric.ts';
import type { DatedTrades, Equity } from '../run.ts';
import type { Study } from '../study/study.ts';
import type { Finding, Level } from '../validation/finding.ts';
import { type GaugeKind, gaugeKinds } from './gauge-kinds.ts';

/** One Prometheus gauge: names and units as prometheus.io/docs/practices/naming says. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly GaugeSample[];
}

interface GaugeSample {
  readonly labels: Readonly<Record<string, string>>;
  /** Finite: what cannot be computed has no sample. */
  readonly value: number;
}

/** A run as its gauges read it. */
export interface MonitoredRun {
  readonly study: Study;
  readonly fingerprint: string;
  readonly engine: { readonly outsample: string; readonly duckdb: string };
  readonly metrics: Readonly<Record<Convention, readonly Metric[]>>;
  readonly equity: Equity;
  readonly trades: DatedTrades;
  /** Milliseconds by phase. */
  readonly timings: Readonly<Record<string, number>>;
}

/** What the run itself does not hold. */
export interface MonitoredBeside {
  /** Of all accounts together, currency. */
  readonly initialCash: number;
  /** Each symbol's at its last bar of the run; NaN or missing where it has none. */
  readonly panicScores: readonly { readonly symbol: string; readonly value: number | null }[];
  /** Of the last session; null where the strategy has none. */
  readonly gScore: number | null;
  readonly findings: readonly Finding[];
}

/** Digits of the fingerprint that name a dataset. */
const shortFingerprint = 12;

const levelNumbers: Readonly<Record<Level, number>> = { green: 0, amber: 1, red: 2, open: -1 };

/**
 * A run as gauges, in the order of `gaugeKinds`. A gauge without a value is left out: Prometheus would take a 0 for
 * a measurement, and a NaN breaks its aggregations.
 */
export function gaugesOf(run: MonitoredRun, beside: MonitoredBeside): readonly Gauge[] {
  const { study, equity, trades, engine } = run;
  const own = {
    study: study.name,
    strategy: study.strategy.id,
    dataset: run.fingerprint.slice(0, shortFingerprint),
  };
  const one = (kind: GaugeKind, value: number | null | undefined) => gauge(kind, own, [{ value }]);
  const many = (kind: GaugeKind, samples: readonly Unchecked[]) => gauge(kind, own, samples);
  const { convention } = study.metrics;
  const shown = told(run.metrics[convention], convention);
  const metric = (kind: GaugeKind, id: string) => {
    const value = shown.find((one) => one.id === id)?.value;
    return many(kind, [{ labels: { convention }, value }]);
  };
  const lastDay = equity.day.at(-1);
  const kinds = gaugeKinds;
  return [
    gauge(kinds.buildInfo, { version: engine.outsample, duckdb: engine.duckdb }, [{ value: 1 }]),
    one(kinds.lastSession, lastDay === undefined ? null : lastDay * 86_400),
    one(kinds.equity, equity.equity.at(-1)),
    one(kinds.drawdown, underwaterOf(equity.equity, beside.initialCash).at(-1)),
    metric(kinds.maxDrawdown, 'max-drawdown'),
    one(kinds.positions, equity.positions.at(-1)),
    many(
      kinds.panicScore,
      beside.panicScores.map(({ symbol, value }) => ({ labels: { symbol }, value })),
    ),
    one(kinds.gScore, beside.gScore),
    metric(kinds.totalReturn, 'total-return'),
    metric(kinds.sharpe, 'sharpe'),
    metric(kinds.exposure, 'exposure'),
    one(kinds.trades, trades.length),
    metric(kinds.winRate, 'win-rate'),
    many(kinds.costs, costSamples(costTotals(trades))),
    many(
      kinds.finding,
      beside.findings.map(({ id, level }) => ({
        labels: { finding: id },
        value: levelNumbers[level],
      })),
    ),
    many(
      kinds.runDuration,
      Object.entries(run.timings).map(([phase, ms]) => ({ labels: { phase }, value: ms / 1000 })),
    ),
  ].filter(({ samples }) => samples.length > 0);
}

/** What a server that runs again and again says beside the run; `endedAt` in milliseconds since 1970. */
export const serverGauges = (endedAt: number, succeeded: boolean): readonly Gauge[] => [
  gauge(gaugeKinds.lastRun, {}, [{ value: endedAt / 1000 }]),
  gauge(gaugeKinds.lastRunSuccess, {}, [{ value: succeeded ? 1 : 0 }]),
];

interface Unchecked {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | null | undefined;
}

function gauge(
  { name, help }: GaugeKind,
  shared: Readonly<Record<string, string>>,
  samples: readonly Unchecked[],
): Gauge {
  return {
    name,
    help,
    samples: samples.flatMap(({ labels = {}, value }) =>
      value === null || value === undefined || !Number.isFinite(value)
        ? []
        : [{ labels: { ...shared, ...labels }, value }],
    ),
  };
}

const costSamples = ({ costs }: CostTotals): Unchecked[] =>
  costs.map(({ cost, total }) => ({ labels: { kind: cost }, value: total }));
