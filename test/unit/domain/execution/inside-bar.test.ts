import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailOf } from '../../../../src/domain/detail.ts';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import { stopPaths } from '../../../../src/domain/execution/stop-path.ts';
import { type Market, clockOf } from '../../../../src/domain/market.ts';
import { exitReasons } from '../../../../src/domain/run.ts';
import { type Bar, firstDay, flat, marketOf, settingsOf, signalsOf } from './market-builder.ts';

type Changes = Parameters<typeof settingsOf>[0];
const DAY = 86_400;

/** Four finer bars a day, of six hours each. */
function finerOf(days: readonly (readonly Bar[])[]): Market {
  const market = marketOf({ A: days.flat() });
  const opens = Float64Array.from(
    days.flatMap((bars, day) => bars.map((_, i) => (firstDay + day) * DAY + i * 21_600)),
  );
  return {
    ...market,
    day: Int32Array.from(days.flatMap((bars, day) => bars.map(() => firstDay + day))),
    clock: clockOf(
      opens,
      opens.map((instant) => instant + 21_600),
    ),
  };
}

/** The bar that finer ones make. */
const barOf = (finer: readonly Bar[]): Bar => [
  finer[0]![0],
  Math.max(...finer.map(([, high]) => high)),
  Math.min(...finer.map(([, , low]) => low)),
  finer.at(-1)![3],
];

/** Long or short from the first day's signal, ATR 10, walked through finer bars unless told otherwise. */
function run(days: readonly (readonly Bar[])[], changes: Changes, side: 1 | -1 = 1) {
  const finer = finerOf(days);
  const bars = marketOf({ A: days.map(barOf) });
  const market = { ...bars, detail: detailOf(bars, finer, false) };
  const settings = settingsOf(changes);
  const signals = signalsOf(market, { A: { 0: { side } } }, 10);
  const simulation = simulate(market, signals, settings);
  const { trades, inside } = simulation;
  const reason = exitReasons[trades.reason[0]!];
  const trade =
    trades.length === 0 ? null : ([trades.entryPrice[0]!, trades.exitPrice[0]!, reason] as const);
  const { level } = stopPaths(0, days.length - 1, trades, market, signals, settings);
  return { trade, inside, trades, levels: [...level] };
}

const still = [flat(100), flat(100), flat(100), flat(100)];
/** Stop and target 10 away. */
const both: Changes = { exits: { stop: 1, target: 1 } };

describe('a bar that touches stop and target', () => {
  const upFirst: Bar[] = [flat(100), [100, 112, 100, 105], [105, 105, 85, 90], flat(90)];
  const downFirst: Bar[] = [flat(100), [100, 101, 85, 90], [90, 112, 90, 110], flat(110)];

  it('ends where finer bars come first', () => {
    expect(run([still, upFirst, still], both).trade).toEqual([100, 110, 'target']);
    expect(run([still, downFirst, still], both).trade).toEqual([100, 90, 'stop']);
    expect(run([still, upFirst, still], both, -1).trade).toEqual([100, 110, 'stop']);
    expect(run([still, upFirst, still], both).inside).toEqual({ ambiguous: 1, resolved: 1 });
    expect(run([still, upFirst, still], both).trades.ambiguous[0]).toBe(0);
  });

  it('is as unknown as before where one finer bar touches both, and where the study asks for no walk', () => {
    const one: Bar[] = [flat(100), [100, 112, 85, 90], flat(90), flat(90)];
    const unknown = run([still, one, still], both);
    expect(unknown.trade).toEqual([100, 90, 'stop']);
    expect(unknown.inside).toEqual({ ambiguous: 1, resolved: 0 });
    expect(unknown.trades.ambiguous[0]).toBe(1);
    const unwalked = run([still, upFirst, still], { ...both, bars: { finer: false } });
    expect(unwalked.trade).toEqual([100, 90, 'stop']);
    expect(unwalked.inside).toBeUndefined();
  });

  it('fills at the open of a finer bar that gaps through the stop', () => {
    const gap: Bar[] = [flat(100), flat(100), flat(80), flat(80)];
    expect(run([still, gap, still], both).trade).toEqual([100, 80, 'stop']);
  });

  it('counts for best and worst what came before the exit, and no more', () => {
    const { trades } = run([still, upFirst, still], both);
    expect([trades.mfe[0], trades.mae[0]]).toEqual([0.1, 0]);
    const late = run([still, [flat(100), [100, 108, 97, 100], [100, 100, 85, 90], flat(90)]], both);
    expect([late.trades.mfe[0], late.trades.mae[0]]).toEqual([0.08, -0.1]);
  });
});

