import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { type Market, rowsOf, type Signals } from '../../../../src/domain/market.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';

/** Open, high, low, close. */
export type Bar = readonly [open: number, high: number, low: number, close: number];

/** Session 0 of every market built here; session n is n days later. */
export const firstDay = dayFromIso('2024-01-01');

/** A bar that never moves. */
export const flat = (price: number): Bar => [price, price, price, price];

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
    volume: new Float64Array(rows.length).fill(Number.NaN),
  };
}

export interface Said {
  readonly side?: 1 | -1;
  readonly score?: number;
  readonly atr?: number;
  readonly factor?: number;
}

/** What the strategy says, by symbol and session; elsewhere nothing, with an ATR of `atr` on every row. */
export function signalsOf(
  market: Market,
  said: Readonly<Record<string, Readonly<Record<number, Said>>>>,
  atr = 1,
): Signals {
  const length = market.day.length;
  const signals = {
    side: new Int8Array(length),
    score: new Float64Array(length),
    atr: new Float64Array(length).fill(atr),
    sizeFactor: new Float64Array(length).fill(1),
  };
  for (const [symbol, sessions] of Object.entries(said)) {
    for (const [session, words] of Object.entries(sessions)) {
      const row = rowAt(market, symbol, Number(session));
      signals.side[row] = words.side ?? 0;
      signals.score[row] = words.score ?? 0;
      signals.atr[row] = words.atr ?? atr;
      signals.sizeFactor[row] = words.factor ?? 1;
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
export const plain: Settings = {
  range: { from: null, to: null },
  execution: { expireAfter: 5, endOfData: 'mark' },
  size: {
    rule: 'units',
    fraction: 0.005,
    minimum: 100,
    maximum: 5000,
    units: 1,
    risk: 0.01,
    whole: false,
  },
  exits: {
    reference: 'fill',
    stop: null,
    target: null,
    trailing: null,
    trailingMinimum: 0,
    longestHolding: null,
    oppositeSignal: false,
  },
  risk: {
    initialCash: 10_000,
    maximumPositions: 100,
    killSwitch: null,
    killSwitchPause: 1,
    drawdownAlerts: [],
  },
  costs: { commission: 0, commissionBps: 0, halfSpread: 0, slippage: 0 },
  metrics: { riskFreeRate: 0 },
  precision: { priceDecimals: 10, volumeDecimals: 4, attentionDecimals: 6 },
};

/** The plainest settings with a few of them changed. */
export function settingsOf(changes: {
  readonly [group in keyof Settings]?: Partial<Settings[group]>;
}): Settings {
  const settings = structuredClone(plain);
  for (const group of Object.keys(changes) as (keyof Settings)[]) {
    Object.assign(settings[group], changes[group]);
  }
  return settings;
}
