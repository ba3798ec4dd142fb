import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Market, rowsOf } from '../../src/domain/market.ts';
import { heldOf } from '../../src/domain/run.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import {
  byOrder,
  fixed,
  plan,
  sessionOf,
  settings,
  type World,
  world,
  worldOf,
  worldWithTerms,
} from './execution-worlds.ts';
import { firstDay, simulate, type TradeRow } from '../unit/domain/execution/market-builder.ts';

const runs = { seed: 20240101, numRuns: 400 };

function turnoverOf(trades: readonly TradeRow[]): number {
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

/** Worlds in which every position has one entry and one exit, at prices that stand in its bars. */
const unlimited = world.map((one) => ({
  ...one,
  settings: fixed(one.settings, {
    execution: { maximumParticipation: null },
    costs: { booking: 'apart' },
  }),
}));

/** Of these, the ones whose costs follow from each trade alone, and whose fills stand where they were booked. */
const retraceable = unlimited.map((one) => ({
  ...one,
  signals: { ...one.signals, halfSpread: null },
  settings: fixed(one.settings, {
    execution: {
      fill:
        one.settings.execution.fill === 'prior-close' ? 'next-open' : one.settings.execution.fill,
      order: one.settings.execution.order === 'stop-limit' ? 'limit' : one.settings.execution.order,
    },
    costs: {
      tiers: 'off',
      slippageModel: 'bps',
      impact: null,
      borrowFee: 0,
      interest: 0,
      marginInterest: 0,
    },
  }),
}));

interface Fill {
  readonly quantity: number;
  readonly value: number;
  readonly limit: boolean;
  readonly isEntry: boolean;
}

/** What a fill costs there. */
function costsOf({ costs }: Settings, { quantity, value, limit, isEntry }: Fill): number {
  const asked =
    costs.commission + (value * costs.commissionBps) / 10_000 + quantity * costs.commissionPerUnit;
  const raised = Math.max(asked, costs.commissionMinimum);
  const most = costs.commissionMaximum === null ? Infinity : costs.commissionMaximum * value;
  const halves = costs.spreadOn !== 'entry' ? 1 : isEntry ? 2 : 0;
  const spread = limit ? 0 : halves * costs.halfSpread;
  const slippage = limit && costs.slippageOn !== 'all' ? 0 : costs.slippage;
  return Math.min(raised, most) + (value * (spread + slippage)) / 10_000;
}

const entryCosts = (settings: Settings, t: TradeRow) =>
  costsOf(settings, {
    quantity: t.quantity,
    value: t.quantity * t.entryPrice,
    limit: settings.execution.order === 'limit',
    isEntry: true,
  });

const exitCosts = (settings: Settings, t: TradeRow) =>
  t.reason === 'delisting'
    ? 0
    : costsOf(settings, {
        quantity: t.quantity,
        value: t.quantity * t.exitPrice,
        limit: t.reason === 'target',
        isEntry: false,
      });

describe('the books', () => {
  it('balance: initial cash + Σ net + interest = final equity, to 1e-9 of the turnover', () => {
    fc.assert(
      fc.property(fc.oneof(world, worldWithTerms), ({ market, signals, settings }) => {
        const { trades, equity, interest } = simulate(market, signals, settings);
        const net = trades.reduce((sum, t) => sum + t.net, 0);
        const { initialCash } = settings.risk;
        const end = equity.equity.at(-1) ?? initialCash;
        // Interest is turnover of its own: it is added to all the cash.
        const turnover = turnoverOf(trades) + (interest === 0 ? 0 : initialCash);
        expect(Math.abs(initialCash + net + interest - end)).toBeLessThanOrEqual(1e-9 * turnover);
      }),
      runs,
    );
  });

  it('can be kept again from the list of trades, session by session', () => {
    fc.assert(
      fc.property(retraceable, (world) => {
        const { market, signals, settings } = world;
        const { trades, equity } = simulate(market, signals, settings);
        const tolerance = 1e-9 * (settings.risk.initialCash + turnoverOf(trades));
        equity.day.forEach((day, i) => {
          const session = day - firstDay;
          let cash = settings.risk.initialCash;
          let worth = 0;
          let gross = 0;
          let open = 0;
          for (const t of trades) {
            if (t.entryStep > i) continue;
            cash -= t.side * t.quantity * t.entryPrice + entryCosts(settings, t);
            if (t.exitStep >= 0 && t.exitStep <= i) {
              cash += t.side * t.quantity * t.exitPrice - exitCosts(settings, t);
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
          expect(Math.abs(equity.net[i]! - worth)).toBeLessThanOrEqual(tolerance);
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
          const paid = [t.commission, t.spread, t.slippage, t.impact, t.borrow];
          for (const cost of paid) expect(cost).toBeGreaterThanOrEqual(0);
          expect(t.net).toBe(t.gross - paid.reduce((sum, cost) => sum + cost, 0));
          const value = t.quantity * (t.exitPrice + t.entryPrice);
          const move = t.side * t.quantity * (t.exitPrice - t.entryPrice);
          expect(Math.abs(t.gross - move)).toBeLessThanOrEqual(1e-12 * value);
        }
      }),
      runs,
    );
  });

  it('take exactly the costs of its fills from a trade that has one of each', () => {
    fc.assert(
      fc.property(retraceable, ({ market, signals, settings }) => {
        for (const t of simulate(market, signals, settings).trades) {
          const paid = entryCosts(settings, t) + (t.exitRow < 0 ? 0 : exitCosts(settings, t));
          const value = t.quantity * (t.exitPrice + t.entryPrice);
          expect(Math.abs(t.gross - t.net - paid)).toBeLessThanOrEqual(1e-12 * (value + paid));
        }
      }),
      runs,
    );
  });
});

describe('every fill', () => {
  it('is at a price that its bar traded; orders at an open or a close at that exactly', () => {
    fc.assert(
      fc.property(unlimited, ({ market, signals, settings }) => {
        const { fill, order } = settings.execution;
        const atOpen = fill === 'next-open';
        const { low, high } = market;
        for (const t of simulate(market, signals, settings).trades) {
          const column = atOpen ? market.open : market.close;
          expect(t.quantity).toBeGreaterThan(0);
          if (order === 'market') {
            const wait = fill === 'next-open' || fill === 'next-close' ? 1 : 0;
            expect(t.entryRow).toBe(t.signalRow + wait);
            expect(t.entryPrice).toBe(column[t.entryRow]);
          } else {
            expect(t.entryRow).toBeGreaterThan(t.signalRow);
            expect(t.entryRow).toBeLessThanOrEqual(t.signalRow + settings.execution.validFor);
          }
          expect(t.entryPrice).toBeGreaterThanOrEqual(low[t.entryRow]!);
          expect(t.entryPrice).toBeLessThanOrEqual(high[t.entryRow]!);
          if (t.exitRow < 0 || t.reason === 'delisting') continue;
          expect(t.exitRow).toBeGreaterThanOrEqual(t.entryRow);
          expect(t.exitPrice).toBeGreaterThanOrEqual(low[t.exitRow]!);
          expect(t.exitPrice).toBeLessThanOrEqual(high[t.exitRow]!);
          if (byOrder.has(t.reason))
            expect([market.open[t.exitRow], atOpen ? Number.NaN : column[t.exitRow]]).toContain(
              t.exitPrice,
            );
        }
      }),
      runs,
    );
  });

  it('leaves exposure within leverage and limits, positions standing at that open', () => {
    const opens = retraceable.map((one) => ({
      ...one,
      settings: fixed(one.settings, { execution: { fill: 'next-open', order: 'market' } }),
    }));
    fc.assert(
      fc.property(opens, (world) => {
        const { market, signals, settings } = world;
        const { risk } = settings;
        const group = market.listings!.group;
        const { trades, equity } = simulate(market, signals, settings);
        const tolerance = 1e-9 * (risk.initialCash + turnoverOf(trades));
        const within = (value: number, limit: number | null, worth: number) =>
          limit === null || value <= limit * worth + tolerance;
        trades.forEach((entered, rank) => {
          const day = entered.entryStep;
          const session = sessionOf(market, entered.entryRow);
          let worth = equity.equity[day - 1]!;
          let longs = 0;
          let shorts = 0;
          let ofGroup = 0;
          for (const t of trades.slice(0, rank)) {
            const out = t.exitRow < 0 ? Infinity : t.exitStep;
            if (out < day) continue;
            const gone =
              out === day &&
              (t.reason === 'delisting' || (byOrder.has(t.reason) && t.entryStep < day));
            const open = priceOf(world, t.symbol, session, 'open');
            if (t.entryStep < day) {
              const last = priceOf(world, t.symbol, session - 1, 'close');
              const price = gone ? t.exitPrice : open;
              worth += t.side * t.quantity * (price - last);
              if (gone) worth -= exitCosts(settings, t);
            } else {
              worth -= entryCosts(settings, t);
            }
            if (gone) continue;
            const value = t.quantity * open;
            if (t.side > 0) longs += value;
            else shorts += value;
            if (group[t.symbol] === group[entered.symbol]) ofGroup += value;
          }
          const value = entered.quantity * entered.entryPrice;
          const gross = longs + shorts + value;
          expect(within(gross, risk.maximumGross, worth)).toBe(true);
          expect(within(entered.side * (longs - shorts) + value, risk.maximumNet, worth)).toBe(
            true,
          );
          expect(within(value, risk.maximumPerSymbol, worth)).toBe(true);
          if (group[entered.symbol]! >= 0)
            expect(within(ofGroup + value, risk.maximumPerGroup, worth)).toBe(true);
          const paid = value + entryCosts(settings, entered);
          expect(longs + shorts + paid).toBeLessThanOrEqual(risk.leverage * worth + tolerance);
        });
      }),
      runs,
    );
  });

  it('of a long leaves cash that was there: unlevered and without shorts it is never negative', () => {
    // A sale’s fixed fees can exceed what it brings.
    const longOnly = world.map(({ market, signals, settings }) => ({
      market,
      signals: { ...signals, side: signals.side.map(Math.abs) },
      settings: fixed(settings, {
        risk: { leverage: 1 },
        costs: { commission: 0, commissionMinimum: 0, commissionPerUnit: 0, tiers: 'off' },
      }),
    }));
    fc.assert(
      fc.property(longOnly, ({ market, signals, settings }) => {
        const { equity, trades } = simulate(market, signals, settings);
        const tolerance = 1e-12 * (settings.risk.initialCash + turnoverOf(trades));
        for (const cash of equity.cash) expect(cash).toBeGreaterThanOrEqual(-tolerance);
      }),
      runs,
    );
  });

  it('finds a slot: never more positions than allowed', () => {
    fc.assert(
      fc.property(world, (world) => {
        const { market, signals, settings } = world;
        const { maximumPositions } = settings.risk;
        const { trades, equity } = simulate(market, signals, settings);
        for (const open of equity.positions) expect(open).toBeLessThanOrEqual(maximumPositions);
        const { fill, order, maximumParticipation } = settings.execution;
        if (fill !== 'next-open' || order !== 'market' || maximumParticipation !== null) return;
        // Also between the open and the stops inside the bar.
        for (const { entryStep: session } of trades) {
          const open = trades.filter(
            (t) =>
              t.entryStep <= session &&
              (t.exitRow < 0 ||
                t.exitStep > session ||
                (t.exitStep === session && t.reason !== 'delisting' && !byOrder.has(t.reason))),
          );
          expect(open.length).toBeLessThanOrEqual(maximumPositions);
        }
      }),
      runs,
    );
  });

  it('takes at most its share of the bar’s volume', () => {
    const one = fc.tuple(plan, settings).map(([plan, settings]) => {
      const alone = { steps: plan.steps.slice(0, 1), listings: [{}] };
      return worldOf(
        alone,
        fixed(settings, { execution: { maximumParticipation: 0.1, endOfData: 'mark' } }),
      );
    });
    fc.assert(
      fc.property(one, ({ market, signals, settings }) => {
        const { equity } = simulate(market, signals, settings);
        const counted = market.volume.findIndex((volume) => volume > 0);
        // Each fill has its share: one side out and the other in are two.
        const fills = 2;
        let before = 0;
        equity.net.forEach((net, row) => {
          const units = net / market.close[row]!;
          const traded = Math.abs(units - before);
          before = units;
          const volume = market.volume[row]!;
          if (counted < 0 || row < counted || Number.isNaN(volume)) return;
          expect(traded).toBeLessThanOrEqual(fills * 0.1 * volume * (1 + 1e-9) + 1e-9);
        });
      }),
      runs,
    );
  });
});

describe('every signal', () => {
  it('ends in exactly one count, whatever the world', () => {
    fc.assert(
      fc.property(fc.oneof(world, worldWithTerms), ({ market, signals, settings }) => {
        const { orders, held } = simulate(market, signals, settings);
        const { signals: all, capped: _, ...causes } = orders;
        expect(Object.values(causes).reduce((sum, n) => sum + n, held)).toBe(all);
        expect(heldOf(orders)).toBe(held);
      }),
      runs,
    );
  });

  it('of a symbol that a trade held is counted as held', () => {
    const marked = world.map((one) => {
      const calm = { killSwitch: null, drawdownStop: null, maintenanceMargin: null };
      const { fill } = one.settings.execution;
      const settings = fixed(one.settings, { execution: { endOfData: 'mark', delay: 0 } });
      // Where fills are dated back or share the signal's close, exits that don't wait for it are hard to tell.
      return fill === 'next-open' || fill === 'next-close'
        ? { ...one, settings }
        : {
            ...one,
            settings: fixed(settings, { execution: { maximumParticipation: null }, risk: calm }),
          };
    });
    fc.assert(
      fc.property(marked, ({ market, signals, settings }) => {
        const { trades, orders } = simulate(market, signals, settings);
        const reverses = settings.exits.oppositeSignal === 'reverse';
        let held = 0;
        signals.side.forEach((side, row) => {
          if (side === 0) return;
          const holder = trades.find((t) => isHeld(t, row, settings, market));
          if (holder && !(reverses && side === -holder.side)) held++;
        });
        expect(orders.filled).toBe(trades.length);
        expect(orders.capped).toBeLessThanOrEqual(orders.filled);
        expect(heldOf(orders)).toBe(held);
        expect(orders.signals).toBe(signals.side.filter((side) => side !== 0).length);
      }),
      runs,
    );
  });
});

/** Whether a trade held its symbol when the signal of this row's close was heard. */
function isHeld(t: TradeRow, row: number, settings: Settings, market: Market): boolean {
  const [from, to] = rowsOf(market, t.symbol);
  if (row < from || row >= to) return false;
  const { fill, order } = settings.execution;
  // Fills at the prior close are dated back: they are booked with the next bar.
  const entered = t.entryRow + (fill === 'prior-close' && order === 'market' ? 1 : 0);
  if (entered > row || (fill === 'same-close' && order === 'market' && t.entryRow === row))
    return false;
  if (t.exitRow < 0 || t.exitRow > row) return true;
  if (t.exitRow < row) return false;
  // Its last bar is no exit, and a symbol that leaves at this very close was held at it.
  return (
    t.reason === 'delisting' ||
    (byOrder.has(t.reason) && (fill === 'same-close' || fill === 'prior-close'))
  );
}
