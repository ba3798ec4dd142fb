import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/domain/execution/simulate.ts';
import type { Market, Signals } from '../../src/domain/market.ts';
import type { Simulation } from '../../src/domain/run.ts';
import {
  type Bar,
  marketOf,
  type Said,
  signalsOf,
} from '../unit/domain/execution/market-builder.ts';
import { isoOf, sessionOf, settings, world } from './execution-worlds.ts';

const runs = { seed: 20240103, numRuns: 300 };

describe('a run', () => {
  it('is a function: equal inputs give equal bits, and inputs are left alone', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        const before = structuredClone({ market, signals, settings });
        const first = simulate(market, signals, settings);
        expect({ market, signals, settings }).toEqual(before);
        expect(simulate(market, signals, settings)).toEqual(first);
      }),
      runs,
    );
  });

  it('over a range that ends early is the run over the market that ends there', () => {
    fc.assert(
      fc.property(world, fc.nat({ max: 40 }), ({ market, signals, settings }, session) => {
        const keep = market.day.map((_, row) => Number(sessionOf(market, row) <= session));
        const early = { ...settings, range: { from: null, to: isoOf(session) } };
        const silent = { ...signals, side: signals.side.map((side, row) => side * keep[row]!) };
        expect(simulate(market, silent, early)).toEqual(simulate(market, signals, early));
      }),
      runs,
    );
  });

  it('does not depend on the symbols’ names where no two scores are equal', () => {
    const distinct = fc.tuple(world, fc.uniqueArray(fc.nat(), { minLength: 200, maxLength: 200 }));
    fc.assert(
      fc.property(distinct, ([{ market, signals, settings }, scores]) => {
        const score = Float64Array.from(market.day, (_, row) => scores[row]!);
        const named = { ...signals, score };
        const reversed = reverseSymbols(market, named);
        const symbols = market.symbols.length;
        const rename = ({ trades, ...rest }: Simulation, m: Market, flip: boolean) => ({
          ...rest,
          trades: trades.map(({ signalRow, entryRow, exitRow, symbol, ...trade }) => ({
            ...trade,
            symbol: flip ? symbols - 1 - symbol : symbol,
            rows: [signalRow, entryRow, exitRow].map((row) => (row < 0 ? row : m.day[row])),
          })),
        });
        expect(
          rename(simulate(reversed.market, reversed.signals, settings), reversed.market, true),
        ).toEqual(rename(simulate(market, named, settings), market, false));
      }),
      runs,
    );
  });
});

describe('long and short', () => {
  const tick = fc.integer({ min: -8, max: 8 }).map((n) => n / 2);
  const wick = fc.integer({ min: 0, max: 6 }).map((n) => n / 2);
  const word = fc.option(
    fc.record({
      side: fc.constantFrom<1 | -1>(1, -1),
      score: fc.nat({ max: 5 }),
      atr: fc.integer({ min: 1, max: 16 }).map((n) => n / 4),
    }),
    { freq: 2 },
  );
  const bar = fc.record({ jump: tick, move: tick, up: wick, down: wick, word });
  const list = fc.array(fc.array(fc.option(bar, { freq: 8 }), { minLength: 25, maxLength: 25 }), {
    minLength: 1,
    maxLength: 4,
  });

  /**
   * Prices are halves, levels sixteenths, so mirroring at 1,000 (p → 2,000 − p) is exact and the two runs must
   * agree in every bit. Costs, ratios of price and buying power know up from down and are out of it.
   */
  it('are mirror images', () => {
    fc.assert(
      fc.property(list, settings, (lists, random) => {
        const settings = {
          ...random,
          size: { ...random.size, rule: 'units' as const, units: 8 },
          exits: { ...random.exits, trailingMinimum: 0 },
          risk: { ...random.risk, initialCash: 1_048_576, killSwitch: 0.99999 },
          costs: { commission: 0, commissionBps: 0, halfSpread: 0, slippage: 0 },
        };
        const build = (mirrored: boolean) => {
          const bars: Record<string, (Bar | null)[]> = {};
          const words: Record<string, Record<number, Said>> = {};
          lists.forEach((steps, s) => {
            const name = 'ABCD'.charAt(s);
            let close = 1000;
            const said: Record<number, Said> = {};
            bars[name] = steps.map((step, session): Bar | null => {
              if (step === null) return null;
              const open = close + step.jump;
              close = open + step.move;
              const high = Math.max(open, close) + step.up;
              const low = Math.min(open, close) - step.down;
              if (step.word !== null) {
                const side = step.word.side === 1 ? -1 : 1;
                said[session] = mirrored ? { ...step.word, side } : step.word;
              }
              return mirrored
                ? [2000 - open, 2000 - low, 2000 - high, 2000 - close]
                : [open, high, low, close];
            });
            words[name] = said;
          });
          const market = marketOf(bars);
          return simulate(market, signalsOf(market, words, 1.5), settings);
        };
        const [up, down] = [build(false), build(true)];
        const flip = (price: number | null) => (price === null ? null : 2000 - price);
        expect(
          down.trades.map((t) => ({
            ...t,
            side: -t.side,
            entryPrice: flip(t.entryPrice),
            exitPrice: flip(t.exitPrice),
            stop: flip(t.stop),
            target: flip(t.target),
          })),
        ).toEqual(up.trades);
        expect(down.equity.equity).toEqual(up.equity.equity);
        expect(down.equity.positions).toEqual(up.equity.positions);
        expect([down.alerts, down.orders]).toEqual([up.alerts, up.orders]);
      }),
      runs,
    );
  });
});

/** The same bars and signals under names in the opposite order. */
function reverseSymbols(market: Market, signals: Signals): { market: Market; signals: Signals } {
  const firstRow = [0];
  const order: number[] = [];
  for (let symbol = market.symbols.length - 1; symbol >= 0; symbol--) {
    for (let row = market.firstRow[symbol]!; row < market.firstRow[symbol + 1]!; row++) {
      order.push(row);
    }
    firstRow.push(order.length);
  }
  const pick = (column: Float64Array) => Float64Array.from(order, (row) => column[row]!);
  return {
    market: {
      symbols: market.symbols,
      firstRow: Int32Array.from(firstRow),
      day: Int32Array.from(order, (row) => market.day[row]!),
      open: pick(market.open),
      high: pick(market.high),
      low: pick(market.low),
      close: pick(market.close),
      volume: pick(market.volume),
    },
    signals: {
      side: Int8Array.from(order, (row) => signals.side[row]!),
      score: pick(signals.score),
      atr: pick(signals.atr),
      sizeFactor: pick(signals.sizeFactor),
    },
  };
}