describe('stops that follow the best price', () => {
  const upThenBack: Bar[] = [[100, 130, 100, 130], flat(130), [130, 130, 115, 118], flat(118)];

  it('move at each finer bar’s close', () => {
    const trailing: Changes = { exits: { stop: 3, trailing: 'atr', trailingMultiple: 1 } };
    const walked = run([still, upThenBack, still], trailing);
    expect(walked.trade).toEqual([100, 120, 'trailing']);
    // The level that a bar began with.
    expect(walked.levels).toEqual([70]);
    const percent: Changes = { exits: { stop: 3, trailing: 'percent', trailingRatio: 0.1 } };
    expect(run([still, upThenBack, still], percent).trade).toEqual([100, 117, 'trailing']);
    const even: Changes = { exits: { stop: 3, breakEven: 2 } };
    const down: Bar[] = [[100, 120, 100, 120], flat(120), [120, 120, 95, 97], flat(97)];
    expect(run([still, down, still], even).trade).toEqual([100, 100, 'break-even']);
  });

  it('move at the bar’s own close where they follow closes or a window of bars', () => {
    for (const exits of [
      { stop: 3, trailing: 'atr', trailingMultiple: 1, trailingFrom: 'close' },
      { stop: 3, trailing: 'chandelier', trailingMultiple: 1, chandelierBars: 5 },
    ] as const)
      expect(run([still, upThenBack, still, still], { exits }).trades.exitStep[0]).not.toBe(1);
  });
});

describe('priced entries', () => {
  const limit = (exits: Changes['exits']): Changes => ({
    exits: { ...exits, reference: 'fill' },
    execution: { order: 'limit', offsetUnit: 'atr', limitOffset: 0.5 },
  });

  it('know what came after them', () => {
    // The target at 105 was touched before the limit at 95, and no more after it.
    const before: Bar[] = [[100, 112, 100, 100], [100, 100, 94, 96], flat(96), flat(96)];
    expect(run([still, before, still], limit({ target: 1 })).trade).toEqual([95, 100, undefined]);
    const after: Bar[] = [[100, 100, 94, 96], [96, 112, 96, 100], flat(100), flat(100)];
    const known = run([still, after, still], limit({ target: 1 }));
    expect(known.trade).toEqual([95, 105, 'target']);
    expect(known.inside).toEqual({ ambiguous: 1, resolved: 1 });
  });

  it('fill at the open of a finer bar beyond their price', () => {
    const stop: Changes = { execution: { order: 'stop', offsetUnit: 'atr', stopOffset: 0.5 } };
    const jumps: Bar[] = [flat(100), flat(108), flat(108), flat(108)];
    expect(run([still, jumps, still], stop).trade?.[0]).toBe(108);
    const limited: Changes = {
      execution: { order: 'stop-limit', offsetUnit: 'atr', stopOffset: 0.5, limitOffset: 0.1 },
    };
    // Beyond the limit at 106 at first; later in the same bar it comes back to it.
    const back: Bar[] = [flat(100), flat(108), [108, 108, 104, 104], flat(104)];
    expect(run([still, back, still], limited).trade?.[0]).toBe(106);
  });
});

