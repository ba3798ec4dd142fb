import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/domain/execution/simulate.ts';
import { rowsOf } from '../../src/domain/market.ts';
import type { Trade } from '../../src/domain/run.ts';
import { sessionOf, world, type World } from './execution-worlds.ts';
import { firstDay } from '../unit/domain/execution/market-builder.ts';

const runs = { seed: 20240101, numRuns: 400 };
const atOpenByOrder = new Set(['time', 'opposite', 'kill-switch']);

function turnoverOf(trades: readonly Trade[]): number {
  return trades.reduce(
    (sum, t) => sum + t.quantity * (t.entryPrice + (t.exitRow < 0 ? 0 : t.exitPrice)),
    0,
  );
}

/** The symbol's last price at or before a session: its close, or its open on that very session. */
function priceOf({ market }: World, symbol: number, session: number, which: 'open' | 'close') {
  const [from, to] = rowsOf(market, symbol);
  let price = Number.NaN;
  for (let row = from; row < to && market.day[row]! <= firstDay + session; row++) {
    price =
      which === 'open' && market.day[row] === firstDay + session
        ? market.open[row]!
        : market.close[row]!;
  }
  return price;
}

describe('the books', () => {
  it('balance: initial cash + Σ net = final equity, to 1e-9 of the turnover', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        const { trades, equity } = simulate(market, signals, settings);
        const net = trades.reduce((sum, t) => sum + t.net, 0);
        const end = equity.equity.at(-1) ?? settings.risk.initialCash;
        expect(Math.abs(settings.risk.initialCash + net - end)).toBeLessThanOrEqual(
          1e-9 * turnoverOf(trades),
        );
      }),
      runs,
    );
  });

  it('can be kept again from the list of trades, session by session', () => {
    fc.assert(
      fc.property(world, (world) => {
        const { market, signals, settings } = world;
        const { trades, equity } = simulate(market, signals, settings);
        const { commission, commissionBps, halfSpread, slippage } = settings.costs;
        const costs = (value: number, isTarget: boolean) =>
          commission + (value * (commissionBps + (isTarget ? 0 : halfSpread + slippage))) / 10_000;
        const tolerance = 1e-9 * (settings.risk.initialCash + turnoverOf(trades));
        equity.day.forEach((day, i) => {
          const session = day - firstDay;
          let cash = settings.risk.initialCash;
          let worth = 0;
          let gross = 0;
          let open = 0;
          for (const t of trades) {
            if (sessionOf(market, t.entryRow) > session) continue;
            const value = t.quantity * t.entryPrice;
            cash -= t.side * value + costs(value, false);
            const isLast = i === equity.day.length - 1;
            const isOut =
              t.exitRow >= 0 &&
              (t.reason === 'end' ? isLast : sessionOf(market, t.exitRow) <= session);
            if (isOut) {
              const got = t.quantity * t.exitPrice;
              cash += t.side * got - costs(got, t.reason === 'target');
            } else {
              const mark = t.quantity * priceOf(world, t.symbol, session, 'close');
              worth += t.side * mark;
              gross += mark;
              open++;
            }
          }
          expect(equity.positions[i]).toBe(open);
          expect(Math.abs(equity.cash[i]! - cash)).toBeLessThanOrEqual(tolerance);
          expect(Math.abs(equity.gross[i]! - gross)).toBeLessThanOrEqual(tolerance);
          expect(Math.abs(equity.equity[i]! - cash - worth)).toBeLessThanOrEqual(tolerance);
        });
      }),
      runs,
    );
  });

  it('name what every trade cost', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        for (const t of simulate(market, signals, settings).trades) {
          expect(t.net).toBe(t.gross - (t.commission + t.spread + t.slippage));
          expect(t.gross).toBe(
            t.quantity * (t.side > 0 ? t.exitPrice - t.entryPrice : t.entryPrice - t.exitPrice),
          );
        }
      }),
      runs,
    );
  });
});

