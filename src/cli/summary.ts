import { insideSentence } from '../present/ambiguity.ts';
import { daysOnce } from '../domain/session-closes.ts';
import { isoFromDay } from '../domain/calendar.ts';
import { told } from '../domain/metrics/annualised.ts';
import { type Convention, conventions } from '../domain/metrics/convention.ts';
import { type Metric, metricGroups } from '../domain/metrics/metric.ts';
import { headline } from '../domain/metrics/metrics.ts';
import { type DatedTrades, heldOf, tradeCosts } from '../domain/run.ts';
import { counted, metricWord, percent } from '../present/format.ts';
import { isoInstant, spanWords, stepsWord } from '../present/times.ts';
import { textList } from '../present/text-table.ts';
import type { DatasetSummary, RunResult } from '../wire/lab.ts';

/**
 * What `--json` prints: numbers as they are, a metric without a value as null with its reason beside; a number that the
 * run is too short for has a reason, too. `metrics` are the study's convention's, which the digest covers.
 */
export function runJson(result: RunResult, dataset: DatasetSummary): object {
  const { study, orders, digests, engine, notes, alerts, timings } = result;
  const own = result.metrics[study.metrics.convention];
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
    convention: study.metrics.convention,
    metrics: valuesOf(own),
    reasons: Object.fromEntries(
      told(own, study.metrics.convention).flatMap((metric) =>
        metric.value === null ? [[metric.id, metric.reason]] : [],
      ),
    ),
    metricsByConvention: Object.fromEntries(
      conventions.map((convention) => [convention, valuesOf(result.metrics[convention])]),
    ),
    counts: {
      symbols: result.symbols.length,
      bars: result.bars,
      sessions: daysOnce(result.equity.day).length,
      trades: result.trades.length,
      orders: { ...orders, held: heldOf(orders) },
    },
    costs: costsOf(result.trades),
    unfilledValue: result.unfilledValue,
    ambiguity: result.ambiguity,
    ...(result.inside && { inside: result.inside }),
    alerts: alerts.map(({ day, at, ...alert }) => ({
      date: isoFromDay(day),
      ...(at !== undefined && { at: isoInstant(at, 'UTC') }),
      ...alert,
    })),
    notes,
    digests,
    studyDigest: result.studyDigest,
    timings,
  };
}

const valuesOf = (metrics: readonly Metric[]) =>
  Object.fromEntries(metrics.map(({ id, value }) => [id, value]));

const costsOf = (trades: DatedTrades) =>
  Object.fromEntries(
    tradeCosts.map((cost) => [cost, trades[cost].reduce((sum, value) => sum + value, 0)]),
  );

/** What a person reads: range, metrics, assumptions, digests. */
export function runText(result: RunResult, dataset: DatasetSummary, allMetrics = false): string[] {
  const { study, notes, digests } = result;
  const { convention } = study.metrics;
  const metrics = told(result.metrics[convention], convention);
  return [
    `${study.name} — ${study.strategy.id} on ${counted(result.symbols.length, 'symbol')}, ` +
      `${spanWords(result)}, ${stepsWord(result)}`,
    ...(convention === 'outsample' ? [] : [`Metrics as ${convention} defines them.`]),
    '',
    ...(allMetrics ? byGroup(metrics) : lines(headlineOf(metrics, convention))),
    ...ambiguityLines(result),
    '',
    ...notes.map(({ level, text }) => `  ${level === 'warning' ? '!' : '·'} ${text}`),
    '',
    `  dataset  ${dataset.fingerprint}`,
    `  study    ${result.studyDigest}`,
    `  trades   ${digests.trades}`,
    `  equity   ${digests.equity}`,
    `  metrics  ${digests.metrics}`,
  ];
}

const headlineOf = (metrics: readonly Metric[], convention: Convention): Metric[] =>
  headline[convention].flatMap((wanted) => metrics.filter(({ id }) => id === wanted));

const byGroup = (metrics: readonly Metric[]): string[] =>
  metricGroups.flatMap((group) => {
    const rows = metrics.filter((metric) => metric.group === group);
    return rows.length === 0 ? [] : [group.toUpperCase(), ...lines(rows), ''];
  });

const lines = (metrics: readonly Metric[]): string[] =>
  textList(metrics.map((metric) => [metric.label, metricWord(metric)]));

function ambiguityLines({ ambiguity, inside }: RunResult): string[] {
  const decided = insideSentence(inside);
  const resolved = decided === null ? [] : ['', `  ${decided}`];
  if (ambiguity === null) return resolved;
  const { trades, stopFirst, targetFirst } = ambiguity;
  return [
    ...resolved,
    '',
    `  ${counted(trades, 'trade')} touched stop and target in one bar: total return is ` +
      `${percent(stopFirst.totalReturn)} with the stop first everywhere, ${percent(targetFirst.totalReturn)} with the target first.`,
  ];
}
