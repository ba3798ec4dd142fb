/**
 * Every trade of a z-score reversion with stop and target, as backtesting.py 0.6.6 made them.
 *
 * Source of zscore-reversion.trades.csv: backtesting.py 0.6.6 on vega-datasets 3.2.1 data/sp500-2000.csv, cash
 * 1,000,000, no costs, finalize_trades=True. Flat and z-score(20, sd n−1) of close < −2: buy 100 units at the
 * next open, stop at signal close − 2 ATR14 (simple mean), target at signal close + 3 ATR14, both working inside
 * the bar from the entry bar on; stop before target; a gap through the stop fills at the open.
 * Final equity from the same run.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay } from '../../src/domain/calendar.ts';
import type { Market, Signals } from '../../src/domain/market.ts';
import { settingsOf, simulate } from '../unit/domain/execution/market-builder.ts';

const FINAL_EQUITY = 1037134.6731928579;
const TOLERANCE = 1e-9;

const settings = settingsOf({
  execution: { endOfData: 'open' },
  size: { rule: 'units', units: 100 },
  exits: { reference: 'signal-close', stop: 2, target: 3 },
  risk: { initialCash: 1_000_000, maximumPositions: 1 },
});

let market: Market;
let signals: Signals;
let oracle: Record<string, string>[];

beforeAll(() => {
  market = readMarket('../../datasets/sp500-2000-2020/SP500.csv');
  signals = reversion(market);
  oracle = readCsv('zscore-reversion.trades.csv');
});

describe('the z-score reversion on the S&P 500, 2000–2020', () => {
  it('has backtesting.py’s 130 trades: bars, prices, levels, profit', () => {
    const { trades, equity } = simulate(market, signals, settings);
    expect(trades).toHaveLength(130);
    trades.forEach((trade, i) => {
      const expected = oracle[i]!;
      expect([i, trade.entryRow, trade.exitRow]).toEqual([
        i,
        Number(expected['EntryBar']),
        Number(expected['ExitBar']),
      ]);
      expect(trade.side * trade.quantity).toBe(Number(expected['Size']));
      near(trade.entryPrice, expected['EntryPrice']);
      near(trade.exitPrice, expected['ExitPrice']);
      near(trade.stop, expected['SL']);
      near(trade.target, expected['TP']);
      near(trade.net, expected['PnL']);
      expect(isoFromDay(market.day[trade.exitRow]!)).toBe(expected['ExitTime']);
    });
    near(equity.equity.at(-1)!, String(FINAL_EQUITY));
  });

  it('ends its last trade at the last close, where the study says so, and differs in nothing else', () => {
    const close = structuredClone(settings);
    close.execution.endOfData = 'close';
    const { trades } = simulate(market, signals, close);
    expect(trades.slice(0, -1)).toEqual(simulate(market, signals, settings).trades.slice(0, -1));
    expect(trades.at(-1)).toMatchObject({ exitRow: 5104, exitPrice: 2874.560059, reason: 'end' });
  });

  it('has no bar that touched both stop and target', () => {
    const { trades } = simulate(market, signals, settings);
    expect(trades.filter((trade) => trade.ambiguous)).toEqual([]);
  });
});

/** Long where the 20-bar z-score of the close is below −2, with the 14-bar simple ATR: plain loops. */
function reversion({ high, low, close, day }: Market): Signals {
  const length = day.length;
  const trueRange = new Float64Array(length);
  const atr = new Float64Array(length).fill(Number.NaN);
  const side = new Int8Array(length);
  for (let t = 0; t < length; t++) {
    const range = high[t]! - low[t]!;
    const before = close[t - 1] ?? close[t]!;
    trueRange[t] =
      t === 0 ? range : Math.max(range, Math.abs(high[t]! - before), Math.abs(low[t]! - before));
    if (t >= 13) atr[t] = mean(trueRange.subarray(t - 13, t + 1));
    if (t < 19) continue;
    const window = close.subarray(t - 19, t + 1);
    const centre = mean(window);
    let squares = 0;
    for (const x of window) squares += (x - centre) * (x - centre);
    if ((close[t]! - centre) / Math.sqrt(squares / 19) < -2) side[t] = 1;
  }
  const sizeFactor = new Float64Array(length).fill(1);
  const exit = new Int8Array(length);
  return { side, exit, atr, score: new Float64Array(length), sizeFactor, halfSpread: null };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function near(actual: number | null, expected: string | undefined): void {
  const value = Number(expected);
  expect(Math.abs(actual! - value)).toBeLessThanOrEqual(TOLERANCE * Math.abs(value));
}

function readMarket(path: string): Market {
  const rows = readCsv(path);
  const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
  return {
    symbols: ['SP500'],
    firstRow: Int32Array.of(0, rows.length),
    day: Int32Array.from(rows, (row) => dayFromIso(row['date']!)),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function readCsv(path: string): Record<string, string>[] {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8').trim();
  const [head, ...lines] = text.split(/\r?\n/).map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head!.map((name, i) => [name, line[i]!])));
}
