/** Features of single symbols' prices against their definitions, written out as plain loops. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay, weekday } from '../../src/domain/calendar.ts';
import {
  bollinger,
  ema,
  highest,
  lowest,
  momentum,
  newPeriod,
  rsi,
  sma,
  spreadEstimate,
} from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { type BarRow, column, loadBars, scales, sp500 } from './lab.ts';
import { bothSymbols, expectClose, market, rowsOf } from './synthetic.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** `of` over the last `n` bars, null before there are so many. */
const rolling = (rows: readonly BarRow[], n: number, of: (window: readonly BarRow[]) => number) =>
  rows.map((_, i) => (i < n - 1 ? null : of(rows.slice(i - n + 1, i + 1))));

const closes = (rows: readonly BarRow[]): number[] => rows.map(({ close }) => close);
const changes = (rows: readonly BarRow[]): number[] =>
  rows.map(({ close }, i) => close - (rows[i - 1]?.close ?? close));

describe('a price feature is its definition', () => {
  let engine: Engine;
  let tables: FeatureTables;
  beforeAll(async () => {
    engine = await startNodeEngine();
    tables = loadBars(engine, market);
  });
  const read = (
    ...args: Parameters<typeof column> extends [unknown, unknown, ...infer R] ? R : never
  ) => column(engine, tables, ...args);

  it('moving average: the mean of the last n closes, and their exact sum', async () => {
    expectClose(
      await read(sma(20)),
      bothSymbols((rows) => rolling(rows, 20, (w) => mean(closes(w)))),
    );
    const sums = await read(sma(20), 'ticks');
    const exact = rowsOf(0)
      .slice(0, 20)
      .map(({ close }) => Math.round(close * scales.price_scale));
    expect(String(sums[19])).toBe(String(exact.reduce((a, b) => a + b)));
  });

  it('exponential average: from the simple mean of the first n on', async () => {
    expectClose(
      await read(ema(10)),
      bothSymbols((rows) => {
        let value = mean(closes(rows.slice(0, 10)));
        return rows.map(({ close }, i) => {
          if (i < 9) return null;
          if (i > 9) value += (close - value) * (2 / 11);
          return value;
        });
      }),
    );
  });

  it('highest high and lowest low', async () => {
    expect(await read(highest(20))).toEqual(
      bothSymbols((rows) => rolling(rows, 20, (w) => Math.max(...w.map(({ high }) => high)))),
    );
    expect(await read(highest(40))).toEqual(
      bothSymbols((rows) => rolling(rows, 40, (w) => Math.max(...w.map(({ high }) => high)))),
    );
    expect(await read(lowest(7))).toEqual(
      bothSymbols((rows) => rolling(rows, 7, (w) => Math.min(...w.map(({ low }) => low)))),
    );
  });

  it('RSI by Cutler: gains among all moves of the last n changes', async () => {
    expectClose(
      await read(rsi('cutler', 14)),
      bothSymbols((rows) => {
        const moves = changes(rows);
        return moves.map((_, i) => {
          if (i < 14) return null;
          const seen = moves.slice(i - 13, i + 1);
          const gains = seen.reduce((sum, x) => sum + Math.max(x, 0), 0);
          return (100 * gains) / seen.reduce((sum, x) => sum + Math.abs(x), 0);
        });
      }),
    );
  });

  it('RSI by Wilder: first value at bar n', async () => {
    expectClose(
      await read(rsi('wilder', 14)),
      bothSymbols((rows) => {
        const moves = changes(rows);
        let gain = mean(moves.slice(1, 15).map((x) => Math.max(x, 0)));
        let loss = mean(moves.slice(1, 15).map((x) => Math.max(-x, 0)));
        return moves.map((x, i) => {
          if (i < 14) return null;
          if (i > 14) {
            gain = (gain * 13 + Math.max(x, 0)) / 14;
            loss = (loss * 13 + Math.max(-x, 0)) / 14;
          }
          return (100 * gain) / (gain + loss);
        });
      }),
    );
  });

  it.each(['wilder', 'cutler'] as const)('RSI (%s) is 50 where nothing moves', async (method) => {
    const still = loadBars(
      engine,
      rowsOf(0).map((row) => ({ ...row, close: 5 })),
    );
    const flat = await column(engine, still, rsi(method, 14));
    expect(flat.slice(0, 14)).toEqual(Array(14).fill(null));
    expect(new Set(flat.slice(14))).toEqual(new Set([50]));
    tables = loadBars(engine, market);
  });

  it('Bollinger: population standard deviations from the mean', async () => {
    expectClose(
      await read(bollinger(20)),
      bothSymbols((rows) =>
        rolling(rows, 20, (w) => {
          const centre = mean(closes(w));
          const variance = mean(closes(w).map((x) => (x - centre) * (x - centre)));
          return ((w.at(-1)?.close ?? 0) - centre) / Math.sqrt(variance);
        }),
      ),
    );
  });

  it('momentum: the return between two earlier closes', async () => {
    expectClose(
      await read(momentum(30, 5)),
      bothSymbols((rows) =>
        rows.map((_, i) =>
          i < 30 ? null : (rows[i - 5]?.close ?? 0) / (rows[i - 30]?.close ?? 0) - 1,
        ),
      ),
    );
  });

  it('a new month or week begins where the bar before lies in another', async () => {
    const firsts = (of: (row: BarRow) => string | number) =>
      bothSymbols((rows) => rows.map((row, i) => i > 0 && of(row) !== of(rows[i - 1] as BarRow)));
    expect(await read(newPeriod('month'))).toEqual(
      firsts(({ day }) => isoFromDay(day).slice(0, 7)),
    );
    expect(await read(newPeriod('week'))).toEqual(firsts(({ day }) => day - weekday(day)));
  });
});