describe('every fill', () => {
  it('is at a price that its bar traded, entries at the open exactly', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        for (const t of simulate(market, signals, settings).trades) {
          expect(t.entryRow).toBe(t.signalRow + 1);
          expect(t.entryPrice).toBe(market.open[t.entryRow]);
          expect(t.quantity).toBeGreaterThan(0);
          if (t.exitRow < 0) continue;
          expect(t.exitRow).toBeGreaterThanOrEqual(t.entryRow);
          expect(t.exitPrice).toBeGreaterThanOrEqual(market.low[t.exitRow]!);
          expect(t.exitPrice).toBeLessThanOrEqual(market.high[t.exitRow]!);
          if (atOpenByOrder.has(t.reason!)) expect(t.exitPrice).toBe(market.open[t.exitRow]);
        }
      }),
      runs,
    );
  });

  it('leaves gross exposure within equity, positions standing at that open', () => {
    fc.assert(
      fc.property(world, (world) => {
        const { market, signals, settings } = world;
        const { trades, equity } = simulate(market, signals, settings);
        const { commission, commissionBps, halfSpread, slippage } = settings.costs;
        const rate = (commissionBps + halfSpread + slippage) / 10_000;
        trades.forEach((entered, rank) => {
          const session = sessionOf(market, entered.entryRow);
          const before = equity.day.indexOf(firstDay + session) - 1;
          let worth = equity.equity[before]!;
          let gross = 0;
          for (const t of trades.slice(0, rank + 1)) {
            const at = sessionOf(market, t.entryRow);
            const out = t.exitRow < 0 ? Infinity : sessionOf(market, t.exitRow);
            const leftNow = out === session && atOpenByOrder.has(t.reason!) && at < session;
            if (out < session && t.reason !== 'end') continue;
            const open = priceOf(world, t.symbol, session, 'open');
            if (at < session) {
              const last = priceOf(world, t.symbol, session - 1, 'close');
              worth += t.side * t.quantity * (open - last);
              if (leftNow) worth -= commission + t.quantity * open * rate;
            } else {
              worth -= commission + t.quantity * open * rate;
            }
            if (!leftNow) gross += t.quantity * open;
          }
          const tolerance = 1e-9 * (settings.risk.initialCash + turnoverOf(trades));
          expect(gross).toBeLessThanOrEqual(worth + tolerance);
        });
      }),
      runs,
    );
  });

  it('of a long leaves cash that was there: without shorts cash is never negative', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        const longs = { ...signals, side: signals.side.map(Math.abs) };
        const { commission } = settings.costs;
        const { equity, trades } = simulate(market, longs, settings);
        // Only the fee of a sale that brings less than it can overdraw.
        const lost = trades.filter((t) => t.quantity * t.exitPrice < 2 * commission).length;
        for (const cash of equity.cash) expect(cash).toBeGreaterThanOrEqual(-lost * commission);
      }),
      runs,
    );
  });

  it('finds a slot: never more positions than allowed', () => {
    fc.assert(
      fc.property(world, (world) => {
        const { market, signals, settings } = world;
        const { trades, equity } = simulate(market, signals, settings);
        for (const open of equity.positions) {
          expect(open).toBeLessThanOrEqual(settings.risk.maximumPositions);
        }
        // Also between the open and the stops inside the bar.
        for (const entered of trades) {
          const session = sessionOf(market, entered.entryRow);
          const open = trades.filter((t) => {
            if (sessionOf(market, t.entryRow) > session) return false;
            if (t.exitRow < 0 || t.reason === 'end') return true;
            const out = sessionOf(market, t.exitRow);
            return out > session || (out === session && !atOpenByOrder.has(t.reason!));
          });
          expect(open.length).toBeLessThanOrEqual(settings.risk.maximumPositions);
        }
      }),
      runs,
    );
  });
});

describe('every signal', () => {
  it('is accounted for: filled, cancelled for one cause, pending, or its symbol was held', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        const mark = structuredClone(settings);
        mark.execution.endOfData = 'mark';
        const { trades, orders } = simulate(market, signals, mark);
        let held = 0;
        market.symbols.forEach((_, symbol) => {
          const [from, to] = rowsOf(market, symbol);
          for (let row = from; row < to; row++) {
            if (signals.side[row] === 0) continue;
            const isHeld = trades.some(
              (t) => t.symbol === symbol && t.entryRow <= row && (t.exitRow < 0 || t.exitRow > row),
            );
            if (isHeld) held++;
          }
        });
        const { signals: all, ...causes } = orders;
        expect(orders.filled).toBe(trades.length);
        expect(Object.values(causes).reduce((sum, n) => sum + n, held)).toBe(all);
        expect(all).toBe(signals.side.filter((side) => side !== 0).length);
      }),
      runs,
    );
  });
});
