import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { simulate as simulateColumns } from '../../../../src/domain/execution/simulate.ts';
import { type Market, rowsOf, type Signals } from '../../../../src/domain/market.ts';
import { type ExitReason, exitReasons, type Simulation } from '../../../../src/domain/run.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';

/** Open, high, low, close; without a volume the symbol has none. */
export type Bar = readonly [
  open: number,
  high: number,
  low: number,
  close: number,
  volume?: number,
];

/** Session 0 of every market built here; session n is n days later. */
export const firstDay = dayFromIso('2024-01-01');

/** A bar that never moves. */
export const flat = (price: number, volume = Number.NaN): Bar => [
  price,
  price,
  price,
  price,
  volume,
];

/** A market drawn as one list of bars a symbol, one entry a session; null is a session without a bar. */
export function marketOf(bars: Readonly<Record<string, readonly (Bar | null)[]>>): Market {
  const symbols = Object.keys(bars).sort();
  const firstRow = [0];
  const day: number[] = [];
  const rows: Bar[] = [];
  for (const symbol of symbols) {
    bars[symbol]!.forEach((bar, session) => {
      if (bar === null) return;
      day.push(firstDay + session);
      rows.push(bar);
    });
    firstRow.push(rows.length);
  }
  return {
    symbols,
    firstRow: Int32Array.from(firstRow),
    day: Int32Array.from(day),
    open: Float64Array.from(rows, ([open]) => open),
    high: Float64Array.from(rows, ([, high]) => high),
    low: Float64Array.from(rows, ([, , low]) => low),
    close: Float64Array.from(rows, ([, , , close]) => close),
    volume: Float64Array.from(rows, ([, , , , volume]) => volume ?? Number.NaN),
  };
}

/** What the universe file says of a symbol. */
export interface Listed {
  /** The session from which on it is delisted. */
  readonly delistedOn?: number;
  readonly delistingReturn?: number;
  readonly group?: string;
}

/** The same market with a universe file. */
export function listed(market: Market, facts: Readonly<Record<string, Listed>>): Market {
  const of = market.symbols.map((symbol) => facts[symbol] ?? {});
  const groups = [...new Set(of.flatMap(({ group }) => group ?? []))];
  const delistings = of.map(({ delistedOn }) => delistedOn);
  return {
    ...market,
    listings: {
      delistedOn: Int32Array.from(delistings, (on) => (on === undefined ? NEVER : firstDay + on)),
      delistingReturn: Float64Array.from(of, (one) => one.delistingReturn ?? Number.NaN),
      group: Int32Array.from(of, ({ group }) => (group === undefined ? -1 : groups.indexOf(group))),
      groups,
    },
  };
}

const NEVER = 2_147_483_647;

export interface Said {
  readonly side?: 1 | -1;
  readonly exit?: 1 | 2 | 3;
  readonly score?: number;
  readonly atr?: number;
  readonly factor?: number;
  readonly halfSpread?: number;
}

/** What the strategy says, by symbol and session; elsewhere nothing, with an ATR of `atr` on every row. */
export function signalsOf(
  market: Market,
  said: Readonly<Record<string, Readonly<Record<number, Said>>>>,
  atr = 1,
): Signals {
  const length = market.day.length;
  const estimates = Object.values(said).some((sessions) =>
    Object.values(sessions).some((words) => words.halfSpread !== undefined),
  );
  const signals = {
    side: new Int8Array(length),
    exit: new Int8Array(length),
    halfSpread: estimates ? new Float64Array(length).fill(Number.NaN) : null,
    score: new Float64Array(length),
    atr: new Float64Array(length).fill(atr),
    sizeFactor: new Float64Array(length).fill(1),
  };
  for (const [symbol, sessions] of Object.entries(said)) {
    for (const [session, words] of Object.entries(sessions)) {
      const row = rowAt(market, symbol, Number(session));
      signals.side[row] = words.side ?? 0;
      signals.exit[row] = words.exit ?? 0;
      signals.score[row] = words.score ?? 0;
      signals.atr[row] = words.atr ?? atr;
      signals.sizeFactor[row] = words.factor ?? 1;
      if (words.halfSpread !== undefined) signals.halfSpread![row] = words.halfSpread;
    }
  }
  return signals;
}

/** The row of a symbol's bar in a session. */
export function rowAt(market: Market, symbol: string, session: number): number {
  const [from, to] = rowsOf(market, market.symbols.indexOf(symbol));
  for (let row = from; row < to; row++) if (market.day[row] === firstDay + session) return row;
  throw new Error(`${symbol} has no bar in session ${session}.`);
}

/** The plainest settings: one unit, no exits, no costs, no limits that bind. */
export const plain: Settings = completeStudy({
  size: { rule: 'units', units: 1 },
  execution: { maximumParticipation: null },
  exits: { stop: null, target: null, trailing: 'off', trailingMinimum: 0, longestHolding: null },
  risk: {
    initialCash: 10_000,
    maximumPositions: 100,
    killSwitch: null,
    maintenanceMargin: null,
    drawdownAlerts: [],
  },
  costs: { commission: 0, slippage: 0, impact: null, borrowFee: 0 },
});

/** The plainest settings with a few of them changed. */
export function settingsOf(changes: {
  readonly [group in keyof Settings]?: Partial<Settings[group]>;
}): Settings {
  const settings: Record<string, unknown> = structuredClone(plain);
  for (const group of Object.keys(changes) as (keyof Settings)[])
    settings[group] = { ...(settings[group] as object | undefined), ...changes[group] };
  return settings as unknown as Settings;
}

/** One trade as an object: null where there is nothing, the exit's reason as its word. */
export interface TradeRow {
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly signalRow: number;
  readonly entryRow: number;
  readonly exitRow: number;
  readonly entryStep: number;
  readonly exitStep: number;
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly reason: ExitReason | null;
  readonly stop: number | null;
  readonly target: number | null;
  readonly score: number;
  readonly gross: number;
  readonly commission: number;
  readonly spread: number;
  readonly slippage: number;
  readonly impact: number;
  readonly borrow: number;
  readonly net: number;
  readonly bars: number;
  readonly ambiguous: boolean;
  readonly mae: number;
  readonly mfe: number;
}

/** `simulate`, with its trades as rows. */
export function simulate(
  ...input: Parameters<typeof simulateColumns>
): Omit<Simulation, 'trades'> & { readonly trades: TradeRow[] } {
  const simulation = simulateColumns(...input);
  return { ...simulation, trades: rowsOfTrades(simulation) };
}

function rowsOfTrades({ trades }: Pick<Simulation, 'trades'>): TradeRow[] {
  const { length, ...columns } = trades;
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from({ length }, (_, i) => {
    const row = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, column[i]]),
    ) as unknown as TradeRow;
    return {
      ...row,
      reason: exitReasons[trades.reason[i]!] ?? null,
      stop: known(trades.stop[i]!),
      target: known(trades.target[i]!),
      ambiguous: trades.ambiguous[i] === 1,
    };
  });
}
