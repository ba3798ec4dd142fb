import { isoFromDay } from '../domain/calendar.ts';
import type { Metric } from '../domain/metrics/metric.ts';
import type { DatasetSummary, RunResult } from '../protocol/lab.ts';

/** What `--json` prints: numbers as they are, a metric without a value as null with its reason beside. */
export function runJson(result: RunResult, dataset: DatasetSummary): object {
  const { study, orders, digests, engine, notes, alerts, timings } = result;
  return {
    name: study.name,
    strategy: study.strategy.id,
    engine,
    dataset: {
      fingerprint: dataset.fingerprint,
      from: isoFromDay(dataset.from),
      to: isoFromDay(dataset.to),
      symbols: dataset.symbols.map(({ symbol, bars, from, to }) => ({
        symbol,
        bars,
        from: isoFromDay(from),
        to: isoFromDay(to),
      })),
      files: dataset.files,
    },
    range: {
      from: isoFromDay(result.equity.day[0] ?? 0),
      to: isoFromDay(result.equity.day.at(-1) ?? 0),
    },
    metrics: Object.fromEntries(result.metrics.map(({ id, value }) => [id, value])),
    reasons: Object.fromEntries(
      result.metrics.flatMap((metric) =>
        metric.value === null ? [[metric.id, metric.reason]] : [],
      ),
    ),
    counts: {
      symbols: result.symbols.length,
      bars: result.bars,
      sessions: result.equity.day.length,
      trades: result.trades.length,
      orders,
    },
    alerts: alerts.map(({ day, ...alert }) => ({ date: isoFromDay(day), ...alert })),
    notes,
    digests,
    studyDigest: result.studyDigest,
    timings,
  };
}

/** What a person reads: range, metrics, assumptions, digests. */
export function runText(result: RunResult, dataset: DatasetSummary): string {
  const { study, equity, metrics, notes, digests } = result;
  const width = Math.max(...metrics.map(({ label }) => label.length));
  return [
    `${study.name} — ${study.strategy.id} on ${result.symbols.length} symbol${result.symbols.length === 1 ? '' : 's'}, ` +
      `${isoFromDay(equity.day[0] ?? 0)} to ${isoFromDay(equity.day.at(-1) ?? 0)}, ${equity.day.length} sessions`,
    '',
    ...metrics.map((metric) => `  ${metric.label.padEnd(width)}  ${shown(metric)}`),
    '',
    ...notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
    '',
    `  dataset  ${dataset.fingerprint}`,
    `  study    ${result.studyDigest}`,
    `  trades   ${digests.trades}`,
    `  equity   ${digests.equity}`,
    `  metrics  ${digests.metrics}`,
  ].join('\n');
}

function shown(metric: Metric): string {
  if (metric.value === null) return `— (${metric.reason})`;
  switch (metric.unit) {
    case 'percent':
      return `${(metric.value * 100).toFixed(2)} %`;
    case 'currency':
      return metric.value.toFixed(2);
    case 'count':
      return Number.isInteger(metric.value) ? String(metric.value) : metric.value.toFixed(2);
    case 'days':
      return `${metric.value} days`;
    case 'ratio':
      return metric.value.toFixed(4);
  }
}
