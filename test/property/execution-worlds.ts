import fc from 'fast-check';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { type Market, rowsOf, type Signals } from '../../src/domain/market.ts';
import type { Simulation } from '../../src/domain/run.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import {
  type Bar,
  firstDay,
  marketOf,
  plain,
  type Said,
  signalsOf,
} from '../unit/domain/execution/market-builder.ts';

/** Small random worlds for the simulator: markets with gaps and missing bars, signals, settings. */
export interface World {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Settings;
}

/** What a bar is made of: jump from the last close, move to the close, wicks (ratios), and what is said at it. */
export interface Step {
  readonly jump: number;
  readonly move: number;
  readonly up: number;
  readonly down: number;
  readonly said: Required<Said> | { readonly atr: number };
}

const ratio = (max: number) => fc.integer({ min: -1000, max: 1000 }).map((n) => (n / 1000) * max);
const said = fc.oneof(
  { weight: 3, arbitrary: fc.record({ atr: fc.integer({ min: 1, max: 60 }).map((n) => n / 10) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      side: fc.constantFrom<1 | -1>(1, -1),
      score: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)),
      atr: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => n / 10) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      factor: fc.constantFrom(1, 1, 0.5),
    }),
  },
);
export const step: fc.Arbitrary<Step> = fc.record({
  jump: ratio(0.06),
  move: ratio(0.08),
  up: ratio(0.04).map(Math.abs),
  down: ratio(0.04).map(Math.abs),
  said,
});
/** One list a symbol, one entry a session; null is a session without a bar. */
export type Plan = readonly (readonly (Step | null)[])[];

export const plan: fc.Arbitrary<Plan> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 40 }))
  .chain(([symbols, sessions]) =>
    fc.array(fc.array(fc.option(step, { freq: 8 }), { minLength: sessions, maxLength: sessions }), {
      minLength: symbols,
      maxLength: symbols,
    }),
  );

const names = ['A', 'B', 'C', 'D', 'E'];

/** The market and the signals of a plan. */
export function worldOf(plan: Plan): { market: Market; signals: Signals } {
  const bars: Record<string, (Bar | null)[]> = {};
  const words: Record<string, Record<number, Said>> = {};
  plan.forEach((steps, s) => {
    const name = names[s]!;
    let close = 60 + 15 * s;
    const spoken: Record<number, Said> = {};
    bars[name] = steps.map((step, session) => {
      if (step === null) return null;
      const open = close * (1 + step.jump);
      close = open * (1 + step.move);
      spoken[session] = step.said;
      return [
        open,
        Math.max(open, close) * (1 + step.up),
        Math.min(open, close) * (1 - step.down),
        close,
      ];
    });
    words[name] = spoken;
  });
  const market = marketOf(bars);
  return { market, signals: signalsOf(market, words) };
}

const off = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });
const multiple = fc.integer({ min: 1, max: 12 }).map((n) => n / 4);

export const settings: fc.Arbitrary<Settings> = fc.record({
  range: fc.constant(plain.range),
  execution: fc.record({
    expireAfter: fc.integer({ min: 1, max: 6 }),
    endOfData: fc.constantFrom<'mark' | 'close' | 'open'>('mark', 'mark', 'close', 'open'),
  }),
  size: fc.record({
    rule: fc.constantFrom<'fraction' | 'units' | 'atr-risk'>('fraction', 'units', 'atr-risk'),
    fraction: fc.constantFrom(0.005, 0.1, 0.5, 1),
    minimum: fc.constantFrom(0, 100),
    maximum: fc.constantFrom(null, 500, 5000),
    units: fc.constantFrom(1, 7.5, 100),
    risk: fc.constantFrom(0.01, 0.1, 1),
    whole: fc.boolean(),
  }),
  exits: fc.record({
    reference: fc.constantFrom<'fill' | 'signal-close'>('fill', 'signal-close'),
    stop: off(multiple),
    target: off(multiple),
    trailing: off(multiple),
    trailingMinimum: fc.constantFrom(0, 0.02),
    longestHolding: off(fc.integer({ min: 1, max: 8 })),
    oppositeSignal: fc.boolean(),
  }),
  risk: fc.record({
    initialCash: fc.constantFrom(1000, 10_000, 100_000),
    maximumPositions: fc.integer({ min: 1, max: 5 }),
    killSwitch: fc.constantFrom(null, 0.98, 0.9),
    killSwitchPause: fc.integer({ min: 1, max: 3 }),
    drawdownAlerts: fc.constantFrom([], [0.05, 0.1, 0.2]),
  }),
  costs: fc.record({
    commission: fc.constantFrom(0, 1),
    commissionBps: fc.constantFrom(0, 5),
    halfSpread: fc.constantFrom(0, 3),
    slippage: fc.constantFrom(0, 10, 100),
  }),
  metrics: fc.constant(plain.metrics),
  precision: fc.constant(plain.precision),
});

export const world: fc.Arbitrary<World> = fc
  .tuple(plan, settings)
  .map(([plan, settings]) => ({ ...worldOf(plan), settings }));

/** The rows of the sessions up to `session`, of market and signals; rows are renumbered. */
export function cutAfter({ market, signals, settings }: World, session: number): World {
  const firstRow = [0];
  const kept: number[] = [];
  market.symbols.forEach((_, s) => {
    const [from, to] = rowsOf(market, s);
    for (let row = from; row < to; row++) {
      if (market.day[row]! <= firstDay + session) kept.push(row);
    }
    firstRow.push(kept.length);
  });
  const pick = (column: Float64Array) => Float64Array.from(kept, (row) => column[row]!);
  return {
    market: {
      symbols: market.symbols,
      firstRow: Int32Array.from(firstRow),
      day: Int32Array.from(kept, (row) => market.day[row]!),
      open: pick(market.open),
      high: pick(market.high),
      low: pick(market.low),
      close: pick(market.close),
      volume: pick(market.volume),
    },
    signals: {
      side: Int8Array.from(kept, (row) => signals.side[row]!),
      score: pick(signals.score),
      atr: pick(signals.atr),
      sizeFactor: pick(signals.sizeFactor),
    },
    settings,
  };
}

export interface Fill {
  readonly session: number;
  readonly what: string;
  /** At the session's open: nothing of that bar but its open may have decided it. */
  readonly atOpen: boolean;
}

/** Every fill of a run with all that was known about it then, in bits, without row numbers. */
export function fillsOf(market: Market, { trades }: Simulation): Fill[] {
  const fills: Fill[] = [];
  for (const t of trades) {
    const id = [market.symbols[t.symbol], t.side, sessionOf(market, t.signalRow)];
    const entry = [t.quantity, t.entryPrice, t.stop, t.target, t.score];
    fills.push({
      session: sessionOf(market, t.entryRow),
      what: ['in', ...id, ...entry].join(' '),
      atOpen: true,
    });
    if (t.exitRow < 0) continue;
    const exit = [t.exitPrice, t.reason, t.bars, t.ambiguous, t.gross, t.net];
    fills.push({
      session: sessionOf(market, t.exitRow),
      what: ['out', ...id, ...exit].join(' '),
      atOpen: t.exitPrice === market.open[t.exitRow],
    });
  }
  return fills;
}

export function sessionOf(market: Market, row: number): number {
  return market.day[row]! - firstDay;
}

/** A day of the builder's calendar as the study writes it. */
export function isoOf(session: number): string {
  return isoFromDay(firstDay + session);
}
