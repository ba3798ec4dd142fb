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
import { type AttentionRow, type BarRow, column, loadAttention, loadBars } from './lab.ts';

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

interface RandomMarket {
  bars: BarRow[];
  attention: AttentionRow[];
}

/** Three symbols of 20–60 bars with gaps, some volumes missing, some attention missing. */
const randomMarket: fc.Arbitrary<RandomMarket> = fc
  .array(
    fc.array(
      fc.record({
        gap: fc.integer({ min: 1, max: 4 }),
        move: fc.integer({ min: -90, max: 110 }),
        spread: fc.integer({ min: 0, max: 50 }),
        volume: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { freq: 8 }),
        interest: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 6 }),
      }),
      { minLength: 20, maxLength: 60 },
    ),
    { minLength: 3, maxLength: 3 },
  )
  .map((symbols) => {
    const market: RandomMarket = { bars: [], attention: [] };
    symbols.forEach((steps, sym) => {
      let day = 18_000;
      let close = 100;
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