describe('smoothing over many blocks of bars', () => {
  it('is the plain recursion, and keeps its bits when the future is cut off', async () => {
    const engine = await startNodeEngine();
    const rows = sp500();
    const whole = await column(engine, loadBars(engine, rows), ema(50));
    let value = mean(closes(rows.slice(0, 50)));
    expectClose(
      whole,
      rows.map(({ close }, i) => {
        if (i < 49) return null;
        if (i > 49) value += (close - value) * (2 / 51);
        return value;
      }),
    );
    for (const cut of [113, 114, 1000]) {
      const past = loadBars(engine, rows.slice(0, cut));
      expect(await column(engine, past, ema(50))).toEqual(whole.slice(0, cut));
    }
  });
});

describe('Corwin and Schultz’s spread', () => {
  /** One pair's spread, as the paper writes it. */
  function pairSpread(before: BarRow, now: BarRow): number {
    const gap = Math.max(now.low - before.close, 0) - Math.max(before.close - now.high, 0);
    const [high, low] = [now.high - gap, now.low - gap];
    const square = (x: number): number => x * x;
    const beta = square(Math.log(high / low)) + square(Math.log(before.high / before.low));
    const gamma = square(Math.log(Math.max(high, before.high) / Math.min(low, before.low)));
    const k = 3 - 2 * Math.sqrt(2);
    const alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / k - Math.sqrt(gamma / k);
    return Math.max((2 * (Math.exp(alpha) - 1)) / (1 + Math.exp(alpha)), 0);
  }

  it('is half the mean of the last 20 pairs, null before', async () => {
    const engine = await startNodeEngine();
    const spreads = await column(engine, loadBars(engine, market), spreadEstimate());
    expectClose(
      spreads,
      bothSymbols((rows) => {
        const pairs = rows.map((row, i) => pairSpread(rows[i - 1] ?? row, row));
        return pairs.map((_, i) => (i < 20 ? null : mean(pairs.slice(i - 19, i + 1)) / 2));
      }),
    );
    expect(spreads.some((x) => Number(x) > 0)).toBe(true);
    const index = await column(engine, loadBars(engine, sp500()), spreadEstimate());
    const known = index.filter((x) => x !== null).map(Number);
    // The paper finds full spreads of 0.1–2 % for shares; an index has about none.
    expect(mean(known)).toBeLessThan(0.005);
  });

  it('is near the spread that bars were made with', async () => {
    // A random walk whose highs are bought and whose lows are sold, half of 1 % away.
    let state = 7;
    const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let price = 100;
    const rows: BarRow[] = Array.from({ length: 2000 }, (_, day) => {
      const walk = Array.from({ length: 390 }, () => (price *= 1 + (next() - 0.5) / 1500));
      const trades = walk.map((x) => x * (next() < 0.5 ? 0.995 : 1.005));
      return {
        sym: 0,
        day,
        open: trades[0] ?? 0,
        high: Math.max(...trades),
        low: Math.min(...trades),
        close: trades.at(-1) ?? 0,
        volume: null,
      };
    });
    const engine = await startNodeEngine();
    const estimates = await column(engine, loadBars(engine, rows), spreadEstimate());
    expect(mean(estimates.slice(20).map(Number))).toBeGreaterThan(0.0035);
    expect(mean(estimates.slice(20).map(Number))).toBeLessThan(0.0065);
  });
});
