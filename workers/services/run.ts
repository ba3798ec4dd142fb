import { buyAndHold } from '../../src/domain/benchmark.ts';
import { dayFromIso, isoFromDay, sessionsPerYear } from '../../src/domain/calendar.ts';
import { digestRun, sha256Hex } from '../../src/domain/digest.ts';
import { LabError } from '../../src/domain/errors.ts';
import { simulate } from '../../src/domain/execution/simulate.ts';
import { tradeRows } from '../../src/domain/export.ts';
import type { Feature } from '../../src/domain/features.ts';
import { type Sessions, type Signals, rowsOf, sessionsOf } from '../../src/domain/market.ts';
import { metricsOf } from '../../src/domain/metrics/metrics.ts';
import type { Simulation } from '../../src/domain/run.ts';
import { strategyById } from '../../src/domain/strategies/registry.ts';
import type { Note, SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { type Study, canonicalJson, completeStudy } from '../../src/domain/study/study.ts';
import type { EngineInfo, OnProgress, RunResult } from '../../src/protocol/lab.ts';
import { macroGapsSql, signalsSql } from '../../src/sql/catalogue.ts';
import { setVariables } from '../../src/sql/sql.ts';
import { type Engine, stopIfAborted } from '../engines/engine.ts';
import { float64, int8, rows } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables, Scales } from './features.ts';
import { shortList } from './wording.ts';

/** A finished run, with what its exports need. */
export interface Run {
  readonly result: RunResult;
  readonly plan: SignalPlan;
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
  const strategy = strategyById(study.strategy.id);
  if (strategy === undefined) throw new RangeError(`No strategy ${study.strategy.id}.`);
  const plan = strategy.plan(study.strategy.parameters, dataset.summary.facts);
  const sessions = sessionsIn(study, dataset);

  const timings: Record<string, number> = {};
  let last = now();
  const lap = (phase: string): void => {
    const time = now();
    timings[phase] = time - last;
    last = time;
  };

  await computeFeatures(study, plan, context);
  lap('features');
  onProgress({ phase: 'signals', label: 'Signals', ratio: 0.7 });
  const signals = await readSignals(plan, context);
  lap('signals');
  stopIfAborted(signal);
  onProgress({ phase: 'simulation', label: 'Simulation', ratio: 0.8 });
  const simulation = simulate(dataset.market, signals, study, sessions);
  lap('simulation');
  onProgress({ phase: 'results', label: 'Metrics and digests', ratio: 0.9 });
  const notes = [
    ...dataset.summary.notes,
    ...plan.notes,
    ...(await macroNotes(plan, sessions, engine, context.tables)),
    ...precisionNotes(study, dataset),
    ...frequencyNotes(sessions),
    ...assumptions(study, simulation),
  ];
  const result = assemble(study, simulation, sessions, notes, timings, context);
  lap('results');
  return { plan, result };
}

function scalesOf({ precision }: Study): Scales {
  return {
    price_scale: Number(`1e${precision.priceDecimals}`),
    volume_scale: Number(`1e${precision.volumeDecimals}`),
    attention_scale: Number(`1e${precision.attentionDecimals}`),
  };
}

async function computeFeatures(
  study: Study,
  plan: SignalPlan,
  { tables, signal, onProgress }: RunContext,
): Promise<void> {
  const wanted: Feature[] = [
    ...Object.values(plan.inputs),
    ...Object.values(plan.columns).map(({ feature }) => feature),
    ...(plan.sessions ? [plan.sessions] : []),
  ];
  try {
    await tables.compute(wanted, scalesOf(study), signal, (done, of, name) => {
      onProgress({
        phase: 'features',
        label: `Features: ${name.replaceAll('_', ' ')}`,
        ratio: (0.7 * done) / of,
      });
    });
  } catch (error) {
    throw overflowExplained(error);
  }
}

async function readSignals(
  plan: SignalPlan,
  { engine, tables, signal }: RunContext,
): Promise<Signals> {
  engine.run(setVariables(plan.values));
  const table = await engine.query(signalsSql(tables.bind(plan.sql, plan.inputs)), signal);
  return {
    side: int8(table, 'side'),
    score: float64(table, 'score'),
    atr: float64(table, 'atr'),
    sizeFactor: float64(table, 'size_factor'),
  };
}

function assemble(
  study: Study,
  simulation: Simulation,
  sessions: Sessions,
  notes: readonly Note[],
  timings: Readonly<Record<string, number>>,
  { dataset, info }: RunContext,
): RunResult {
  const { market, summary } = dataset;
  const { initialCash } = study.risk;
  const benchmark = buyAndHold(market, sessions, initialCash);
  const trades = tradeRows(simulation.trades, market);
  const metrics = metricsOf({
    equity: simulation.equity,
    trades: simulation.trades,
    benchmark,
    initialCash,
    riskFreeRate: study.metrics.riskFreeRate,
  });
  return {
    study,
    studyDigest: sha256Hex(new TextEncoder().encode(canonicalJson(study))),
    engine: info,
    fingerprint: summary.fingerprint,
    symbols: market.symbols,
    bars: sessions.rows.length,
    trades,
    equity: simulation.equity,
    benchmark,
    metrics,
    digests: digestRun({ trades, equity: simulation.equity, metrics }),
    orders: simulation.orders,
    alerts: simulation.alerts,
    notes,
    timings,
  };
}

