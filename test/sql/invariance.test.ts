/**
 * No bit of a feature's past depends on the future, on other symbols or on the input's order: exact integer
 * windows promise it, random markets test it.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Feature,
  atr,
  attention,
  averageGap,
  barReturn,
  bars,
  bollinger,
  constant,
  crowdReactivity,
  direction,
  ema,
  highest,
  lowest,
  momentum,
  momentumRank,
  newPeriod,
  pairScore,
  panicScore,
  rsi,
  sma,
  spreadEstimate,
  tradable,
  zScore,
} from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import {
  type AttentionRow,
  type BarRow,
  column,
  factsOf,
  loadAttention,
  loadBars,
  signalRows,
} from './lab.ts';

const series = attention(3, 7);
const reactivity = crowdReactivity(series, 20, 5);
const zAtr = zScore(atr('sma', 5), 'ticks', 15, 4);
const zVolume = zScore(bars, 'volume_ticks', 15, 4);
const zAttention = zScore(series, 'ticks', 15, 4);
const features: [string, Feature, string][] = [
  ['moving average', sma(5), 'value'],
  ['exponential average', ema(5), 'value'],
  ['gap of two averages', averageGap(sma(3), sma(8)), 'value'],
  ['highest high', highest(7), 'value'],
  ['lowest low', lowest(7), 'value'],
  ['RSI, Wilder', rsi('wilder', 5), 'value'],
  ['RSI, Cutler', rsi('cutler', 5), 'value'],
  ['Bollinger', bollinger(10), 'value'],
  ['momentum', momentum(12, 3), 'value'],
  ['new month', newPeriod('month'), 'value'],
  ['half spread', spreadEstimate(), 'value'],
  ['ATR, simple', atr('sma', 5), 'value'],
  ['ATR, Wilder', atr('wilder', 5), 'value'],
  ['z-score of Wilder’s ATR', zScore(atr('wilder', 5), 'ticks', 15, 4), 'value'],
  ['return', barReturn(5), 'value'],
  ['direction', direction(5), 'value'],
  ['attention', series, 'ticks'],
  ['CRI', reactivity, 'value'],
  ['tradable', tradable(series, reactivity, 0.1, 0.5), 'value'],
  [
    'Panic Score',
    panicScore({
      zAtr,
      zVolume,
      zAttention,
      weights: { volatility: 1, volume: 1, attention: 0.8 },
    }),
    'value',
  ],
];

/** These look across symbols: another symbol's past is theirs too, so that (c) does not hold for them. */
const across: [string, Feature, string][] = [
  ['rank by momentum', momentumRank(momentum(12, 3), constant(true)), 'value'],
  ['pair', pairScore(0, 2, 8), 'value'],
];

interface Symbol {
  readonly first: number;
  readonly close: number;
  readonly steps: readonly {
    readonly gap: number;
    readonly move: number;
    readonly spread: number;
    readonly volume: number | null;
    readonly interest: number | null;
  }[];
}

interface RandomMarket {
  bars: BarRow[];
  attention: AttentionRow[];
}

const step = fc.record({
  gap: fc.integer({ min: 1, max: 4 }),
  move: fc.integer({ min: -90, max: 110 }),
  spread: fc.integer({ min: 0, max: 50 }),
  volume: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { freq: 8 }),
  interest: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 6 }),
});
const symbolOf = (minLength: number, maxLength: number, latest = 0) =>
  fc.record({
    first: fc.integer({ min: 0, max: latest }),
    close: fc.constantFrom(100, 3, 40_000),
    steps: fc.array(step, { minLength, maxLength }),
  });
const marketOf = (symbols: fc.Arbitrary<readonly Symbol[]>): fc.Arbitrary<RandomMarket> =>
  symbols.map((symbols) => {
    const market: RandomMarket = { bars: [], attention: [] };
    symbols.forEach(({ first, close, steps }, sym) => {
      let day = 18_000 + first;
      for (const step of steps) {
        day += step.gap;
        const open = close;
        close = Math.max(1, close + step.move / 37);
        const high = Math.max(open, close) + step.spread / 11;
        const low = Math.max(0.5, Math.min(open, close) - step.spread / 13);
        market.bars.push({ sym, day, open, high, low, close, volume: step.volume });
        if (step.interest !== null)
          market.attention.push({ sym, day, known_day: day + 1, value: step.interest });
      }
    });
    return market;
  });

/** Three symbols of 20–60 bars with gaps, some volumes missing, some attention missing. */
const randomMarket = marketOf(fc.array(symbolOf(20, 60), { minLength: 3, maxLength: 3 }));

