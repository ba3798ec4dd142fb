/**
 * No strategy of the registry raises a false alarm: two hundred random markets under as many random settings,
 * dealt in turn to the strategies below. Each group of these has a file: look-ahead-honest-<group>.test.ts.
 */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import { strategies } from '../../src/domain/strategies/registry.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { auditSubject } from '../../workers/services/audit/look-ahead.ts';
import { settings, weighted } from '../property/execution-worlds.ts';
import { randomMarket } from './random-market.ts';

const markets = 200;

const groups = {
  expression: ['custom'],
  reversion: ['bollinger-reversion', 'pairs-zscore', 'rsi-reversion', 'zscore-reversion'],
  schedule: ['buy-and-hold', 'every-n-bars', 'harvester'],
  trend: ['atr-breakout', 'momentum-rotation', 'moving-average-cross'],
  weights: ['constant-weights', 'members', 'momentum-weights'],
};

/** Parameters under which strategies trade within sixty bars; where there are several, markets take turns. */
const short: readonly (readonly [id: string, ...parameters: readonly object[]])[] = [
  ['atr-breakout', { channelBars: 8, exitBars: 4 }],
  ['bollinger-reversion', { window: 8, width: 1 }],
  ['buy-and-hold', {}],
  [
    'custom',
    { entry: 'rsi(3) < 40 AND close > prev(close, 2)', exit: 'close > sma(4)', score: '-rsi(3)' },
    {
      entry: 'zscore(volume, 10) > 0 OR attention() > 50',
      exit: 'g_score() >= 2',
      side: "CASE WHEN symbol = 'AA' THEN -1 ELSE 1 END",
      sizeFactor: '1 / (1 + abs(return(3)))',
      score: 'avg(close) OVER (PARTITION BY symbol ORDER BY date ROWS 4 PRECEDING) / close',
    },
  ],
  [
    'custom',
    {
      entry: 'highest(5) - lowest(5) > 2 * atr(4) AND ema(3) < close',
      score: 'rank() OVER (PARTITION BY date ORDER BY close DESC)',
    },
    {
      entry:
        "ema(ema(3) - ema(6), 4) < ema(3) - ema(6) OR close < of('AA', ema(high - low, 5)) + close * 0.999",
      exit: 'accumulate(0, CASE WHEN close > open THEN prior + 1 ELSE 0 END) >= 2 OR NOT member()',
      score: 'rank() OVER (PARTITION BY date, member() ORDER BY return(2) DESC)',
      sizeFactor: 'accumulate(0.5, greatest(0.1, least(1, prior + return(1))))',
    },
  ],
  [
    'custom',
    { weight: 'CASE WHEN close > sma(5) THEN 1 / (1 + abs(return(3))) END', score: 'rsi(3)' },
    { weight: 'CASE WHEN rsi(3) < 50 THEN 0.4 ELSE -0.1 END', rebalance: 'close < prev(close)' },
  ],
  [
    'custom',
    {
      entry: 'close > weekly(sma(2)) OR close < monthly(low)',
      exit: 'weekly(close < prev(close)) AND close < prev(weekly(high), 2)',
      score: 'weekly(ema(high - low, 2)) / close',
    },
  ],
  ['every-n-bars', { every: 7 }],
  [
    'harvester',
    {
      entryThreshold: 0.5,
      panic: { zWindow: 15, zMinimum: 5, atrPeriod: 4 },
      cri: { window: 20, minimumPairs: 5, threshold: 0.05 },
    },
    {
      entryThreshold: 0,
      panic: { atrMethod: 'wilder', zWindow: 12, zMinimum: 4, atrPeriod: 3 },
      cri: { enabled: false },
      gScore: { vixAbove: 22, reduceAt: 1, vixStandIn: true },
    },
  ],
  ['constant-weights', {}],
  ['members', {}],
  ['momentum-weights', { lookback: 8, skip: 1 }],
  ['momentum-rotation', { positions: 1, lookback: 12, skip: 2, rebalance: 'week' }],
  ['moving-average-cross', { fast: 3, slow: 8 }],
  ['pairs-zscore', { window: 10, entryThreshold: 1 }],
  [
    'rsi-reversion',
    { period: 4, oversold: 40, overbought: 60, sides: 'both' },
    { period: 4, method: 'cutler', oversold: 40 },
  ],
  ['zscore-reversion', { window: 10, entryThreshold: 1, sides: 'both' }],
];
const terms = fc.sample(settings, { seed: 20_240_601, numRuns: markets });
const weightedTerms = fc.sample(weighted, { seed: 20_240_601, numRuns: markets });

/** Defines the tests of a group; each has an engine of its own, so that none can fail the next. */
export function testHonestStrategies(group: keyof typeof groups): void {
  const members = short
    .map(([id, ...variants], slot) => [`${id} ${slot}`, id, variants, slot] as const)
    .filter(([, id]) => groups[group].includes(id));

  describe(`an honest strategy (${group})`, () => {
    let tried = 0;
    let trades = 0;

    it('is tried of every strategy, in a group that has a file', () => {
      const ids = new Set(strategies.map(({ id }) => id));
      expect(new Set(short.map(([id]) => id))).toEqual(ids);
      expect(new Set(Object.values(groups).flat())).toEqual(ids);
      const files = readdirSync('test/sql').filter((name) => name.startsWith('look-ahead-honest-'));
      expect(files.sort()).toEqual(
        Object.keys(groups).map((name) => `look-ahead-honest-${name}.test.ts`),
      );
    });

    it.each(members)('%s raises no alarm', { timeout: 180_000 }, async (_, id, variants, slot) => {
      const engine = await startNodeEngine();
      const strategy = strategies.find((one) => one.id === id)!;
      for (let i = slot, round = 0; i < markets; i += short.length, round++) {
        const parameters = variants[round % variants.length];
        const { market, facts, made } = randomMarket(i);
        const points = 2 + (round % 2);
        const own = completeStudy({ strategy: { id, parameters } });
        const gives = strategy.givesWeights?.(own.strategy.parameters) === true;
        const settings = (gives ? weightedTerms : terms)[i]!;
        const study = { ...own, ...settings, strategy: own.strategy, seed: i };
        const plan = planOf(study.strategy, facts);
        const counted: typeof simulateFills = (...input) => {
          const run = simulateFills(...input);
          trades += run.trades.length;
          return run;
        };
        const report = await auditSubject(
          { study, plan, market, simulate: counted, made, points },
          { engine, signal: new AbortController().signal, onProgress: () => undefined },
        );
        expect(
          report.replays.map(({ text }) => text).filter((text) => / changed\. W/.test(text)),
          `market ${i}: ${JSON.stringify(study)}`,
        ).toEqual([]);
        expect(report.clean).toBe(true);
        tried++;
      }
    });

    it('was tried on runs that trade', () => {
      expect(trades).toBeGreaterThan(10 * tried);
    });
  });
}
