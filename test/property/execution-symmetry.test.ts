import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Market } from '../../src/domain/market.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import {
  type Bar,
  marketOf,
  type Said,
  settingsOf,
  signalsOf,
  simulate,
  type TradeRow,
} from '../unit/domain/execution/market-builder.ts';
import {
  fixed,
  isoOf,
  rearranged,
  rowsBySymbol,
  sessionOf,
  settings,
  type World,
  world,
} from './execution-worlds.ts';

const runs = { seed: 20240103, numRuns: 300 };

type Run = ReturnType<typeof simulate>;
const simulated = ({ market, signals, settings }: World) => simulate(market, signals, settings);

describe('a run', () => {
  it('is a function: equal inputs give equal bits, and inputs are left alone', () => {
    fc.assert(
      fc.property(world, (world) => {
        const before = structuredClone(world);
        const first = simulated(world);
        expect(world).toEqual(before);
        expect(simulated(world)).toEqual(first);
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

  it('does not depend on the order of the symbols where no two scores are equal', () => {
    const distinct = fc.tuple(world, fc.uniqueArray(fc.nat(), { minLength: 200, maxLength: 200 }));
    const renamed = ({ trades, ...rest }: Run, m: Market, name: (symbol: number) => number) => ({
      ...rest,
      trades: trades.map(({ signalRow, entryRow, exitRow, symbol, ...trade }) => ({
        ...trade,
        symbol: name(symbol),
        rows: [signalRow, entryRow, exitRow].map((row) => (row < 0 ? row : m.day[row])),
      })),
    });
    fc.assert(
      fc.property(distinct, ([world, scores]) => {
        const { market, signals, settings } = world;
        const score = Float64Array.from(market.day, (_, row) => scores[row]!);
        const named = { market, signals: { ...signals, score }, settings };
        const backwards = market.symbols.map((_, s) => market.symbols.length - 1 - s);
        const rows = rowsBySymbol(market);
        const reversed = rearranged(
          named,
          backwards.map((s) => rows[s]!),
          backwards,
        );
        expect(renamed(simulated(reversed), reversed.market, (s) => backwards[s]!)).toEqual(
          renamed(simulated(named), market, (s) => s),
        );
      }),
      runs,
    );
  });

  it('with an account for every symbol is the sum of runs that hear one symbol’s signals', () => {
    fc.assert(
      fc.property(world, ({ market, signals, settings }) => {
        const run = (accounts: 'shared' | 'per-symbol', only?: number) => {
          const heard = (column: Int8Array) => {
            const own = column.slice();
            if (only === undefined) return own;
            own.fill(0, 0, market.firstRow[only]);
            return own.fill(0, market.firstRow[only + 1]);
          };
          const said = { ...signals, side: heard(signals.side), exit: heard(signals.exit) };
          return simulate(market, said, fixed(settings, { risk: { accounts } }));
        };
        const apart = run('per-symbol');
        const rows = rowsBySymbol(market);
        const alone = rows.flatMap((own, s) => (own.length > 0 ? [run('shared', s)] : []));
        expect([...apart.trades].sort((a, b) => a.symbol - b.symbol)).toEqual(
          alone.flatMap(({ trades }) => trades),
        );
        apart.equity.equity.forEach((value, session) => {
          const sum = alone.reduce((total, { equity }) => total + equity.equity[session]!, 0);
          expect(Math.abs(value - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum));
        });
        for (const [cause, count] of Object.entries(apart.orders)) {
          const key = cause as keyof typeof apart.orders;
          expect(alone.reduce((total, { orders }) => total + (orders[key] ?? 0), 0)).toBe(count);
        }
      }),
      { ...runs, numRuns: 150 },
    );
  });
});

describe('a change of units', () => {
  const k = fc.integer({ min: -20, max: 20 }).map((n) => 2 ** n);
  const scaled = (values: Float64Array, by: number) => values.map((value) => value * by);
  /** Money of a run and its prices in new units. */
  const converted = (
    { trades, equity, interest, unfilledValue, ...rest }: Run,
    price: number,
    units: number,
  ) => {
    const money = price * units;
    const of = (value: number | null, by: number) => (value === null ? null : value * by);
    return {
      ...rest,
      interest: interest * money,
      unfilledValue: unfilledValue * money,
      equity: {
        ...equity,
        equity: scaled(equity.equity, money),
        cash: scaled(equity.cash, money),
        gross: scaled(equity.gross, money),
        net: scaled(equity.net, money),
      },
      trades: trades.map((t) => ({
        ...t,
        quantity: t.quantity * units,
        entryPrice: t.entryPrice * price,
        exitPrice: t.exitPrice * price,
        stop: of(t.stop, price),
        target: of(t.target, price),
        gross: t.gross * money,
        commission: t.commission * money,
        spread: t.spread * money,
        slippage: t.slippage * money,
        impact: t.impact * money,
        borrow: t.borrow * money,
        net: t.net * money,
      })),
    };
  };
  const inMoney = ({ size, risk, costs }: Settings, by: number) => ({
    size: { minimum: size.minimum * by, maximum: size.maximum === null ? null : size.maximum * by },
    risk: { initialCash: risk.initialCash * by },
    costs: { commission: costs.commission * by, commissionMinimum: costs.commissionMinimum * by },
  });
  const tiersBy = ({ costs }: Settings, by: number) => ({
    tierFrom: costs.tierFrom.map((from) => from * by),
  });
  const ratesBy = ({ costs }: Settings, by: number) => ({
    tierRates: costs.tierRates.map((rate) => rate * by),
  });

  it('of money changes no quantity, and every price and amount by that factor, bit for bit', () => {
    fc.assert(
      fc.property(world, k, ({ market, signals, settings }, k) => {
        const money = inMoney(settings, k);
        const { tiers } = settings.costs;
        const other = fixed(settings, {
          ...money,
          costs: {
            ...money.costs,
            commissionPerUnit: settings.costs.commissionPerUnit * k,
            ...(tiers === 'units' ? ratesBy(settings, k) : tiersBy(settings, k)),
          },
        });
        const dearer = {
          ...market,
          open: scaled(market.open, k),
          high: scaled(market.high, k),
          low: scaled(market.low, k),
          close: scaled(market.close, k),
        };
        const said = { ...signals, atr: scaled(signals.atr, k) };
        expect(simulate(dearer, said, other)).toEqual(
          converted(simulate(market, signals, settings), k, 1),
        );
      }),
      runs,
    );
  });

  it('of quantity changes no price, and every quantity and amount by that factor, bit for bit', () => {
    fc.assert(
      fc.property(world, k, ({ market, signals, settings: random }, root) => {
        // A square, so that the root in the impact stays a power of two.
        const k = root * root;
        const settings = fixed(random, { size: { whole: false } });
        const money = inMoney(settings, k);
        const other = fixed(settings, {
          ...money,
          size: { ...money.size, units: settings.size.units * k },
          costs: { ...money.costs, ...tiersBy(settings, k) },
        });
        const more = { ...market, volume: scaled(market.volume, k) };
        expect(simulate(more, signals, other)).toEqual(
          converted(simulate(market, signals, settings), 1, k),
        );
      }),
      runs,
    );
  });
});

describe('long and short', () => {
  const tick = fc.integer({ min: -8, max: 8 }).map((n) => n / 2);
  const wick = fc.integer({ min: 0, max: 6 }).map((n) => n / 2);
  const atr = fc.integer({ min: 1, max: 16 }).map((n) => n / 4);
  const word = fc.option(
    fc.oneof(
      fc.record({ side: fc.constantFrom<1 | -1>(1, -1), score: fc.nat({ max: 5 }), atr }),
      fc.record({ exit: fc.constantFrom<1 | 2 | 3>(1, 2, 3), atr }),
    ),
    { freq: 2 },
  );
  const bar = fc.record({ jump: tick, move: tick, up: wick, down: wick, word });
  const list = fc.array(fc.array(fc.option(bar, { freq: 8 }), { minLength: 25, maxLength: 25 }), {
    minLength: 1,
    maxLength: 4,
  });

  /** What the strategy says when up is down. */
  const mirrored = (said: Said): Said => ({
    ...said,
    ...(said.side && { side: said.side === 1 ? -1 : 1 }),
    ...(said.exit && { exit: said.exit === 3 ? 3 : said.exit === 1 ? 2 : 1 }),
  });

  /**
   * Prices are halves, levels sixteenths, so mirroring at 1,000 (p → 2,000 − p) is exact and the two runs must
   * agree in every bit. Costs, ratios of price, volume and buying power know up from down and are out of it.
   */
  it('are mirror images', () => {
    fc.assert(
      fc.property(list, settings, (lists, random) => {
        const { trailing } = random.exits;
        const settings: Settings = {
          ...fixed(random, {
            execution: { maximumParticipation: null, delay: 0 },
            size: { rule: 'units', units: 8 },
            exits: { trailing: trailing === 'percent' ? 'atr' : trailing, trailingMinimum: 0 },
            risk: { initialCash: 1_048_576, killSwitch: 0.99999, drawdownStop: 0.0002 },
          }),
          costs: settingsOf({}).costs,
        };
        const limits = {
          leverage: 1,
          maximumGross: null,
          maximumNet: null,
          maximumPerSymbol: null,
        };
        Object.assign(settings.risk, limits, { maximumPerGroup: null });
        const build = (down: boolean) => {
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
              if (step.word !== null) said[session] = down ? mirrored(step.word) : step.word;
              return down
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
        // MAE and MFE are ratios of the entry price.
        const plain = ({ mae: _, mfe: __, ...trade }: TradeRow) => trade;
        expect(
          down.trades.map((t) => ({
            ...plain(t),
            side: -t.side,
            entryPrice: flip(t.entryPrice),
            exitPrice: flip(t.exitPrice),
            stop: flip(t.stop),
            target: flip(t.target),
          })),
        ).toEqual(up.trades.map(plain));
        expect(down.equity.equity).toEqual(up.equity.equity);
        expect(down.equity.positions).toEqual(up.equity.positions);
        expect([down.alerts, down.orders]).toEqual([up.alerts, up.orders]);
      }),
      runs,
    );
  });
});