function sessionsIn(study: Study, { market, summary }: Dataset): Sessions {
  const { from, to } = study.range;
  const edge = (date: string | null, path: string, fallback: number): number => {
    if (date === null) return fallback;
    try {
      return dayFromIso(date);
    } catch {
      throw new LabError({
        kind: 'study',
        problem: 'There is no such date.',
        remedy: 'Write it as YYYY-MM-DD.',
        place: { path, value: date },
      });
    }
  };
  const sessions = sessionsOf(
    market,
    edge(from, '/range/from', -Infinity),
    edge(to, '/range/to', Infinity),
  );
  if (sessions.day.length > 0) return sessions;
  throw new LabError({
    kind: 'data',
    problem: 'The study’s range holds no bars.',
    remedy:
      from !== null && to !== null && from > to
        ? 'range.from is after range.to.'
        : `The data run from ${isoFromDay(summary.from)} to ${isoFromDay(summary.to)}: change range.from or range.to.`,
    place: { path: '/range', value: `${from ?? 'start'} to ${to ?? 'end'}` },
  });
}

/** Exact integers have an end: DuckDB refuses rather than rounds, and this says what to change. */
function overflowExplained(error: unknown): unknown {
  if (!(error instanceof LabError) || error.data.kind !== 'engine') return error;
  if (!/overflow|out of range|could not be cast/i.test(error.data.cause ?? '')) return error;
  return new LabError({
    ...error.data,
    kind: 'data',
    problem:
      'Some prices, volumes or attention values are too large for exact window sums at this precision.',
    remedy:
      'Lower precision.priceDecimals, precision.volumeDecimals or precision.attentionDecimals.',
  });
}

async function macroNotes(
  plan: SignalPlan,
  sessions: Sessions,
  engine: Engine,
  tables: FeatureTables,
): Promise<Note[]> {
  if (plan.sessions === null) return [];
  engine.run(setVariables({ from_day: sessions.day[0] ?? 0, to_day: sessions.day.at(-1) ?? 0 }));
  const [gaps] = rows<Record<'sessions' | 'vix' | 'index' | 'oil', number>>(
    await engine.query(tables.bind(macroGapsSql, { g_score: plan.sessions })),
  );
  if (gaps === undefined) return [];
  return (['vix', 'index', 'oil'] as const)
    .filter((input) => gaps[input] > 0 && gaps[input] < gaps.sessions)
    .map((input) => ({
      level: 'warning' as const,
      text: `${input.toUpperCase()} is missing or too old on ${gaps[input]} of ${gaps.sessions} sessions: scored 0 in the G-Score there.`,
    }));
}

/** Exact integers have a grain: where true ranges are only a few thousand grains wide, rounding shows. */
function precisionNotes(study: Study, { market }: Dataset): Note[] {
  const scale = scalesOf(study).price_scale;
  const coarse = market.symbols.filter((_, s) => {
    const [first, end] = rowsOf(market, s);
    let ranges = 0;
    for (let row = first; row < end; row++) ranges += market.high[row]! - market.low[row]!;
    return ranges > 0 && (ranges / (end - first)) * scale < 10_000;
  });
  if (coarse.length === 0) return [];
  return [
    {
      level: 'warning',
      text: `Prices of ${shortList(coarse)} are too small for ${study.precision.priceDecimals} decimals: rounding changes their signals. Raise precision.priceDecimals, or scale the prices.`,
    },
  ];
}

/** Ratios are annualised as for daily bars; weekly or monthly bars would make them wrong by a factor. */
function frequencyNotes({ day }: Sessions): Note[] {
  const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365.25;
  const n = sessionsPerYear(day);
  const perYear = day.length / years;
  if (years < 0.5 || (perYear > 0.8 * n && perYear < 1.2 * n)) return [];
  return [
    {
      level: 'warning',
      text: `${Math.round(perYear)} sessions a year stand in the data, and ratios are annualised with ${n}: volatility, Sharpe and Sortino are those of daily bars.`,
    },
  ];
}

/** What every reader of the numbers should know. */
function assumptions(study: Study, { trades }: Simulation): Note[] {
  const { costs, execution } = study;
  const open = trades.filter(({ exitRow }) => exitRow < 0).length;
  const notes: Note[] = [
    { level: 'info', text: 'Signals at a close fill at the open of the symbol’s next bar.' },
    {
      level:
        costs.commission + costs.commissionBps + costs.halfSpread + costs.slippage === 0
          ? 'warning'
          : 'info',
      text: `Costs: commission ${costs.commission} per fill and ${costs.commissionBps} bps, half spread ${costs.halfSpread} bps, slippage ${costs.slippage} bps.`,
    },
    {
      level: 'info',
      text: 'Not charged in this version: market impact, borrow fee, interest. Fills are not capped by volume.',
    },
  ];
  if (open > 0 && execution.endOfData === 'mark') {
    notes.push({
      level: 'info',
      text: `${open} position${open === 1 ? ' is' : 's are'} open at the end, marked at the last close.`,
    });
  }
  return notes;
}
