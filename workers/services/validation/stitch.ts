import { stepsOfSessions } from '../../../src/domain/session-closes.ts';
import { buyAndHold } from '../../../src/domain/benchmark.ts';
import { digestRun } from '../../../src/domain/digest.ts';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import { datedTrades } from '../../../src/domain/run.ts';
import { type Market, type Steps, type Signals, barTime } from '../../../src/domain/market.ts';
import { metricsOf } from '../../../src/domain/metrics/metrics.ts';
import { type QuickMetrics, quickMetrics } from '../../../src/domain/metrics/quick.ts';
import type { Equity, Simulation, Trades } from '../../../src/domain/run.ts';
import type { Settings } from '../../../src/domain/study/schema.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { accountsIn, startingCash } from '../../../src/domain/trial.ts';
import type { Stitched } from '../../../src/domain/validation/walk-forward.ts';
import type { Step } from '../../../src/domain/units.ts';

/** A test window: places in the run's list of sessions, both ends inclusive. */
export interface Window {
  readonly testFrom: Step;
  readonly testTo: Step;
}

/** What trades in a window; null stays in cash. */
export interface Trader {
  readonly settings: Settings;
  readonly signals: Signals;
}

/** A window that was run: flat at its start, closed at its last close. */
export interface WindowRun {
  readonly window: Window;
  readonly simulation: Simulation;
  readonly quick: QuickMetrics;
}

/** Trades one window with so much capital, over its own sessions only; earlier bars have warmed the signals. */
export function runWindow(
  market: Market,
  sessions: Steps,
  window: Window,
  trader: Trader,
  capital: number,
): WindowRun {
  const part = sessionsOfWindow(sessions, window);
  const { settings, signals } = trader;
  const initialCash = capital / accountsIn(settings, market, part);
  const simulation = simulate(
    market,
    signals,
    {
      ...settings,
      risk: { ...settings.risk, initialCash },
      execution: { ...settings.execution, endOfData: 'close' },
      // The curve is that of one unit, which payments leave as it is.
      ...(settings.contributions && {
        contributions: { ...settings.contributions, amount: null },
      }),
    },
    part,
  );
  return { window, simulation, quick: quickOf(simulation, capital, settings) };
}

/**
 * Test windows one after another: each starts flat with what the one before left. A window without a trader, and all
 * that follow a loss of everything, stay in cash.
 */
export class Stitch {
  readonly #runs: WindowRun[] = [];
  #capital: number;

  constructor(
    private readonly market: Market,
    private readonly sessions: Steps,
    private readonly study: Study,
  ) {
    this.#capital = startingCash(study, market, sessions);
  }