describe('finer bars', () => {
  it('count where they come to their bar’s high and low', () => {
    const finer = finerOf([still, still]);
    const bars = marketOf({ A: [flat(100), [100, 101, 100, 100]], B: [flat(1), flat(1)] });
    const detail = detailOf(bars, finer, false);
    expect([...detail.first, ...detail.end]).toEqual([0, 0, 0, 0, 4, 0, 0, 0]);
    expect(detail.open).toBe(finer.open);
    expect(detail).toMatchObject({ bars: 1, unfit: 1, firstUnfit: 1 });
  });

  it('take the splits that their bars are linked by', () => {
    const finer = finerOf([still, still.map(() => flat(50))]);
    const bars = marketOf({ A: [flat(100), flat(100)] });
    const splits = Float64Array.from([1, 2]);
    const nothing = Float64Array.of(Number.NaN);
    const contracts = {
      multiplier: Float64Array.of(1),
      tick: nothing,
      lot: nothing,
      margin: nothing,
      dividend: null,
    };
    const detail = detailOf({ ...bars, contracts: { ...contracts, splits } }, finer, false);
    expect([...detail.open]).toEqual([100, 100, 100, 100, 100, 100, 100, 100]);
  });

  it('of bars with instants lie between these', () => {
    const finer = finerOf([still, still]);
    const bars = marketOf({ A: [flat(100), flat(100)] });
    const opens = Float64Array.from([0.5, 1.5], (days) => (firstDay + days) * DAY);
    const clock = clockOf(
      opens,
      opens.map((instant) => instant + DAY / 2),
    );
    const { first, end } = detailOf({ ...bars, clock }, finer, false);
    expect([...first, ...end]).toEqual([2, 6, 4, 8]);
    expect(() => detailOf(bars, bars, false)).toThrow('instants');
  });

  it('outside the hours of their exchange are left out of bars dated by days', () => {
    const finer = finerOf([still]);
    const day = Int32Array.of(firstDay);
    const at = (hours: number) => Float64Array.of(firstDay * DAY + hours * 3600);
    const place = { day, open: at(6), close: at(18), ahead: new Int32Array(1) };
    const hours = { places: [place], placeOf: new Int32Array(1), seconds: 21_600 };
    const timed = { ...finer, clock: { ...finer.clock!, hours } };
    const { first, end } = detailOf(marketOf({ A: [flat(100)] }), timed, false);
    expect([...first, ...end]).toEqual([1, 3]);
  });

  it('of two sessions’ regular hours are copied together', () => {
    const prices = [1, 2, 3, 4, 5, 6, 7, 8];
    const finer = finerOf([
      prices.slice(0, 4).map((one) => flat(one)),
      prices.slice(4).map((one) => flat(one)),
    ]);
    const day = Int32Array.of(firstDay, firstDay + 1);
    const at = (hours: number) => Float64Array.from(day, (one) => (one * 24 + hours) * 3600);
    const place = { day, open: at(6), close: at(18), ahead: new Int32Array(2) };
    const hours = { places: [place], placeOf: new Int32Array(1), seconds: 21_600 };
    const clock = clockOf(Float64Array.of(firstDay * DAY), Float64Array.of((firstDay + 2) * DAY));
    const detail = detailOf(
      { ...marketOf({ A: [[2, 7, 2, 7]] }), clock },
      { ...finer, clock: { ...finer.clock!, hours } },
      true,
    );
    expect([...detail.first, ...detail.end, ...detail.close]).toEqual([0, 4, 2, 3, 6, 7]);
  });
});

/** Prices in whole steps around 100, so that levels are touched often. */
const price = fc.integer({ min: 80, max: 120 });
const finerBar = fc
  .tuple(price, price, price, price)
  .map(([open, close, a, b]): Bar => [
    open,
    Math.max(open, close, a, b),
    Math.min(open, close, a, b),
    close,
  ]);
const someDays = fc.array(fc.array(finerBar, { minLength: 4, maxLength: 4 }), {
  minLength: 2,
  maxLength: 8,
});

describe('any walk', () => {
  it('is a plain loop over the finer bars', () => {
    fc.assert(
      fc.property(someDays, fc.constantFrom(1 as const, -1 as const), (days, side) => {
        const { trade, trades } = run([still, ...days], both, side);
        const entry = days[0]![0]![0];
        const [stop, target] = [entry - side * 10, entry + side * 10];
        let expected: readonly [number, string] | null = null;
        let isAmbiguous = false;
        for (const [open, high, low] of days.flat()) {
          const [worst, best] = side > 0 ? [low, high] : [high, low];
          if (side * open <= side * stop) expected = [open, 'stop'];
          else if (side * open >= side * target) expected = [open, 'target'];
          else if (side * worst <= side * stop) expected = [stop, 'stop'];
          else if (side * best >= side * target) expected = [target, 'target'];
          isAmbiguous =
            expected?.[0] === stop && side * best >= side * target && side * open > side * stop;
          if (expected !== null) break;
        }
        if (expected === null) expect(trades.reason[0]! === -1 || trade![2] === 'end').toBe(true);
        else {
          expect(trade).toEqual([entry, ...expected]);
          expect(trades.ambiguous[0]).toBe(Number(isAmbiguous));
        }
      }),
    );
  });

  it('reads no finer bar after the one that ended it', () => {
    const trailing: Changes = {
      exits: { stop: 1, target: 2, trailing: 'atr', trailingMultiple: 1 },
    };
    const limited: Changes = {
      ...trailing,
      execution: { order: 'limit', offsetUnit: 'atr', limitOffset: 0.3 },
    };
    let ended = 0;
    fc.assert(
      fc.property(someDays, fc.nat(31), fc.constantFrom(trailing, limited), (days, at, changes) => {
        const known = days.flat().slice(0, at + 1);
        const past = days.flatMap((_, d) => {
          const bars = known.slice(4 * d, 4 * d + 4);
          return bars.length === 0 ? [] : [bars];
        });
        const facts = (of: readonly (readonly Bar[])[]) => {
          const { trade, trades } = run([still, ...of], changes);
          return { trade, step: trades.exitStep[0], mae: trades.mae[0], mfe: trades.mfe[0] };
        };
        const cut = facts(past);
        if (cut.trade === null || !['stop', 'target', 'trailing'].includes(cut.trade[2]!)) return;
        ended++;
        expect(facts(days)).toEqual(cut);
      }),
    );
    expect(ended).toBeGreaterThan(20);
  });
});
