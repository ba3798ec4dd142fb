import { buyAndHold } from '../../src/domain/benchmark.ts';
import { perYearOf } from '../../src/domain/calendar.ts';
import { digestRun, textDigest } from '../../src/domain/digest.ts';
import { needsAtr } from '../../src/domain/execution/entries.ts';
import { simulate, simulateFills } from '../../src/domain/execution/simulate.ts';
import { datedTrades, fillsAsTraded } from '../../src/domain/run.ts';
import { type Steps, type Signals, barTime, rowsOf, stepsByRow } from '../../src/domain/market.ts';
import type { MeasuredRun } from '../../src/domain/metrics/measured.ts';
import { metricsOfAll } from '../../src/domain/metrics/metrics.ts';
import type { FilledSimulation, OrderCounts, Simulation } from '../../src/domain/run.ts';
import type { SignalPart, SignalPlan } from '../../src/domain/strategies/strategy.ts';
import type { Note } from '../../src/domain/note.ts';
import { coarsePrices, macroGaps, notDaily } from '../../src/present/notes/dataset.ts';
import { type Study, canonicalJson, completeStudy } from '../../src/domain/study/study.ts';
import { powerOfTen } from '../../src/domain/precision.ts';
import { startingCash } from '../../src/domain/trial.ts';
import type { Ambiguity, EngineInfo, OnProgress, Outcome, RunResult } from '../../src/wire/lab.ts';
import { macroGapsSql, outsidersSql, thresholdSql } from '../../src/sql/catalogue.ts';
import { reading } from '../../src/sql/query.ts';
import { quoteIdentifier, setVariables } from '../../src/sql/sql.ts';
import { type Engine, stopIfAborted } from '../engines/engine.ts';
import { assumptions } from '../../src/present/notes/assumptions.ts';
import {
  type Charted,
  neverEntered,
  staleAtTheEnd,
  tooDear,
} from '../../src/present/notes/outcomes.ts';
import { outsidersCompared, unknownNotes } from '../../src/present/notes/unknown.ts';
import { ask } from './ask.ts';
import { int32 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';
import { decimalNotes } from './scales.ts';
import { computeFeatures, inputsOf, planOf, readSignals, stepsIn } from './signals.ts';

/** A finished run, with what its exports need. */
export interface Run {
  readonly result: RunResult;
  readonly plan: SignalPlan;
  readonly signals: Signals;
  readonly sessions: Steps;
}

export interface RunContext {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly dataset: Dataset;
  readonly info: EngineInfo;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Milliseconds, for the timings that stand outside every digest. */
  readonly now: () => number;
}

/** One study from bars to digests: features and signals in SQL, simulation and metrics in the domain. */
export async function runStudy(input: unknown, context: RunContext): Promise<Run> {
  const { dataset, engine, signal, onProgress, now } = context;
  const study = completeStudy(input);
  const plan = planOf(study, dataset);
  const sessions = stepsIn(study, dataset);

  const timings: Record<string, number> = {};
  let last = now();
  const lap = (phase: string): void => {
    const time = now();
    timings[phase] = time - last;
    last = time;
  };

  const wanted = [
    ...Object.values(plan.columns).map(({ feature }) => feature),
    ...(plan.sessions ? [plan.sessions] : []),
  ];
  await computeFeatures(study, plan, wanted, context, (done, of, name) => {
    onProgress({
      phase: 'features',
      label: `Features: ${name.replaceAll('_', ' ')}`,
      ratio: (0.7 * done) / of,
    });
  });
  lap('features');
  onProgress({ phase: 'signals', label: 'Signals', ratio: 0.7 });
  const signals = await readSignals(study, plan, context, dataset.market.day.length);
  const warmup = await warmupOf(study, plan, sessions, context);
  lap('signals');
  stopIfAborted(signal);
  onProgress({ phase: 'simulation', label: 'Simulation', ratio: 0.8 });
  const simulation = simulateFills(dataset.market, signals, study, sessions);
  lap('simulation');
  onProgress({ phase: 'results', label: 'Metrics and digests', ratio: 0.9 });
  const ambiguity = ambiguityOf(study, signals, simulation, sessions, context);
  const notes = [
    ...dataset.summary.notes,
    ...plan.notes,
    ...unknownNotes(unknownCounts(plan, signals, sessions), sessions.rows.length),
    ...(await outsiderNotes(plan, sessions, engine, context.tables)),
    ...(await macroNotes(plan, sessions, engine, context.tables)),
    ...precisionNotes(study, dataset),
    ...(await decimalNotes(
      study,
      [...Object.values(inputsOf(study, plan)), ...wanted],
      engine,
      signal,
    )),
    ...frequencyNotes(sessions),
    ...assumptions(study, simulation, dataset.summary),
    ...neverEntered(
      simulation.orders,
      sessions.rows.length,
      await chartedOf(plan, simulation.orders, sessions, context),
    ),
    ...tooDear(simulation, dataset.market),
    ...staleAtTheEnd(simulation, dataset.market, sessions.day.at(-1) ?? 0),
  ];
  const measured = measure(study, simulation, sessions, warmup, context);
  const result = assemble(
    study,
    simulation,
    measured,
    sessions,
    { ambiguity, notes, timings },
    context,
  );
  lap('results');
  return { plan, result, signals, sessions };
}

/** At how many bars of the range each part of the strategy was unknown. */
function unknownCounts(
  plan: SignalPlan,
  { unknown }: Signals,
  { rows }: Steps,
): [SignalPart, number][] {
  if (plan.unknown === undefined || unknown === undefined) return [];
  return plan.unknown.map((part, bit) => [
    part,
    rows.reduce((count, row) => count + ((unknown[row]! >> bit) & 1), 0),
  ]);
}

/** Sessions before all of the strategy's columns that this study reads have had a value in every symbol that gets one. */
async function warmupOf(
  study: Study,
  plan: SignalPlan,
  { number }: Steps,
  { engine, tables, dataset, signal }: RunContext,
): Promise<number> {
  // Every plan has an ATR for exits, sizes and costs, which may do without.
  const sizesByAtr = plan.weights === undefined && study.size.rule === 'atr-risk';
  const readsAtr =
    plan.readsAtr === true || needsAtr(study, sizesByAtr) || study.costs.slippageModel === 'atr';
  const { atr, ...others } = plan.columns;
  const columns = Object.values(readsAtr && atr ? { atr, ...others } : others);
  if (columns.length === 0) return 0;
  const joins = columns.map(
    ({ feature }, i) => ` POSITIONAL JOIN ${quoteIdentifier(tables.tableOf(feature))} AS t${i}`,
  );
  const known = columns.map(({ column }, i) => `t${i}.${quoteIdentifier(column)} IS NOT NULL`);
  const table = await engine.query(
    `SELECT bars.sym::INTEGER AS sym, (min(bars.bar) FILTER (${known.join(' AND ')}))::INTEGER AS warm_bar
     FROM bars${joins.join('')} GROUP BY bars.sym HAVING warm_bar IS NOT NULL ORDER BY sym`,
    signal,
  );
  const bar = int32(table, 'warm_bar');
  let warmup = 0;
  for (const [i, sym] of int32(table, 'sym').entries()) {
    const [first] = rowsOf(dataset.market, sym);
    const warm = stepsByRow(dataset.market)[first + bar[i]!]!;
    while (warmup < number.length && number[warmup]! < warm) warmup++;
  }
  return warmup;
}

/** The other reading of bars that touch both stop and target, where the run has some. */
function ambiguityOf(
  study: Study,
  signals: Signals,
  simulation: Simulation,
  sessions: Steps,
  { dataset: { market } }: RunContext,
): Ambiguity | null {
  const trades = simulation.trades.ambiguous.reduce((sum, flag) => sum + flag, 0);
  if (trades === 0) return null;
  const { bothTouched } = study.execution;
  const other = bothTouched === 'stop' ? 'target' : 'stop';
  const execution = { ...study.execution, bothTouched: other } as const;
  const outcome = ({ equity }: Simulation): Outcome => {
    const initialCash = startingCash(study, market, sessions);
    const finalEquity = equity.equity.at(-1) ?? initialCash;
    return { finalEquity, totalReturn: finalEquity / initialCash - 1 };
  };
  const found = {
    [bothTouched]: outcome(simulation),
    [other]: outcome(simulate(market, signals, { ...study, execution }, sessions)),
  } as Record<'stop' | 'target', Outcome>;
  return { trades, stopFirst: found.stop, targetFirst: found.target };
}

/** The numbers of a run, for metrics of any convention. */
function measure(
  study: Study,
  simulation: FilledSimulation,
  sessions: Steps,
  warmup: number,
  { dataset: { market } }: RunContext,
): MeasuredRun {
  const initialCash = startingCash(study, market, sessions);
  return {
    equity: simulation.equity,
    trades: simulation.trades,
    timeOf: barTime(market),
    benchmark: buyAndHold(market, sessions, initialCash),
    closes: buyAndHold(market, sessions, 1, 'close'),
    warmup,
    initialCash,
    riskFreeRate: study.metrics.riskFreeRate,
    interest: simulation.interest,
    ...portfolioOf(simulation),
  };
}

/** What a run of target weights has beside other runs. */
function portfolioOf({ following, fills }: FilledSimulation): Pick<MeasuredRun, 'portfolio'> {
  return following === undefined ? {} : { portfolio: { following, fills } };
}

function assemble(
  study: Study,
  simulation: FilledSimulation,
  measured: MeasuredRun,
  sessions: Steps,
  facts: Pick<RunResult, 'ambiguity' | 'notes' | 'timings'>,
  { dataset, info }: RunContext,
): RunResult {
  const { market, summary } = dataset;
  const { equity, orders, alerts, unfilledValue } = simulation;
  const trades = datedTrades(simulation.trades, market, equity.day);
  const metrics = metricsOfAll(measured);
  const { symbols } = market;
  const own = metrics[study.metrics.convention];
  return {
    study,
    studyDigest: textDigest(canonicalJson(study)),
    engine: info,
    fingerprint: summary.fingerprint,
    symbols,
    bars: sessions.rows.length,
    trades,
    equity,
    initialCash: measured.initialCash,
    ...(summary.clock && { clock: summary.clock }),
    benchmark: measured.benchmark,
    metrics,
    digests: digestRun({
      trades,
      symbols,
      equity,
      metrics: own,
      fills: measured.portfolio?.fills ?? null,
    }),
    fills: fillsAsTraded(simulation.fills, simulation.trades, market),
    orders,
    unfilledValue,
    alerts,
    ...(simulation.inside && { inside: simulation.inside }),
    ...facts,
  };
}

const gapCounts = {
  sessions: 'integer',
  vix: 'integer',
  index: 'integer',
  oil: 'integer',
} as const;

/** Sets the variables by which a query keeps to the sessions. */
const setRange = (engine: Engine, { day }: Steps): void =>
  engine.run(setVariables({ from_day: day[0] ?? 0, to_day: day.at(-1) ?? 0 }));

async function macroNotes(
  plan: SignalPlan,
  sessions: Steps,
  engine: Engine,
  tables: FeatureTables,
): Promise<Note[]> {
  if (plan.sessions === null) return [];
  setRange(engine, sessions);
  const sql = tables.bind(macroGapsSql, { g_score: plan.sessions });
  const [gaps] = await ask(engine, reading(sql, gapCounts), {});
  if (gaps === undefined) return [];
  return (['vix', 'index', 'oil'] as const)
    .filter((input) => gaps[input] > 0 && gaps[input] < gaps.sessions)
    .map((input) => macroGaps(input, gaps[input], gaps.sessions));
}

/** Where symbols of a date are compared, non-members among them. */
async function outsiderNotes(
  { comparesAll }: SignalPlan,
  sessions: Steps,
  engine: Engine,
  tables: FeatureTables,
): Promise<Note[]> {
  if (comparesAll === undefined) return [];
  setRange(engine, sessions);
  const sql = tables.bind(outsidersSql, { member: comparesAll });
  const counts = { sessions: 'integer', outsiders: 'integer' } as const;
  const [found] = await ask(engine, reading(sql, counts), {});
  return found === undefined || found.outsiders === 0
    ? []
    : [outsidersCompared(found.outsiders, found.sessions)];
}

/** How what the strategy looks at lay to its threshold, where there was no signal at all. */
async function chartedOf(
  { chart: { column, label, threshold }, columns }: SignalPlan,
  { signals }: OrderCounts,
  sessions: Steps,
  { engine, tables }: RunContext,
): Promise<Charted | null> {
  const charted = columns[column];
  if (signals > 0 || threshold === null || charted === undefined) return null;
  setRange(engine, sessions);
  engine.run(setVariables({ threshold }));
  const sql = tables.bind(thresholdSql, { charted: charted.feature }, { column: charted.column });
  const wanted = {
    above: 'integer',
    known: 'integer',
    low: 'number or null',
    high: 'number or null',
  } as const;
  const [found] = await ask(engine, reading(sql, wanted), {});
  return found === undefined ? null : { label, threshold, ...found };
}

/** Exact integers have a grain: where true ranges are only a few thousand grains wide, rounding shows. */
function precisionNotes(study: Study, { market }: Dataset): Note[] {
  const scale = powerOfTen(study.precision.priceDecimals);
  const coarse = market.symbols.filter((_, s) => {
    const [first, end] = rowsOf(market, s);
    let ranges = 0;
    for (let row = first; row < end; row++) ranges += market.high[row]! - market.low[row]!;
    return ranges > 0 && (ranges / (end - first)) * scale < 10_000;
  });
  if (coarse.length === 0) return [];
  return [coarsePrices(coarse, study.precision.priceDecimals)];
}

/** With what ratios are annualised, where it is not what everyone expects. */
function frequencyNotes({ day, clock }: Steps): Note[] {
  if (clock !== undefined) return [];
  const perYear = perYearOf({ day });
  return perYear === 252 || perYear === 365 ? [] : [notDaily(perYear)];
}