  add(window: Window, trader: Trader | null): WindowRun {
    const run =
      trader === null || this.#capital <= 0
        ? this.#inCash(window)
        : runWindow(this.market, this.sessions, window, trader, this.#capital);
    this.#runs.push(run);
    this.#capital = run.simulation.equity.equity.at(-1) ?? this.#capital;
    return run;
  }

  #inCash(window: Window): WindowRun {
    const { market, sessions, study } = this;
    const still = {
      ...study,
      risk: { ...study.risk, initialCash: this.#capital, accounts: 'shared' },
    } as const;
    const simulation = simulate(market, silent(market), still, sessionsOfWindow(sessions, window));
    return { window, simulation, quick: quickOf(simulation, this.#capital, study) };
  }

  /** The windows as one run, in the study's convention. */
  result(): Stitched {
    const { market, study } = this;
    const runs = this.#runs;
    const sessions = joinedSessions(
      runs.map(({ window }) => sessionsOfWindow(this.sessions, window)),
    );
    const equity = joinedEquity(runs.map(({ simulation }) => simulation.equity));
    const trades = joinedTrades(runs);
    const initialCash = startingCash(study, market, this.sessions);
    const metrics = metricsOf(
      {
        equity,
        trades,
        timeOf: barTime(market),
        benchmark: buyAndHold(market, sessions, initialCash),
        closes: buyAndHold(market, sessions, 1, 'close'),
        warmup: 0,
        initialCash,
        riskFreeRate: study.metrics.riskFreeRate,
        interest: runs.reduce((sum, { simulation }) => sum + simulation.interest, 0),
      },
      study.metrics.convention,
    );
    const dated = datedTrades(trades, market, equity.day);
    return {
      equity,
      trades: dated,
      metrics,
      quick: quickMetrics({
        equity,
        trades,
        initialCash,
        riskFreeRate: study.metrics.riskFreeRate,
      }),
      digests: digestRun({ trades: dated, symbols: market.symbols, equity, metrics }),
    };
  }
}

const quickOf = (
  { equity, trades }: Simulation,
  initialCash: number,
  { metrics: { riskFreeRate } }: Settings,
): QuickMetrics => quickMetrics({ equity, trades, initialCash, riskFreeRate });

/** Signals that never say anything. */
function silent({ day }: Market): Signals {
  return {
    side: new Int8Array(day.length),
    exit: new Int8Array(day.length),
    score: new Float64Array(day.length).fill(NaN),
    atr: new Float64Array(day.length).fill(NaN),
    sizeFactor: new Float64Array(day.length).fill(1),
    halfSpread: new Float64Array(day.length),
  };
}

function sessionsOfWindow(steps: Steps, window: Window): Steps {
  const { day, number, clock, start, rows, symbol } = steps;
  const [testFrom, testTo] = stepsOfSessions(steps, [window.testFrom, window.testTo]);
  const from = start[testFrom]!;
  const to = start[testTo + 1]!;
  return {
    day: day.slice(testFrom, testTo + 1),
    number: number.slice(testFrom, testTo + 1),
    ...(clock && {
      clock: {
        opens: clock.opens.slice(testFrom, testTo + 1),
        known: clock.known.slice(testFrom, testTo + 1),
      },
    }),
    start: start.slice(testFrom, testTo + 2).map((at) => at - from),
    rows: rows.slice(from, to),
    symbol: symbol.slice(from, to),
  };
}

function joinedSessions(parts: readonly Steps[]): Steps {
  let before = 0;
  const clocks = parts.flatMap(({ clock }) => clock ?? []);
  const starts = parts.map(({ start, rows }) => {
    const shifted = start.slice(0, -1).map((at) => at + before);
    before += rows.length;
    return shifted;
  });
  return {
    day: join(parts.map(({ day }) => day)),
    number: join(parts.map(({ number }) => number)),
    ...(clocks.length > 0 && {
      clock: {
        opens: join(clocks.map(({ opens }) => opens)),
        known: join(clocks.map(({ known }) => known)),
      },
    }),
    start: join([...starts, Int32Array.of(before)]),
    rows: join(parts.map(({ rows }) => rows)),
    symbol: join(parts.map(({ symbol }) => symbol)),
  };
}

function joinedEquity(parts: readonly Equity[]): Equity {
  const known = parts.flatMap((part) => part.known ?? []);
  return {
    day: join(parts.map(({ day }) => day)),
    ...(known.length > 0 && {
      opens: join(parts.flatMap((part) => part.opens ?? [])),
      known: join(known),
    }),
    equity: join(parts.map(({ equity }) => equity)),
    cash: join(parts.map(({ cash }) => cash)),
    gross: join(parts.map(({ gross }) => gross)),
    net: join(parts.map(({ net }) => net)),
    positions: join(parts.map(({ positions }) => positions)),
  };
}

/** Trades of all windows, sessions counted from the first window's first. */
function joinedTrades(runs: readonly WindowRun[]): Trades {
  let before = 0;
  const parts = runs.map(({ simulation: { trades, equity } }) => {
    const shift = before;
    before += equity.day.length;
    return {
      ...trades,
      entryStep: trades.entryStep.map((session) => session + shift),
      exitStep: trades.exitStep.map((session) => (session < 0 ? session : session + shift)),
    };
  });
  const [first, ...rest] = parts;
  if (first === undefined) throw new RangeError('There is no window.');
  const whole: Record<string, unknown> = {
    length: parts.reduce((sum, trades) => sum + trades.length, 0),
  };
  for (const key of Object.keys(first) as (keyof Trades)[]) {
    if (key === 'length') continue;
    whole[key] = join<NumberArray>([first, ...rest].flatMap((trades) => trades[key] ?? []));
  }
  return whole as unknown as Trades;
}

type NumberArray = Int8Array | Uint8Array | Int32Array | Float64Array;

/** One array after another, of the first one's type. */
function join<T extends NumberArray>(parts: readonly T[]): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const type = (parts[0]?.constructor ?? Float64Array) as new (length: number) => T;
  const whole = new type(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