/** Symbols of one to five bars, or of so many more, that begin and end anywhere, at prices of their own. */
const shortHistories = marketOf(
  fc.array(fc.oneof(symbolOf(1, 5, 100), symbolOf(6, 60, 100)), { minLength: 2, maxLength: 6 }),
);

describe('features of the past keep their bits', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });

  const compute = async (
    market: RandomMarket,
    feature: Feature,
    of: string,
  ): Promise<unknown[]> => {
    loadAttention(engine, market.attention);
    return column(engine, loadBars(engine, market.bars), feature, of);
  };

  it.each([...features, ...across])('%s', async (name, feature, of) => {
    await fc.assert(
      fc.asyncProperty(randomMarket, fc.integer({ min: 1, max: 40 }), async (market, back) => {
        const whole = await compute(market, feature, of);
        const last = Math.max(...market.bars.map(({ day }) => day));
        const cut = last - back;
        const isPast = (row: { day: number }): boolean => row.day <= cut;
        const past = whole.filter((_, i) => isPast(market.bars[i] as BarRow));

        // (a) the future is not there
        const truncated = {
          bars: market.bars.filter(isPast),
          attention: market.attention.filter((row) => row.known_day <= cut),
        };
        expect(await compute(truncated, feature, of)).toEqual(past);

        // (b) the future is noise
        const noisy = {
          bars: market.bars.map((bar) =>
            isPast(bar) ? bar : { ...bar, high: bar.high * 3, close: bar.close * 2, volume: 7 },
          ),
          attention: market.attention.map((row) =>
            row.known_day <= cut ? row : { ...row, value: row.value * 2 + 1 },
          ),
        };
        expect(
          (await compute(noisy, feature, of)).filter((_, i) => isPast(market.bars[i] as BarRow)),
        ).toEqual(past);

        // (c) the other symbols are not there
        const alone = {
          bars: market.bars.filter(({ sym }) => sym === 1),
          attention: market.attention.filter(({ sym }) => sym === 1),
        };
        if (!across.some(([one]) => one === name)) {
          expect(await compute(alone, feature, of)).toEqual(
            whole.filter((_, i) => market.bars[i]?.sym === 1),
          );
        }

        // (d) the input's order
        const reversed = {
          bars: [...market.bars].reverse(),
          attention: [...market.attention].reverse(),
        };
        expect(await compute(reversed, feature, of)).toEqual(whole);
      }),
      { numRuns: 8, seed: 20_200_417 },
    );
  });
});

describe('no row of another symbol is read', () => {
  const plans = [
    { id: 'atr-breakout', parameters: { trigger: 'atr', sides: 'both' } },
    { id: 'atr-breakout', parameters: { channelBars: 1, exitBars: 1, sides: 'both' } },
    { id: 'moving-average-cross', parameters: { fast: 1, slow: 2 } },
  ].map((strategy) =>
    planOf(completeStudy({ strategy }).strategy, factsOf(['A', 'B', 'C', 'D', 'E', 'F'])),
  );

  /** Everything that a market's bars say, row by row. */
  async function said(engine: Engine, market: RandomMarket): Promise<unknown[]> {
    loadAttention(engine, market.attention);
    const tables = loadBars(engine, market.bars);
    const columns: unknown[][] = [];
    for (const [, feature, of] of features) columns.push(await column(engine, tables, feature, of));
    for (const plan of plans) columns.push(await signalRows(engine, tables, plan));
    tables.clear();
    return market.bars.map((_, row) => columns.map((values) => values[row]));
  }

  it.each(['kernels', 'windows'])('by %s', async (by) => {
    const own = await startNodeEngine();
    own.run(
      'CREATE TABLE universe AS SELECT unnest(range(6))::INTEGER AS sym, 0 AS from_day, 99999 AS to_day',
    );
    const engine: Engine = {
      version: own.version,
      hasKernels: by === 'kernels',
      run: (...given) => own.run(...given),
      query: (...given) => own.query(...given),
      readOnly: (...given) => own.readOnly(...given),
      registerFile: (...given) => own.registerFile(...given),
      dropFile: (...given) => own.dropFile(...given),
      insertArrow: (...given) => own.insertArrow(...given),
    };
    await fc.assert(
      fc.asyncProperty(shortHistories, async (market) => {
        const together = await said(engine, market);
        const apart = [];
        for (const symbol of new Set(market.bars.map(({ sym }) => sym)))
          apart.push(
            ...(await said(engine, {
              bars: market.bars.filter(({ sym }) => sym === symbol),
              attention: market.attention.filter(({ sym }) => sym === symbol),
            })),
          );
        expect(together).toEqual(apart);
      }),
      { numRuns: 4, seed: 20_261_130 },
    );
  });
});
